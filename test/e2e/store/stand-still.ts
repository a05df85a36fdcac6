import { expect } from 'vitest';
import type { ServedCall } from '../../../src/emulator/call-log.ts';
import type { JournalEntry } from '../../../src/store/journal-line.ts';
import { askDirectly } from '../../store/postgres/homes.ts';
import type { FleetStage } from '../stage/fleet-stage.ts';
import { parseResults } from '../stage/results-file.ts';
import { isWrite, unwarrantedRepeats } from '../stage/server-record.ts';

const OPTIONS = ['--catalog', 'Sandbox', '--read-rate', 'unlimited', '--read-lag', '0', '--no-progress'];
/** The store answers once the word of whoever has a run holds no longer. */
const UNTIL_SILENT =
  'select pg_sleep_until(max(alive_until)) from oppsweep.process where alive_until > clock_timestamp()';

/** Stops a run at a moment of its first second, lets another take it over, and wakes it. Gives what it asked for since: the call that was being written, if any. */
export async function standStill(
  { account, share }: { readonly account: string; readonly share: number },
  stage: FleetStage,
  url: string,
): Promise<readonly ServedCall[]> {
  const command = ['disassociate', `in/${account}.csv`, '--profile', `p${account}`, ...OPTIONS];
  const holder = stage.begin(...command, '--rate', '100');
  await holder.says(/Catalog Sandbox/);
  await new Promise((resolve) => setTimeout(resolve, share * 1_000));
  holder.send('SIGSTOP');
  await askDirectly(url, UNTIL_SILENT);
  const taken = await stage.oppsweep(...command, '--rate', '200');
  expect(taken).toMatchObject({ code: 0, stderr: expect.stringContaining('Finished') as string });

  const rows = new Set(idsOf(account, stage));
  const size = rows.size;
  const calls = async (): Promise<readonly ServedCall[]> =>
    (await stage.emulator.calls()).filter(({ opportunityId = '' }) => rows.has(opportunityId));
  const before = await calls();
  holder.send('SIGCONT');
  const ended = await holder.ended;
  expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('(run_taken_over): ') as string });
  const late = (await calls()).slice(before.length);
  const noted = await notedAtTakeover(account, url);
  // A thread has one call between its last look at the hold and the socket, whose bytes nobody can call back.
  expect(late.length).toBeLessThanOrEqual(1);
  for (const { opportunityId = '' } of late.filter(isWrite)) {
    expect(noted).toContain(opportunityId);
    expect(before.filter(isRead).map(({ opportunityId: read }) => read)).toContain(opportunityId);
  }
  expect(unwarrantedRepeats(before)).toEqual([]);
  expect(before.filter((call) => isWrite(call) && call.changed)).toHaveLength(size);
  const results = parseResults(stage.folder.read(`in/${account}.results.csv`));
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'disassociated'));
  expect(results).toHaveLength(size);
  return late;
}

function isRead({ operation }: ServedCall): boolean {
  return operation === 'GetOpportunity';
}

function idsOf(account: string, { accounts, rows }: FleetStage): readonly string[] {
  const size = rows.length / accounts.length;
  const first = accounts.indexOf(account) * size;
  return rows.slice(first, first + size).map(({ opportunityId }) => opportunityId);
}

/** The opportunities whose calls the first session had noted, and not settled. */
async function notedAtTakeover(account: string, url: string): Promise<readonly string[]> {
  const lines = await askDirectly<{ text: string }>(
    url,
    'select l.text from oppsweep.line l join oppsweep.run r on r.id = l.run where r.account = $1 order by l.n',
    [account],
  );
  // A checksum stands before each.
  const entries = lines.map(({ text }) => JSON.parse(text.slice(text.indexOf(' '))) as JournalEntry);
  const takeover = entries.findLastIndex(({ t }) => t === 'session');
  const open = new Map<number, string>();
  for (const entry of entries.slice(0, takeover)) {
    if (entry.t === 'try') open.set(entry.ordinal, entry.key);
    if (entry.t === 'done') open.delete(entry.ordinal);
  }
  return [...open.values()].map((key) => /O\d+/.exec(key)?.[0] ?? '');
}
