import type { InputRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';

/**
 * Refuses a row that can't be done beside an earlier one: of two things that a file asks for neither is guessed, and of a chain
 * nobody can tell what is to be left.
 *
 * @throws RunError `input_format` that names both rows
 */
export function assertStraight(name: string, row: InputRow): void {
  if (row.kind !== 'valid' || row.contradicts === undefined) return;
  const { target, contradicts } = row;
  const { opportunityId, entity, replacement } = target;
  if (contradicts.kind === 'chain') {
    const { id, attachedIn, removedIn } = contradicts;
    throw new RunError(
      'input_format',
      `${name}: row ${attachedIn} attaches ${id} to ${opportunityId} as a replacement, and row ${removedIn} removes it again: a chain of which nobody can tell what is to be left.`,
      { code: 'map_straight' },
    );
  }
  const end =
    replacement === undefined ? 'removes it without a replacement' : `replaces it by ${replacement.id}`;
  throw new RunError(
    'input_format',
    `${name}: rows ${contradicts.row} and ${row.row} are about the same, ${entity.id} of ${opportunityId}, and say different things: row ${row.row} ${end}, and row ${contradicts.row} does not.`,
    { code: 'one_end' },
  );
}
