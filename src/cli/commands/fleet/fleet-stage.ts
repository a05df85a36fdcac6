import { RunError } from '../../../model/run-error.ts';
import type { FleetContext } from '../../../fleet/run-slice.ts';
import { shareDispatchers } from '../../../partner-central/access/shared-dispatchers.ts';
import {
  runName,
  type FleetRun,
  type FleetsOptions,
  type FleetStore,
} from '../../../store/fleet/fleet-store.ts';
import type { FleetHome } from '../../../store/fleet/fleet-store.ts';
import type { ProcessContext } from '../../process/process-context.ts';

/** The store of a fleet; throws a `RunError` where none is given. */
export function storeOf({ store }: ProcessContext): FleetHome {
  if (store !== undefined) return store;
  throw new RunError('usage', 'A fleet is kept in a store, and none is given.', { code: 'give_store' });
}

/** Lends the fleets of the command's store, and closes them behind it. */
export async function withFleets<T>(
  context: ProcessContext,
  use: (fleets: FleetStore) => Promise<T>,
  options: FleetsOptions = { supervise: false },
): Promise<T> {
  const fleets = await storeOf(context).fleets(options);
  try {
    return await use(fleets);
  } finally {
    await fleets.close();
  }
}

/** By whom a fleet is submitted or stopped, as others are told of it. */
export function thisPerson({ machine }: ProcessContext): string {
  return `${machine.user} on ${machine.host}`;
}

export function fleetContext(context: ProcessContext): FleetContext {
  return { ...context, env: context.terminal.env, shared: shareDispatchers() };
}

/** The runs that are named: by account and fleet, or by the fleet alone, all of it. Throws a `RunError` for a name that is none. */
export async function namedRuns(fleets: FleetStore, names: readonly string[]): Promise<readonly FleetRun[]> {
  const runs = await fleets.runs();
  return names.flatMap((name) => {
    const named = runs.filter((run) => runName(run) === name || run.fleet === name);
    if (named.length > 0) return named;
    const known = [...new Set(runs.map(({ fleet }) => fleet))];
    throw new RunError('usage', `There is no run and no fleet ${name} in the store.`, {
      code: 'known_runs',
      names: known,
    });
  });
}
