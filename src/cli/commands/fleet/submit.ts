import type { Command } from 'commander';
import { parseCatalog, type Catalog } from '../../../model/catalog.ts';
import { RunError } from '../../../model/run-error.ts';
import { isSelective } from '../../../input/selection/selection.ts';
import type { FleetOptions } from '../../../fleet/fleet-options.ts';
import { RUN_TERMS } from '../../../fleet/fleet-terms.ts';
import { prepareFleet } from '../../../fleet/prepare/prepare-fleet.ts';
import { assertOneReplacement, readMap } from '../../../run/request/offline-pairs.ts';
import type { RunOptions } from '../../../run/request/run-options.ts';
import type { FleetStore } from '../../../store/fleet/fleet-store.ts';
import { fileStem } from '../../../store/input-bytes.ts';
import { addInputFlags, inputOptionsOf, type InputFlags } from '../../options/input-flags.ts';
import { addReplaceFlags, ALL_LINES, type ReplaceFlags } from '../../options/replace-flags.ts';
import { addRunFlags, hideOptions, type RunFlags } from '../../options/run-flags.ts';
import { addRunNameFlag } from '../../options/store-flags.ts';
import type { ProcessContext } from '../../process/process-context.ts';
import { askForYes, assertMayConfirm } from '../../screen/confirm-run.ts';
import { describePrepared } from '../../words/fleet/describe-prepared.ts';
import { fleetQuestion } from '../../words/describe-harm.ts';
import { EXIT } from '../../words/hints/stop-codes.ts';
import { fleetContext, storeOf, thisPerson, withFleets } from './fleet-stage.ts';

interface SubmitFlags extends RunFlags, InputFlags, ReplaceFlags {
  readonly accountColumn?: string;
}

/** Of one process, or of results that a worker does not write. */
const OF_ONE_PROCESS = [
  '--output',
  '--emulator',
  '--emulator-state',
  '--emulator-solutions',
  '--real-time',
  '--no-wait',
  '--restart',
  '--use-copy',
  '--report',
  '--no-progress',
  '--progress-every',
  '--log-file',
  '--log-format',
  '--on-event',
];

const EXAMPLES = `
accounts.csv has a row an account: account (12 digits), profile or role_arn (with external_id and session_name, if the role asks for
them), and file, beside it. Profiles are those of the hosts that work. No key is kept.

Examples:
  oppsweep fleet submit accounts.csv --catalog AWS
  oppsweep fleet submit people.csv --account-column "AWS Account" --catalog AWS

Exit codes: 0 all of it is queued; 2 nothing is; 3 nothing is, for a reason that passes.
`;

export function addSubmitCommand(
  fleet: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  const command = fleet
    .command('submit')
    .summary('queue a run for each of many accounts')
    .description(
      'Reads every file and signs in to every account; then asks once, and queues all of it or nothing. Each account has one run, named ACCOUNT/FLEET.',
    )
    .argument(
      '<file>',
      'accounts.csv: account, profile or role_arn, and file; or, with --account-column, the rows themselves',
    )
    .option('--account-column <name>', 'the file has all accounts’ rows: the column that names each row’s')
    .addHelpText('after', EXAMPLES);
  hideOptions(addReplaceFlags(addInputFlags(addRunNameFlag(addRunFlags(command)))), OF_ONE_PROCESS)
    .option(...ALL_LINES)
    .action(async (path: string, flags: SubmitFlags) => exit(await submit(path, flags, context)));
}

async function submit(path: string, flags: SubmitFlags, context: ProcessContext): Promise<number> {
  storeOf(context);
  assertService(flags);
  assertMayConfirm(catalogOf(flags), flags, context, 'confirm_or_sandbox');
  const name = flags.run ?? fileStem(path);
  assertName(name);
  const options = await optionsOf(flags);
  const fault = await withFleets(context, (fleets) => faultOfName(name, fleets));
  const asked = { name, path, accountColumn: flags.accountColumn, fault };
  const prepared = await prepareFleet(asked, options, fleetContext(context));
  const { runs } = prepared.fleet;
  const { err } = context.terminal;
  if (flags.quiet !== true) {
    err(describePrepared(path, prepared));
  }
  if (flags.catalog === 'AWS' && flags.yes !== true) {
    await askForYes(fleetQuestion(prepared.changes, runs.length, prepared.place), context.terminal);
  }
  await withFleets(context, (fleets) => fleets.submit({ ...prepared.fleet, by: thisPerson(context) }));
  if (flags.json === true) {
    const told = runs.map(({ account, rows, rowsToRun }) => ({
      run: `${account}/${name}`,
      account,
      rows,
      rowsToRun,
    }));
    context.terminal.out(`${JSON.stringify({ version: 1, fleet: name, runs: told }, null, 2)}\n`);
  }
  if (flags.quiet !== true) {
    err(
      `Queued as fleet ${name}: workers take it up (oppsweep worker); where it stands: oppsweep fleet status\n`,
    );
  }
  return EXIT.settled;
}

const LONGEST_NAME = 100;

/** Each of its runs is ACCOUNT/FLEET, and has results of that name in a folder. */
function assertName(name: string): void {
  const isOne = /^[^/\\\p{Cc}]+$/u.test(name) && name.trim() === name && !/^\.|\.(csv|tsv|txt)$/i.test(name);
  if (isOne && name.length <= LONGEST_NAME) return;
  throw new RunError(
    'usage',
    `${JSON.stringify(name)} is no name for a fleet: it takes 1 to ${LONGEST_NAME} characters on one line, no slash, no full stop before them, and no .csv behind them.`,
    { code: 'name_fleet' },
  );
}

/** Told with all else: it may be the last of many faults that somebody mends. */
async function faultOfName(name: string, fleets: FleetStore): Promise<RunError | undefined> {
  try {
    await fleets.assertFree(name);
    return undefined;
  } catch (error) {
    if (error instanceof RunError && error.code === 'usage') return error;
    throw error;
  }
}

async function optionsOf(flags: SubmitFlags): Promise<FleetOptions> {
  assertOneReplacement(flags);
  const { where, entities, replaceWith, replaceMap } = flags;
  return {
    run: keptOptions(flags),
    input: {
      ...inputOptionsOf(flags),
      replaceWith,
      ...((isSelective({ where, entities }) || replaceMap !== undefined) && { partOfWhole: true }),
    },
    ...(replaceMap !== undefined && { replaceMap: await readMap(replaceMap) }),
  };
}

/** Missing, it is no fault of any row. */
function catalogOf({ catalog }: SubmitFlags): Catalog {
  if (catalog !== undefined) return parseCatalog(catalog);
  throw new RunError('usage', 'No catalog is given.', { code: 'name_catalog' });
}

function assertService({ emulator, emulatorState, emulatorSolutions }: SubmitFlags): void {
  if ((emulator ?? emulatorState ?? emulatorSolutions) === undefined) return;
  throw new RunError(
    'usage',
    'The emulator inside a process ends with it, and a fleet has many: run oppsweep emulator, and point all of them at it.',
  );
}

function keptOptions(flags: RunFlags): RunOptions {
  const kept = Object.fromEntries(RUN_TERMS.map((name) => [name, flags[name]]));
  return kept as unknown as RunOptions; // each was just taken from a whole one
}
