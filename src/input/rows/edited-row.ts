import type { Problem, RowField } from '../../model/problem.ts';
import { showValue } from '../values/show-value.ts';
import type { FoundColumns } from '../columns/found-columns.ts';
import type { RawValues } from '../values/validate-values.ts';

type Field = Exclude<RowField, 'row'>;

/** A row of an earlier run's results: its values as the user's own columns have them, and as ours do. */
export interface TwoReadings {
  readonly own: RawValues;
  readonly ours: RawValues;
  readonly ownColumns: FoundColumns;
  /** Whether it was settled once, rather than refused: ours then says what was sent, or looked for. */
  readonly answered: boolean;
  /** Values of which it is not known that they stand in these columns: they are never sent. */
  readonly unsure?: readonly Field[];
}

/** Our column of a value, and the option that names the user's. */
const NAMES: Readonly<Record<Field, { readonly ours: string; readonly option: string }>> = {
  opportunity: { ours: 'opportunity_id', option: 'opportunity-column' },
  type: { ours: 'entity_type', option: 'type-column' },
  entity: { ours: 'entity_id', option: 'entity-column' },
  replacement: { ours: 'replacement_id', option: 'replace-column' },
};

/**
 * The problem of a results file's row whose own column says something else than ours, where both could be meant: somebody has
 * corrected one and not the other, and only they know which.
 */
export function editedRow(field: Field, { own, ours, ownColumns, answered }: TwoReadings): Problem {
  const { ours: column, option } = NAMES[field];
  const says = own[field] === '' ? 'is empty' : `says ${showValue(own[field])}`;
  const history = answered ? ', what was sent,' : '';
  const oursSays = ours[field] === '' ? 'is empty' : `says ${showValue(ours[field])}`;
  return {
    kind: 'row_edited',
    field: 'row',
    message: `${columnOf(field, ownColumns)} ${says}, and ${column}${history} ${oursSays}: either may be meant. If it is another column of yours that holds it, name that with the option ${option}.`,
  };
}

function columnOf(field: Field, { opportunity, type, entity, replacement }: FoundColumns): string {
  const columns = {
    opportunity,
    type: type.kind === 'column' ? type.column : undefined,
    entity,
    replacement,
  };
  const column = columns[field];
  return column === undefined ? 'The option entity-type' : `Your column ${showValue(column.name)}`;
}
