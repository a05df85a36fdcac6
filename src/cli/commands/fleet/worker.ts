import { Option, type Command } from 'commander';
import { coarseClock } from '../../../fleet/coarse-clock.ts';
import { startSlice, type RunningSlice } from '../../../fleet/run-slice.ts';
import { work } from '../../../fleet/work.ts';
import type { Slice } from '../../../store/fleet/fleet-store.ts';
import { wholeNumber } from '../../options/values/amounts.ts';
import { addStoreFlags, type StoreFlags } from '../../options/store-flags.ts';
import type { ProcessContext } from '../../process/process-context.ts';
import { spareMemory } from './spare-memory.ts';
import { EXIT } from '../../words/hints/stop-codes.ts';
import { fleetContext, storeOf, withFleets } from './fleet-stage.ts';
import { tellRuns } from './tell-runs.ts';

interface WorkerFlags extends StoreFlags {
  readonly runs: number;
  readonly drain?: boolean;
  readonly quiet?: boolean;
}

const RUNS = 200;

const EXAMPLES = `
Any number of workers, on any hosts, share a store: each account has one at a time. The runs of one that is gone are taken up within 30
seconds, as far as others have places free. SIGTERM and Ctrl-C end a worker once the calls under way are finished, and its runs go to the
others; a second one ends it at once.

Examples:
  oppsweep worker                    as long as it lives
  oppsweep worker --drain            until no run is left that goes on by itself

Exit codes: 0 drained, by --drain or by a signal; 3 the store stays away.
Where this host's own credentials are not good, and it has nothing else to do: 2 there are none; 3 they are refused, or have ended.
`;

/** `oppsweep worker`: works at the runs of fleets. */
export function furnishWorker(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Takes runs of fleets from a store and works at many of them at once, each at its own account’s pace.',
    )
    .addOption(
      new Option('--runs <n>', 'runs under way at once, at most').argParser(wholeNumber).default(RUNS),
    )
    .option('--drain', 'end once no run is left that goes on by itself')
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', EXAMPLES);
  addStoreFlags(command).action(async (flags: WorkerFlags) => exit(await runWorker(flags, context)));
}

/** The same comes again with each pass, or with each run. */
function onlyOnce(say: (words: string) => void): (words: string) => void {
  const told = new Set<string>();
  return (words) => {
    if (told.has(words)) return;
    told.add(words);
    say(words);
  };
}

async function runWorker(flags: WorkerFlags, context: ProcessContext): Promise<number> {
  storeOf(context);
  spareMemory();
  const { terminal, clock } = context;
  const say = (words: string): void => {
    if (flags.quiet !== true) terminal.err(`${words}\n`);
  };
  const over = new AbortController();
  context.onStopSignal((signal) => {
    say(`${signal}: the calls under way are finished, and every run is given back`);
    over.abort();
  });
  const events = tellRuns(say, clock);
  const troubled = (message: string): void =>
    sayOnce(`the queue could not be looked after, and is again in a moment: ${message}`);
  say(`works at up to ${flags.runs} runs at once`);
  const sayOnce = onlyOnce(say);
  const fleet = {
    ...fleetContext({ ...context, clock: coarseClock(clock) }),
    underWay: events.underWay,
    otherNamed: (from: string, endpoint: string) =>
      sayOnce(
        `another endpoint is named here (by ${from}): calls go to the fleet’s, ${endpoint}, all the same`,
      ),
  };
  const start = (slice: Slice): RunningSlice => startSlice(slice, fleet);
  await withFleets(
    context,
    (fleets) =>
      work(
        { runs: flags.runs, drain: flags.drain === true },
        { fleets, clock, start, events, signal: over.signal },
      ),
    { supervise: true, troubled },
  );
  say('drained');
  return EXIT.settled;
}
