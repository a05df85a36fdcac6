// What looking before writing saves on a dirty file, and what it costs, beside the same work without it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inBenchFolder } from './bench-folder.mjs';
import { startEmulatorProcess } from './emulator-process.mjs';
import { printTable, printTitle, printVerdict, seconds } from './print-figures.mjs';
import { assertExit, MAIN, runNode } from './run-process.mjs';
import { associationAt } from './write-rows.mjs';

const WRITES_PER_SECOND = 50;
const READS_PER_SECOND = 500;
const ROWS = 2_000;
/** What becomes of the rows, as the file is made. */
const SHARES = { already_absent: 0.2, duplicate: 0.15, unknown: 0.05, invalid: 0.05 };
const MOST_TIME = 1.03;
const MOST_READS = 1.05;
let state = 20_261_123;

printTitle(
  `Preflight: ${ROWS.toLocaleString('en')} dirty rows at ${WRITES_PER_SECOND} writes and ${READS_PER_SECOND} reads a second`,
);
await inBenchFolder(async (folder) => {
  const file = dirtyFile();
  await writeFile(join(folder, 'dirty.csv'), csv(file.rows));
  await writeFile(join(folder, 'seed.csv'), csv(file.seed));
  const idealMs = (file.writesNeeded / WRITES_PER_SECOND) * 1000;
  const looking = await run(folder, file.seed, []);
  const blind = await run(folder, file.seed, ['--no-preflight']);
  verdicts(looking, file, idealMs);
  printTable([
    ['', 'first to last call', 'of ideal', 'whole program', 'writes', 'in vain', 'throttled', 'reads'],
    lineOf('with preflight', looking, idealMs),
    lineOf('--no-preflight', blind, idealMs),
    ['ideal', seconds(idealMs), '1.000', '-', file.writesNeeded, 0, 0, file.opportunities],
  ]);
});

function verdicts({ vain, reads, callsMs, wallMs }, { opportunities }, idealMs) {
  printVerdict(`${vain} writes were spent on rows that need none (wanted: 0)`, vain === 0);
  const readShare = reads / opportunities;
  printVerdict(
    `${reads} reads for ${opportunities} opportunities: ${readShare.toFixed(3)} (wanted: ≤ ${MOST_READS})`,
    readShare <= MOST_READS,
  );
  const [calls, program] = [callsMs / idealMs, wallMs / idealMs];
  printVerdict(
    `from the first call to the last ${calls.toFixed(3)} of writes needed ÷ rate (wanted: ≤ ${MOST_TIME}); with the program's start and end ${program.toFixed(3)}`,
    calls <= MOST_TIME,
  );
  console.log();
}

/** The built program against an emulator of its own, and what that says it was asked. */
async function run(folder, seed, options) {
  const rates = `--rate ${WRITES_PER_SECOND} --read-rate ${READS_PER_SECOND} --daily-quota unlimited`;
  const emulator = await startEmulatorProcess(`--seed ${join(folder, 'seed.csv')} ${rates}`);
  try {
    const args = [MAIN, 'disassociate', join(folder, 'dirty.csv'), '--catalog', 'Sandbox', '--restart'];
    const env = { ...emulator.env, XDG_STATE_HOME: join(folder, `state-${options.length}`) };
    const { wallMs } = assertExit(await runNode([...args, ...rates.split(' '), ...options], env), 1);
    const calls = await emulator.calls();
    const writes = calls.filter(({ operation }) => operation === 'DisassociateOpportunity');
    const present = new Set(seed.map(String));
    return {
      wallMs,
      callsMs: (calls.at(-1)?.atMs ?? 0) - (calls[0]?.atMs ?? 0),
      writes: writes.length,
      vain: writes.filter((call) => !present.has(associationOf(call))).length,
      throttled: calls.filter(({ admitted }) => !admitted).length,
      reads: calls.length - writes.length,
    };
  } finally {
    await emulator.close();
  }
}

function associationOf({ opportunityId, entityType, entityId }) {
  return String([opportunityId, entityType, entityId]);
}

function lineOf(name, { wallMs, callsMs, writes, vain, throttled, reads }, idealMs) {
  const share = (callsMs / idealMs).toFixed(3);
  return [name, seconds(callsMs), share, seconds(wallMs), writes, vain, throttled, reads];
}

/** Rows of every kind in a random but repeatable order; three rows to an opportunity, next to each other. */
function dirtyFile() {
  const rows = [];
  const valid = [];
  const seed = [];
  const opportunities = new Set();
  let place = 0;
  for (const kind of kindsInAnyOrder()) {
    if (kind === 'duplicate' && valid.length > 0) {
      rows.push(valid[Math.floor(random() * valid.length)]);
      continue;
    }
    const { opportunityId, entity } = associationAt(place);
    place += 1;
    if (kind === 'invalid') {
      rows.push([opportunityId, 'Solutions', 'AmazonEC2']);
      continue;
    }
    const id = kind === 'unknown' ? `${opportunityId}404` : opportunityId;
    const row = [id, entity.type, entity.id];
    rows.push(row);
    valid.push(row);
    opportunities.add(id);
    if (kind === 'unknown') continue;
    // What stays: an opportunity exists though nothing is left to remove of it.
    seed.push([id, 'AwsProducts', 'AmazonS3']);
    if (kind === 'disassociated') seed.push(row);
  }
  return { rows, seed, opportunities: opportunities.size, writesNeeded: needed(rows, seed) };
}

function needed(rows, seed) {
  const held = new Set(seed.map(String));
  return new Set(rows.map(String).filter((row) => held.has(row))).size;
}

function kindsInAnyOrder() {
  const kinds = Object.entries(SHARES).flatMap(([kind, share]) =>
    Array.from({ length: Math.round(ROWS * share) }, () => kind),
  );
  while (kinds.length < ROWS) kinds.push('disassociated');
  for (let last = kinds.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [kinds[last], kinds[other]] = [kinds[other], kinds[last]];
  }
  return kinds;
}

/** Repeatable draws from [0, 1): a linear congruential generator (Numerical Recipes). */
function random() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

function csv(rows) {
  const header = 'OpportunityIdentifier,RelatedEntityType,RelatedEntityIdentifier';
  return [header, ...rows.map((row) => row.join(',')), ''].join('\n');
}
