import type { RowField } from '../../model/problem.ts';
import { isEntityType, parseOpportunityId } from '../../model/entity.ts';
import { isCode } from '../../model/entity-types.ts';
import { parseEntityType } from '../values/entity-type.ts';
import {
  fitsType,
  looksLikeIdentifier,
  looksLikeOpportunity,
  looksLikeProductCode,
} from '../values/identifier-shape.ts';
import { identifiersIn } from '../values/identifiers-in.ts';

export type OwnField = Exclude<RowField, 'row'>;
export const OWN_FIELDS: readonly OwnField[] = ['opportunity', 'entity', 'replacement', 'type'];

/** One line's values in our columns, cleaned. */
export type OurValues = Readonly<Record<OwnField, string>>;

/** Whether a cell says what a value of ours says; one that was split holds more than ours. */
export function says(field: OwnField, cell: string, ours: string): boolean {
  if (cell === '' || ours === '') return false;
  if (cell === ours) return true;
  if (field === 'entity') return identifiersIn(cell).includes(ours);
  return field === 'type' && isEntityType(ours) && parseEntityType(cell) === ours;
}

/** Whether a cell may hold such a value, by its looks; `type` is the line's. */
export function mayHold(field: OwnField, cell: string, type: string): boolean {
  if (field === 'opportunity') return looksLikeOpportunity(cell);
  if (field === 'type') return typeof parseEntityType(cell) === 'string';
  const codes = isEntityType(type) && isCode(type);
  return identifiersIn(cell).some((id) => looksLikeIdentifier(id) || (codes && looksLikeProductCode(id)));
}

/** Whether a value of ours could be sent as it is: what stands in its own column of a line that was refused may be its correction. */
export function isGood(field: OwnField, { [field]: value, type, entity }: OurValues): boolean {
  if (field === 'opportunity') return parseOpportunityId(value) !== undefined;
  if (!isEntityType(type)) return mayHold(field, value, type);
  // A type that its entity does not fit may be what was corrected.
  if (field === 'type') return entity === '' || fitsType(entity, type);
  return value !== '' && fitsType(value, type);
}
