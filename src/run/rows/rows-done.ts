import { countsOf, type InputCounts } from '../../input/rows/input-tally.ts';
import type { Tally } from '../../model/tally.ts';
import type { EarlierTries, RowsSoFar } from '../../store/journal-state.ts';
import type { Survey } from '../request/survey-input.ts';

/** How many of a run's rows are done: the same from the process that stops and from whoever looks at its record. */
export interface RowsDone {
  readonly input: InputCounts;
  /** Valid rows that are to be run: some may not be asked for. */
  readonly rowsToRun: number;
  /** Rows that needed a call or a read; invalid and duplicate ones are in `input`. */
  readonly settled: Tally;
  /** Rows whose last call may have changed something: no answer came, and no read has shown otherwise. */
  readonly inDoubt: number;
}

export function rowsDone(
  { tally: input, rowsToRun }: Pick<Survey, 'tally' | 'rowsToRun'>,
  { settled, unsettled }: RowsSoFar,
): RowsDone {
  return { input: countsOf(input), rowsToRun, settled, inDoubt: rowsInDoubt(unsettled).length };
}

/** Never more than were in flight at once. */
export function rowsInDoubt(unsettled: RowsSoFar['unsettled']): readonly EarlierTries[] {
  return [...unsettled.values()].filter(
    ({ standing, seenUnchanged }) => standing === 'in_doubt' && seenUnchanged === undefined,
  );
}

/** A row in doubt, by its number and what was sent for it. */
export interface RowInDoubt {
  readonly row: number;
  readonly key: string;
}

/** By their rows. */
export function doubtsIn(unsettled: RowsSoFar['unsettled']): readonly RowInDoubt[] {
  return rowsInDoubt(unsettled)
    .map(({ row, key }) => ({ row, key }))
    .toSorted((left, right) => left.row - right.row);
}
