import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { readFleet, type AccountStatus } from '../../../fleet/read-fleet.ts';
import { RunError } from '../../../model/run-error.ts';
import { runName, type FleetRun, type FleetStore, type RowLimit } from '../../../store/fleet/fleet-store.ts';
import { addStoreFlags } from '../../options/store-flags.ts';
import { rowLimit } from '../../options/values/amounts.ts';
import type { ProcessContext } from '../../process/process-context.ts';
import { counted } from '../../words/amounts.ts';
import { describeFleets } from '../../words/fleet/describe-fleet.ts';
import { hintOf } from '../../words/hints/hints.ts';
import { EXIT, worstOf } from '../../words/hints/stop-codes.ts';
import { addDeleteCommand } from './delete.ts';
import { namedRuns, storeOf, thisPerson, withFleets } from './fleet-stage.ts';
import { addSubmitCommand } from './submit.ts';

type Exit = (code: number) => void;

const EXAMPLES = `
Each takes --store URL, or OPPSWEEP_STORE. A run is named ACCOUNT/FLEET.

Examples:
  oppsweep fleet init                                      once a store
  oppsweep fleet submit accounts.csv --catalog AWS         the fleet is called accounts
  oppsweep worker                                          on each host that works
  oppsweep fleet status
  oppsweep fleet stop 111122223333/accounts                fleet resume takes it up again
  oppsweep fleet results accounts -o results               a folder an account
  oppsweep fleet delete accounts                           for good, once it is over
`;

/** `oppsweep fleet …`: many accounts, many hosts, one store. */
export function furnishFleet(fleet: Command, context: ProcessContext, exit: Exit): void {
  fleet
    .description(
      'Runs for many accounts, kept in PostgreSQL and worked at by `oppsweep worker` on any number of hosts.',
    )
    .addHelpText('after', EXAMPLES);
  addStoreFlags(
    fleet
      .command('init')
      .summary('make the schema in the store, or bring it up to date')
      .description(
        'Makes the schema in the store, or brings it up to date. Harmless where it is up to date.',
      ),
  ).action(async () => {
    await withFleets(context, async () => undefined);
    context.terminal.err('The store is ready for fleets.\n');
    exit(EXIT.settled);
  });
  addSubmitCommand(fleet, context, exit);
  addStatusCommand(fleet, context, exit);
  addChangeCommand(fleet, STOP, context, exit);
  addChangeCommand(fleet, RESUME, context, exit);
  addResultsCommand(fleet, context, exit);
  addDeleteCommand(fleet, context, exit);
}

function addStatusCommand(fleet: Command, context: ProcessContext, exit: Exit): void {
  const command = fleet
    .command('status')
    .summary('a line an account: rows, quota, holder, finish, why stopped')
    .description(
      'Tells where each account’s run stands; changes nothing. Exit code: that of the worst of the runs that are told.',
    )
    .argument('[run...]', 'a fleet’s name, or ACCOUNT/FLEET for one run (default: all)')
    .option('--json', 'print it as JSON on standard output');
  addStoreFlags(command).action(async (names: readonly string[], { json }: { readonly json?: boolean }) => {
    const accounts = await withFleets(context, async (fleets) => {
      const named = names.length === 0 ? await fleets.runs() : await namedRuns(fleets, names);
      return readFleet(named, context.runs);
    });
    const { out, tell, err } = context.terminal;
    if (json === true) out(`${JSON.stringify({ version: 1, accounts }, null, 2)}\n`);
    else if (accounts.length > 0) tell(describeFleets(accounts, context.clock.wallMs()));
    if (accounts.length === 0) err('There is no fleet in the store.\n');
    exit(worstOf(accounts.map(exitCodeOf)));
  });
}

const EXIT_OF_STATE = {
  running: EXIT.running,
  waiting: EXIT.running,
  parked: EXIT.stopped,
  stopped: EXIT.stopped,
} as const;

function exitCodeOf({ state, asWished }: AccountStatus): number {
  if (state !== 'finished') return EXIT_OF_STATE[state];
  return asWished === false ? EXIT.someNot : EXIT.settled;
}

interface Change {
  readonly name: 'stop' | 'resume';
  readonly summary: string;
  readonly description: string;
  readonly done: string;
  readonly needless: string;
}

const STOP: Change = {
  name: 'stop',
  summary: 'stop runs as Ctrl-C does; what they did stays',
  description:
    'Stops runs as Ctrl-C does: calls under way are finished, and what was done stays. `oppsweep fleet resume` goes on with them.',
  done: 'stopped; calls under way, if a worker has it, are finished',
  needless: 'was not going on',
};

const RESUME: Change = {
  name: 'resume',
  summary: 'queue stopped and parked runs again',
  description:
    'Queues stopped and parked runs again: those of `oppsweep fleet stop`, and those that wait for somebody (`oppsweep fleet status` tells why). They go on where they stopped; those of a fleet with a --limit do as many rows more, unless another one is given.',
  done: 'queued: a worker goes on where it stopped',
  needless: 'was neither stopped nor parked',
};

function addChangeCommand(fleet: Command, change: Change, context: ProcessContext, exit: Exit): void {
  const { name, summary, description, done, needless } = change;
  const command = fleet
    .command(name)
    .summary(summary)
    .description(description)
    .argument('<run...>', 'ACCOUNT/FLEET, or a fleet’s name for all of its runs');
  if (name === 'resume')
    command.addOption(
      new Option(
        '--limit <n>',
        'rows of each run until it stops again, or "unlimited" (default: as it was submitted)',
      ).argParser(rowLimit),
    );
  addStoreFlags(command).action(
    async (names: readonly string[], { limit }: { readonly limit?: RowLimit }) => {
      await withFleets(context, async (fleets) => {
        for (const run of await namedRuns(fleets, names)) {
          const changed = await (name === 'stop'
            ? fleets.stop(run, thisPerson(context))
            : fleets.resume(run, { limit, settledBefore: await settledRows(run, context) }));
          context.terminal.err(`${runName(run)} ${changed ? done : needless}\n`);
        }
      });
      exit(EXIT.settled);
    },
  );
}

async function settledRows(run: FleetRun, { runs }: ProcessContext): Promise<number> {
  const record = await runs.record(runName(run), 'newest mark');
  return record?.state.settled.rows ?? 0;
}

function addResultsCommand(fleet: Command, context: ProcessContext, exit: Exit): void {
  const command = fleet
    .command('results')
    .summary('write results and summary of each account')
    .description(
      'Writes results and summary of each finished run into DIR/ACCOUNT. Exit code 3 where some are not finished: the same command writes them later.',
    )
    .argument('<fleet>', 'the fleet’s name, or ACCOUNT/FLEET for one run')
    .usage('-o <dir> [options] <fleet>')
    .requiredOption('-o, --output <dir>', 'the folder: required, and made where there is none');
  addStoreFlags(command).action(async (name: string, { output }: { readonly output: string }) => {
    await withFleets(context, async (fleets) => exit(await writeAll(name, output, fleets, context)));
  });
}

async function writeAll(
  name: string,
  output: string,
  fleets: FleetStore,
  context: ProcessContext,
): Promise<number> {
  const runs = await namedRuns(fleets, [name]);
  const store = storeOf(context);
  const { disk, terminal } = context;
  let written = 0;
  for (const run of runs) {
    const record = await store.runs.record(runName(run), 'newest mark');
    if (record?.state.end === undefined) {
      terminal.err(`${runName(run)} is not finished: it has no results yet\n`);
      continue;
    }
    const folder = join(output, run.account);
    await disk.makeFolder(folder).catch((error: unknown) => cantMake(folder, error));
    try {
      if (!(await store.writeResults(record, folder))) continue;
      await fleets.fetched(run);
      written += 1;
    } catch (error) {
      // Such as a file that somebody has changed: the others get theirs.
      if (!(error instanceof RunError) || error.code !== 'results_unwritable') throw error;
      terminal.err(`${runName(run)}: ${error.message}\n${hintOf(error)}\n`);
    }
  }
  terminal.err(`Results of ${counted(written, 'account')} are in ${output}\n`);
  return written === runs.length ? EXIT.settled : EXIT.stopped;
}

function cantMake(folder: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new RunError(
    'output_unwritable',
    `The folder ${folder} can't be made: ${why}.`,
    { code: 'name_results_folder' },
    cause,
  );
}
