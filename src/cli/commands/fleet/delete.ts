import type { Command } from 'commander';
import { RunError } from '../../../model/run-error.ts';
import { earlierRun, undosOf } from '../../../run/record/since/earlier-run.ts';
import { runName, type FleetStore, type RestingRun } from '../../../store/fleet/fleet-store.ts';
import { addStoreFlags } from '../../options/store-flags.ts';
import type { ProcessContext } from '../../process/process-context.ts';
import { askForYes } from '../../screen/confirm-run.ts';
import { counted } from '../../words/amounts.ts';
import { describeLoss } from '../../words/fleet/describe-loss.ts';
import { EXIT } from '../../words/hints/stop-codes.ts';
import { namedRuns, withFleets } from './fleet-stage.ts';

const EXAMPLES = `
What the runs removed stays removed, and counts for their accounts’ quotas as before. Fetch their results first: oppsweep fleet results.

Examples:
  oppsweep fleet results accounts -o results
  oppsweep fleet delete accounts

Exit codes: 0 deleted; 2 not, as nobody has said yes, or has fetched all results; 3 not, as something of it is queued or under way.
`;

export function addDeleteCommand(
  fleet: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  const command = fleet
    .command('delete')
    .summary('take a finished or stopped fleet out of the store')
    .description(
      'Takes a fleet out of the store for good, with inputs, journals and results of all its runs. Asks once; refused as long as one of them is queued or under way.',
    )
    .argument('<fleet>', 'the fleet’s name')
    .option('--yes', 'no question, and whether or not anybody has fetched the results')
    .addHelpText('after', EXAMPLES);
  addStoreFlags(command).action(async (name: string, { yes }: { readonly yes?: boolean }) => {
    await withFleets(context, async (fleets) => {
      const runs = await restingRuns(name, fleets);
      await assertNoUndo(runs, context);
      const { terminal } = context;
      if (yes !== true) {
        assertFetched(name, runs);
        await ask(name, runs, context);
      }
      await fleets.delete(name);
      terminal.err(`The fleet ${name} is deleted, with ${counted(runs.length, 'run')}\n`);
    });
    exit(EXIT.settled);
  });
}

/** All of a fleet: one run of it stays with the others. */
async function restingRuns(name: string, fleets: FleetStore): Promise<readonly RestingRun[]> {
  const [one] = await namedRuns(fleets, [name]);
  if (one !== undefined && runName(one) === name)
    throw new RunError(
      'usage',
      `${name} is one run of the fleet ${one.fleet}: a fleet is deleted as a whole.`,
    );
  return fleets.atRest(name);
}

/** One that is not finished goes by the run that it takes back. */
async function assertNoUndo(resting: readonly RestingRun[], { runs }: ProcessContext): Promise<void> {
  for (const { run, state } of resting) {
    const record = state === 'not begun' ? undefined : await runs.record(run, 'newest mark').catch(damaged);
    const undos = record && (await undosOf(earlierRun(record), runs));
    if (undos?.some((undo) => undo.state.end === undefined) !== true) continue;
    throw new RunError('run_held', `${run} is being undone, and that is not finished.`, {
      code: 'finish_undo',
      run,
    });
  }
}

/** Nothing goes on with it any more. */
function damaged(error: unknown): undefined {
  if (!(error instanceof RunError) || error.code !== 'state_damaged') throw error;
}

/** Without its record nobody can tell what a run has sent: a word that is typed for all cases is not meant for that. */
function assertFetched(fleet: string, runs: readonly RestingRun[]): void {
  const unfetched = runs.filter(({ state, fetched }) => state === 'finished' && !fetched);
  const unfinished = runs.filter(({ state }) => state === 'unfinished');
  const parts = [
    ...(unfetched.length > 0
      ? [`results of ${counted(unfetched.length, 'run')} that nobody has fetched`]
      : []),
    ...(unfinished.length > 0 ? [`what ${counted(unfinished.length, 'run')} did and never finished`] : []),
  ];
  if (parts.length === 0) return;
  throw new RunError('confirmation_missing', `The fleet ${fleet} has ${parts.join(', and ')}.`, {
    code: 'fetch_results',
    fleet: unfetched.length > 0 ? fleet : undefined,
    run: unfinished[0]?.run,
  });
}

async function ask(fleet: string, runs: readonly RestingRun[], { terminal }: ProcessContext): Promise<void> {
  if (!terminal.canAsk)
    throw new RunError(
      'confirmation_missing',
      'A fleet is deleted for good, and there is no terminal to ask in.',
    );
  terminal.err(describeLoss(fleet, runs));
  await askForYes(`Delete the fleet ${fleet} for good?`, terminal, { kept: 'nothing was deleted' });
}
