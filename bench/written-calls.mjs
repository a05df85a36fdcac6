// Loaded into a worker by `--import`: how close an account's calls were to each other when they were written to their sockets, by this
// process's own clock. Goes to the file that WRITTEN_CALLS names as the process ends.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

const SECOND_MS = 1_000;
const path = process.env.WRITTEN_CALLS;
/** When each account's last call was out at the latest. */
const outBy = new Map();
const seen = { calls: 0, inside: 0, leastMs: Number.POSITIVE_INFINITY };

// undici tells of it just before it writes to the socket, and again behind that: a process that stands still between the two makes the
// distance less here, and never more.
subscribe('undici:client:sendHeaders', ({ request }) => {
  const account = accountOf(request);
  const last = outBy.get(account);
  if (account === undefined || last === undefined) return;
  const apartMs = performance.now() - last;
  seen.leastMs = Math.min(seen.leastMs, apartMs);
  if (apartMs < SECOND_MS) seen.inside += 1;
});
subscribe('undici:request:bodySent', ({ request }) => {
  const account = accountOf(request);
  if (account === undefined) return;
  seen.calls += 1;
  outBy.set(account, performance.now());
});
if (path !== undefined) process.once('exit', () => writeFileSync(path, JSON.stringify(seen)));

/** Of a write; its key has the 12 digits, as `stsAnswer` of plain-server.mjs gives it. */
function accountOf({ headers }) {
  const lines = Array.isArray(headers) ? headers.join('\n') : String(headers);
  if (!lines.includes('DisassociateOpportunity')) return undefined;
  return /Credential=\D+(\d{12})/.exec(lines)?.[1];
}
