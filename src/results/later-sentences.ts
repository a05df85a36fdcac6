/** Where a correction is written. */
export const IN_BOTH =
  'in your own column and in opportunity_id, entity_type, entity_id or replacement_id, whichever has the same value';

/** The same, as results had it before it named these columns. */
const IN_OURS = 'in your own column and in ours';

/** Of a row that was answered: one side corrected alone would be taken for a slip. */
export const WRITE_BOTH: string = writeBoth(IN_BOTH);

function writeBoth(where: string): string {
  return ` Write a correction ${where}, then run the failed rows again.`;
}

/** Of a suggestion for a cell that bears a mark of doubt, or is commented out or struck. */
export const MAY_NOT_BE_MEANT = ' If the cell says that its row is not meant, leave it as it is.';

/** A message or a tip as results had it before these sentences: they are as true, and no less the run's. */
export function withoutLater(text: string): string {
  return [writeBoth(IN_OURS), MAY_NOT_BE_MEANT].reduce(
    (rest, later) => rest.replaceAll(later, ''),
    text.replaceAll(IN_BOTH, IN_OURS),
  );
}
