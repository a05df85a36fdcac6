import type { InputRow } from '../model/row.ts';
import { cleanValue } from './clean-value.ts';
import { foldName } from './fold-name.ts';
import type { Understanding } from './understanding.ts';

/**
 * A row's cells with its values cleaned and spelt as the service has them: what `check --fixed` writes. A
 * suggestion is followed only where it changes case, punctuation or what can't be seen; `o123` becomes `O123`,
 * `123` stays. A row that was split gets the one identifier it stands for.
 */
export function fixedCells(row: InputRow, { columns }: Understanding): readonly string[] {
  const cells = [...row.cells];
  const put = (index: number | undefined, value: string): void => {
    if (index === undefined || (value === '' && cells[index] === undefined)) return;
    while (cells.length < index) cells.push('');
    cells[index] = value;
  };
  const values = valuesOf(row);
  put(columns.opportunity.index, values.opportunity);
  put(columns.entity.index, values.entity);
  put(columns.replacement?.index, values.replacement);
  if (columns.type.kind === 'column') {
    const { index } = columns.type.column;
    put(index, values.type === '' ? cleanValue(row.cells[index] ?? '') : values.type);
  }
  return cells;
}

type FixedValues = Readonly<Record<'opportunity' | 'type' | 'entity' | 'replacement', string>>;

function valuesOf(row: InputRow): FixedValues {
  if (row.kind !== 'invalid') {
    const { opportunityId, entity, replacement } = row.target;
    return {
      opportunity: opportunityId,
      type: entity.type,
      entity: entity.id,
      replacement: replacement?.id ?? '',
    };
  }
  const { cleaned, problems } = row;
  const fixed = (field: keyof FixedValues, value: string): string => {
    const suggestion = problems.find((problem) => problem.field === field)?.suggestion;
    return suggestion !== undefined && foldName(suggestion) === foldName(value) ? suggestion : value;
  };
  return {
    opportunity: fixed('opportunity', cleaned.opportunityId),
    type: cleaned.entityType,
    entity: fixed('entity', cleaned.entityId),
    replacement: fixed('replacement', cleaned.replacementId),
  };
}
