import type { EarlierResult } from '../../model/outcome.ts';
import { foldRows, type RowFactsFold, type SinceOf } from '../../report/rows/row-facts.ts';
import type { ResultsRead } from '../record/result-rows.ts';

/** Folds the lines of some results. `also`: what else each is told. */
export async function foldResults(
  { header, lines }: ResultsRead,
  beganMs: number | undefined,
  sinceOf: SinceOf,
  also: (row: EarlierResult) => void = () => undefined,
): Promise<RowFactsFold> {
  const fold = foldRows(beganMs, sinceOf, header);
  for await (const { earlier, own } of lines) {
    const row = earlier?.overwritten === undefined ? earlier : undefined;
    fold.add(row, own);
    if (row !== undefined) also(row);
  }
  return fold;
}
