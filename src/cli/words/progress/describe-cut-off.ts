import type { RunProgress } from '../../../run/progress.ts';
import { count, counted } from '../amounts.ts';
import { inFlightWords } from './describe-progress.ts';

/** A run that a second signal ends at once, as far as it had come; `undefined`: not to its first call. */
export function cutOffWords(progress: RunProgress | undefined): string {
  if (progress === undefined) return 'Ended at once, before the first call left.';
  const { settled, rows, stopping } = progress;
  const done = `Ended at once, whatever was under way: ${count(settled.rows)} of ${counted(rows, 'row')} done`;
  return stopping === undefined || stopping.callsInFlight === 0
    ? `${done}.`
    : `${done}, with ${inFlightWords(stopping)}: a row whose answer is not noted is in doubt, and settled by a read before it is sent again.`;
}
