import { attaches } from '../../model/call.ts';
import { namesReplacement } from '../../model/row.ts';
import type { EarlierTries, RowsSoFar } from '../../store/journal-state.ts';

/** A row that was left between the calls of a replacement. */
export interface HalfReplaced {
  readonly row: number;
  /** Opportunity, old entity and new one, as the journal names them. */
  readonly key: string;
  /** What the opportunity holds of the two: both, or, where the old entity goes first, neither. */
  readonly holds: 'both' | 'neither';
  /** Whether it is known: a call that was not answered may have changed it. */
  readonly known: boolean;
}

/** Those of a run that nobody works on. */
export function halfReplaced(unsettled: RowsSoFar['unsettled']): readonly HalfReplaced[] {
  return [...unsettled.values()]
    .flatMap((tries) => {
      const holds = heldBy(tries);
      const { row, key, standing } = tries;
      return holds === undefined ? [] : [{ row, key, holds, known: standing !== 'in_doubt' }];
    })
    .toSorted((one, other) => one.row - other.row);
}

/** `undefined`: its calls are done, or none of them made a change that is known. */
function heldBy({ part, key, call, standing, madeBefore }: EarlierTries): HalfReplaced['holds'] | undefined {
  if (part === undefined) {
    if (!namesReplacement(key)) return undefined;
    const isHalf = attaches(call)
      ? standing === 'succeeded'
      : madeBefore.length > 0 && standing !== 'succeeded';
    return isHalf ? 'both' : undefined;
  }
  if (part.kind === 'detach') return standing === 'not_done' ? undefined : 'neither';
  return standing !== 'succeeded' && madeBefore.length > 0 ? 'neither' : undefined;
}
