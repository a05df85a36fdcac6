import type { Problem, RowField } from '../../../model/problem.ts';
import { showValue, showWhole } from '../../values/show-value.ts';
import { isGood } from '../../columns/own-values.ts';
import type { FoundColumns } from '../../columns/found-columns.ts';
import type { RawValues } from '../../values/validate-values.ts';

export type Field = Exclude<RowField, 'row'>;
export const FIELDS: readonly Field[] = ['opportunity', 'type', 'entity', 'replacement'];

/** A row of an earlier run's results: its values as the user's own columns have them, and as ours do. */
export interface TwoReadings {
  readonly own: RawValues;
  readonly ours: RawValues;
  readonly ownColumns: FoundColumns;
  /** Whether it was settled once, rather than refused: ours then says what was sent, or looked for. */
  readonly answered: boolean;
  /** Whether no write was ever tried for it, as where a look or a plan settled it. */
  readonly unsent?: boolean;
  /** Values of which it is not known that they stand in these columns: they are never sent. */
  readonly unsure?: readonly Field[];
  /** Values that a column of the user's must say, since those that were sent came from one. */
  readonly mustSay: readonly Field[];
  /** Whether nearly all rows have a type of their own, so that one without may have been emptied. */
  readonly hasTypes?: boolean;
}

/** Our column of a value, and the option that names the user's. */
const NAMES: Readonly<Record<Field, { readonly ours: string; readonly option: string }>> = {
  opportunity: { ours: 'opportunity_id', option: 'opportunity-column' },
  type: { ours: 'entity_type', option: 'type-column' },
  entity: { ours: 'entity_id', option: 'entity-column' },
  replacement: { ours: 'replacement_id', option: 'replace-column' },
};

const EITHER = 'either may be meant';

/** Whether a sentence of a message asks which of two cells is meant, and so says of neither that it is wrong. */
export function asksWhich(sentence: string): boolean {
  return sentence.includes(EITHER);
}

/** Whether it asks what is meant since our cell of this value was empty. */
export function asksOfEmpty(field: Field, sentence: string): boolean {
  const { ours } = NAMES[field];
  return sentence.includes(` ${ours} is empty`) || sentence.includes(` ${ours} are both empty`);
}

/**
 * The problem of a results file's row whose own column says something else than ours, where both could be meant: somebody has
 * edited one and not the other, and only they know which.
 */
export function editedRow(field: Field, readings: TwoReadings): Problem {
  const { own, ours, ownColumns, answered, unsent = false } = readings;
  const { ours: column, option } = NAMES[field];
  const says = own[field] === '' ? 'is empty' : `says ${showValue(own[field])}`;
  const taken = unsent ? ', as the run took it,' : ', what was sent,';
  // What no run could have taken was written since.
  const history = answered && isGood(field, ours) ? taken : '';
  const oursSays = ours[field] === '' ? 'is empty' : `says ${showValue(ours[field])}`;
  const name = columnOf(field, ownColumns);
  if (ours[field] === '' && (name === undefined || own[field] === '')) {
    const empty =
      name === undefined
        ? `Our column ${column} is empty, and no column of yours says what it was`
        : `${name} and our column ${column} are both empty`;
    return { kind: 'row_edited', field: 'row', message: `${empty}: nothing tells what is meant.` };
  }
  const message =
    name === undefined
      ? `No column of yours says what ${column}${history} says, ${showValue(ours[field])}. If one holds it, name that with the option ${option}; if none does, take your columns out of the file.`
      : `${name} ${says}, and ${column}${history} ${oursSays}: ${EITHER}. If it is another column of yours that holds it, name that with the option ${option}.`;
  return { kind: 'row_edited', field: 'row', message };
}

/** Longer than any identifier: what is cut short can't be told from another that begins alike. */
const LONGEST_TOLD = 300;

/**
 * The sentence that the results keep of a row that was read by our column, though the user's own says something else: by it the row
 * is known again, as long as neither is edited. `undefined` where it can't be told whole.
 */
export function overruledNote(field: Field, { own, ours, ownColumns }: TwoReadings): string | undefined {
  const name = columnOf(field, ownColumns);
  const [left, right] = [own[field], ours[field]];
  if (name === undefined || Math.max(left.length, right.length) > LONGEST_TOLD) return undefined;
  const says = left === '' ? 'is empty' : `says ${showWhole(left)}`;
  const oursSays = right === '' ? 'is empty' : `says ${showWhole(right)}`;
  return `${name} ${says}, and ${NAMES[field].ours}, which was read, ${oursSays}.`;
}

/** `undefined` where it is not known to be any. */
function columnOf(
  field: Field,
  { opportunity, type, entity, replacement }: FoundColumns,
): string | undefined {
  if (field === 'type' && type.kind === 'option') return 'The option entity-type';
  const column = {
    opportunity,
    type: type.kind === 'column' ? type.column : undefined,
    entity,
    replacement,
  }[field];
  return column === undefined || column.index < 0 ? undefined : `Your column ${showValue(column.name)}`;
}
