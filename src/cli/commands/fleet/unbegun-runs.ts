import { RunError } from '../../../model/run-error.ts';
import { runName, type FleetRun } from '../../../store/fleet/fleet-store.ts';
import type { ProcessContext } from '../../process/process-context.ts';
import { describeUnbegun, unbegunState } from '../../words/fleet/describe-unbegun.ts';
import { EXIT } from '../../words/hints/stop-codes.ts';

/** Runs of the store's fleets that no worker has begun yet. */
export async function unbegunRuns({ store }: ProcessContext): Promise<readonly FleetRun[]> {
  return (await store?.unbegun()) ?? [];
}

/** The one that a name means. Throws a `RunError` where several accounts have one of that name. */
export async function unbegunRun({ store }: ProcessContext, named: string): Promise<FleetRun | undefined> {
  const [run, ...others] = (await store?.unbegun(named)) ?? [];
  if (run === undefined || others.length === 0) return run;
  throw new RunError('usage', `Several accounts have a run ${run.fleet} that has not begun.`, {
    code: 'name_run_of_account',
    names: [run, ...others].map(runName),
  });
}

/** Throws a `RunError` where the run has not begun: there is nothing of it to look at. */
export async function assertBegun(context: ProcessContext, named: string): Promise<void> {
  const run = await unbegunRun(context, named);
  if (run === undefined) return;
  throw new RunError(
    'input_unreadable',
    `${runName(run)} is ${unbegunState(run)}, and has not begun: there is nothing of it to look at.`,
    { code: 'look_at_fleet' },
  );
}

/** As `status --json` has it. */
export function toldUnbegun(run: FleetRun): object {
  const { inputName, rowsToRun, nextAtMs, stop } = run;
  return { run: runName(run), state: unbegunState(run), inputName, rowsToRun, nextAtMs, stop };
}

export function exitCodeOfUnbegun({ state }: FleetRun): number {
  return state === 'queued' ? EXIT.running : EXIT.stopped;
}

/** The status of one of them; gives its exit code. */
export function tellUnbegun(
  run: FleetRun,
  json: boolean | undefined,
  { terminal, clock }: ProcessContext,
): number {
  if (json === true) terminal.out(`${JSON.stringify({ version: 1, ...toldUnbegun(run) }, null, 2)}\n`);
  else terminal.tell(describeUnbegun(run, clock.wallMs()));
  return exitCodeOfUnbegun(run);
}
