import type { Command } from 'commander';
import { allAsWished } from '../../model/tally.ts';
import { RunError } from '../../model/run-error.ts';
import { findRecord, isFile, lookedAt, noRun, withResultsIn } from '../../run/record/find-record.ts';
import type { RemainsStatus } from '../../run/record/verify/read-remains.ts';
import type { LineTeller } from '../../run/rows/hold-lines.ts';
import type { Corrected } from '../../run/record/since/corrected.ts';
import { foundSince } from '../../run/record/since/found-since.ts';
import { readStatus, type RunStatus } from '../../run/record/read-status.ts';
import { LOOKED_AT_BYTES, resultsAsLeft, type ResultsNow } from '../../run/record/results-as-left.ts';
import type { Verification } from '../../run/record/verify/verification.ts';
import type { RunRecord } from '../../store/run-store.ts';
import { watchRun } from '../screen/watch-run.ts';
import { describeRemains, describeVerification } from '../words/status/describe-remains.ts';
import { describeBeginning, describeStatus, statusLine } from '../words/status/describe-status.ts';
import { withFlags } from '../words/option-spelling.ts';
import { EXIT } from '../words/hints/stop-codes.ts';
import { onOneLine } from '../process/terminal.ts';
import { addRunNameFlag, addStoreFlags, fileMeant, type StoreFlags } from '../options/store-flags.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { tellUnbegun, unbegunRun } from './fleet/unbegun-runs.ts';
import { exitCodeOfRun, listRuns } from './list-runs.ts';

interface StatusFlags extends StoreFlags {
  readonly json?: boolean;
  readonly verify?: boolean;
  readonly watch?: boolean;
}

/** `oppsweep status`: where a running, stopped or finished run stands. */
export function furnishStatus(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Reads a run’s folder, from another terminal while it goes or at any time after; changes nothing.',
    )
    .argument(
      '[results]',
      'the run’s results, its folder, or the partial results in it; without, the runs of this folder',
    )
    .option(
      '--verify',
      'check that input copy, journal, summary and results are what the run left, and that the counts add up; says what can’t be checked',
    )
    .option(
      '--watch',
      'look again and again until the run ends: redraws a terminal, elsewhere writes a line when it begins to wait or goes on, and every 10 minutes; with --json, an object every 10 seconds in which anything changed',
    )
    .option('--json', 'print it as JSON on standard output')
    .addHelpText('after', EXAMPLES);
  addRunNameFlag(addStoreFlags(command)).action(async (given: string | undefined, flags: StatusFlags) => {
    assertWatchable(flags);
    const named = given ?? flags.run ?? (flags.watch === true ? await runAtWork(context) : undefined);
    exit(named === undefined ? await listRuns(flags.json, context) : await status(named, flags, context));
  });
}

const EXAMPLES = `
Examples:
  oppsweep status                       the runs whose folders stand here
  oppsweep status people.results.csv
  oppsweep status people.oppsweep --json
  oppsweep status people.results.csv --watch

Exit codes: 0 finished as wished; 1 finished, some rows not; 3 stopped; 4 running. With --verify: 0 all that can be
checked is sound; 1 something is not, or there is nothing to check by.
`;

/** Verifying finds damage; everything else is refused by it. */
async function status(named: string, flags: StatusFlags, context: ProcessContext): Promise<number> {
  try {
    return await lookedAt(statusOfRun(named, flags, context));
  } catch (error) {
    const isFinding = flags.verify === true && error instanceof RunError && error.code === 'state_damaged';
    if (!isFinding) throw error;
    return await verifyDamaged(named, error, flags, context);
  }
}

/** The damage, and what results and summary show without the record. */
async function verifyDamaged(
  named: string,
  { message }: RunError,
  flags: StatusFlags,
  { disk, runs, terminal }: ProcessContext,
): Promise<number> {
  const damage = { what: 'the run’s record can be read', sound: false, found: message };
  const name = await runs.find(named).catch(() => named);
  const remains = isFile(name) ? await readRemainsOf(name, { disk, runs }, 'damaged') : undefined;
  const left = remains?.verification.checks ?? [];
  const notVerified = ['what the run sent and was answered: restore its folder from a backup'];
  const verification = { sound: false, checks: [damage, ...left], notVerified };
  if (flags.json === true)
    terminal.out(`${JSON.stringify({ version: 1, state: 'damaged', verification }, null, 2)}\n`);
  else terminal.tell(describeVerification(verification));
  return EXIT.someNot;
}

async function statusOfRun(named: string, flags: StatusFlags, context: ProcessContext): Promise<number> {
  const { runs } = context;
  const from = flags.verify === true ? 'beginning' : 'newest mark';
  const { name, record } = await findRecord(named, runs, from);
  if (record === undefined && isFile(name)) return statusOfRemains(name, flags, context);
  if (record === undefined) return await beginning(name, flags, context);
  const file = fileMeant(named, flags);
  const run = file === undefined ? record : withResultsIn(file, record, context.disk);
  const found = await lookAt(run, flags, context);
  const mostBytes = flags.verify === true ? Number.POSITIVE_INFINITY : LOOKED_AT_BYTES;
  const looking = { runs, teller: tellerOf(context.version), mostBytes };
  const since = await foundSince(run, looking);
  const verification =
    flags.verify === true ? await verified(run, found, since.corrected, context) : undefined;
  // Watched, each line is an object.
  const indent = flags.watch === true ? 0 : 2;
  if (flags.json === true)
    context.terminal.out(`${JSON.stringify({ ...found, ...since, verification }, null, indent)}\n`);
  else
    context.terminal.tell(
      describeStatus(found, run.places, context.clock.wallMs(), {
        results: await resultsNow(run, flags),
        ...since,
      }) + describeVerification(verification),
    );
  if (verification !== undefined) return verification.sound ? EXIT.settled : EXIT.someNot;
  return exitCodeOfRun(found);
}

/** A run of which nothing is there yet but who is at it: its input is read, or it asks its question. */
async function beginning(name: string, flags: StatusFlags, context: ProcessContext): Promise<number> {
  const { runs, terminal, clock } = context;
  const holder = await runs.holder(name);
  const unbegun = holder === undefined ? await unbegunRun(context, name) : undefined;
  if (unbegun !== undefined) return tellUnbegun(unbegun, flags.json, context);
  if (holder === undefined) throw noRun(runs.places(name));
  if (flags.watch !== true) {
    terminal.err(onOneLine([name])(describeBeginning(name, holder, clock.wallMs())));
    return EXIT.running;
  }
  await clock.sleep(BEGINS_MS);
  return statusOfRun(name, flags, context);
}

const BEGINS_MS = 1_000;

/** Verified, they are told of at length. */
async function resultsNow(run: RunRecord, { verify }: StatusFlags): Promise<ResultsNow> {
  return verify === true ? 'not looked at' : resultsAsLeft(run);
}

/** Loaded when they are asked for: what reads results is most of the program, and a run's state needs none of it. */
async function verified(
  run: RunRecord,
  found: RunStatus,
  corrected: Corrected | undefined,
  { version }: ProcessContext,
): Promise<Verification> {
  const { verifyRun } = await import('../../run/record/verify/verify-run.ts');
  return verifyRun(run, found, tellerOf(version), corrected);
}

function tellerOf(version: string): LineTeller {
  return { tool: `oppsweep ${version}`, spell: withFlags };
}

async function readRemainsOf(
  name: string,
  places: Pick<ProcessContext, 'disk' | 'runs'>,
  record: 'none' | 'damaged' = 'none',
): Promise<RemainsStatus> {
  const { readRemains, remainsOf } = await import('../../run/record/verify/read-remains.ts');
  const remains = await remainsOf(name, places);
  return readRemains(record === 'damaged' ? { ...remains, emptied: undefined } : remains);
}

/** Once, or until no process works on the run any more. */
async function lookAt(run: RunRecord, flags: StatusFlags, context: ProcessContext): Promise<RunStatus> {
  if (flags.watch !== true) return readStatus(run);
  const { places } = run;
  const read = async (): Promise<RunStatus> => {
    const again = await context.runs.record(places.run ?? places.results, 'newest mark');
    if (again === undefined) throw noRun(places);
    return readStatus(again);
  };
  const json = flags.json === true;
  const line = (found: RunStatus): string => (json ? JSON.stringify(found) : statusLine(found));
  const whole = (found: RunStatus): string => describeStatus(found, places, context.clock.wallMs());
  return watchRun({ read, whole, line, json }, context);
}

function assertWatchable({ watch, verify }: StatusFlags): void {
  if (watch === true && verify === true)
    throw new RunError('usage', 'A run is verified once it has ended, not while it is watched.');
}

/** The one that is meant where nobody names it: the only one that a process works on. */
async function runAtWork({ runs }: ProcessContext): Promise<string> {
  const atWork: string[] = [];
  for (const name of await runs.list())
    if ((await runs.holder(name).catch(() => undefined)) !== undefined) atWork.push(name);
  const [only, ...others] = atWork;
  if (only !== undefined && others.length === 0) return only;
  const why = only === undefined ? 'no run is under way here' : `${atWork.length} runs are under way here`;
  throw new RunError('usage', `To watch a run, name its results or its folder: ${why}.`);
}

/** The folder is gone, or the results have another name now. */
async function statusOfRemains(name: string, flags: StatusFlags, context: ProcessContext): Promise<number> {
  const { disk, runs, terminal } = context;
  const found = await readRemainsOf(name, { disk, runs });
  const { verification: checked, ...told } = found;
  const verification = flags.verify === true ? checked : undefined;
  if (flags.json === true) terminal.out(`${JSON.stringify({ ...told, verification }, null, 2)}\n`);
  else
    terminal.tell(describeRemains(found, name, context.clock.wallMs()) + describeVerification(verification));
  if (verification !== undefined) return verification.sound ? EXIT.settled : EXIT.someNot;
  return allAsWished(found.counts) ? EXIT.settled : EXIT.someNot;
}
