/** Of a row that was answered: one side corrected alone would be taken for a slip. */
export const WRITE_BOTH =
  ' Write a correction in your own column and in ours, then run the failed rows again.';

/** Of a suggestion for a cell that bears a mark of doubt, or is commented out or struck. */
export const MAY_NOT_BE_MEANT = ' If the cell says that its row is not meant, leave it as it is.';

/** A message or a tip as results had it before these sentences: they are as true, and no less the run's. */
export function withoutLater(text: string): string {
  return [WRITE_BOTH, MAY_NOT_BE_MEANT].reduce((rest, later) => rest.replaceAll(later, ''), text);
}
