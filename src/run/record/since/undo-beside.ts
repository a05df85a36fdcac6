import { dirname, resolve } from 'node:path';
import { RunError } from '../../../model/run-error.ts';
import type { RunRecord } from '../../../store/run-store.ts';

/** A run that goes on looks beside itself for what was taken back, and would do that again. Throws a `RunError` where the undo would stand elsewhere. */
export function assertBeside(
  { state, places }: Pick<RunRecord, 'state' | 'places'>,
  output: string | undefined,
): void {
  // In a store all runs stand beside each other.
  if (state.end !== undefined || places.run !== undefined || output === undefined) return;
  const folder = dirname(resolve(places.results));
  if (dirname(resolve(output)) === folder) return;
  throw new RunError(
    'usage',
    `${places.results} is of a run that is not finished. When it goes on it looks beside itself for what was taken back, or it would do that again: give the option output a name in ${folder}, or leave it out.`,
  );
}
