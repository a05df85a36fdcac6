import type { CleanedValues, InputRow, Problem, RowField } from '../model/row.ts';
import { cleanValue } from './clean-value.ts';
import { foldName } from './fold-name.ts';
import type { Understanding } from './understanding.ts';

/** A row as `check --fixed` writes it. */
export interface FixedRow {
  readonly cells: readonly string[];
  /** Whether a cell is not what it was. */
  readonly corrected: boolean;
  /** Whether there is a problem left that only a person can solve. */
  readonly open: boolean;
}

/**
 * A row with its values cleaned and spelt as the service has them. A suggestion is followed only where it changes
 * case, punctuation or what can't be seen; `o123` becomes `O123`, `123` stays. A row that was split gets the one
 * identifier it stands for.
 */
export function fixedRow(row: InputRow, understanding: Understanding): FixedRow {
  const cells = fixedCells(row, understanding);
  return {
    cells,
    corrected: cells.some((cell, index) => cell !== row.cells[index]),
    open: row.kind === 'invalid' && !row.problems.every((problem) => isFollowed(problem, row.cleaned)),
  };
}

function fixedCells(row: InputRow, { columns }: Understanding): readonly string[] {
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
  const fixed = (field: RowField, value: string): string =>
    problems.find((problem) => problem.field === field && isFollowed(problem, cleaned))?.suggestion ?? value;
  return {
    opportunity: fixed('opportunity', cleaned.opportunityId),
    type: cleaned.entityType,
    entity: fixed('entity', cleaned.entityId),
    replacement: fixed('replacement', cleaned.replacementId),
  };
}

function isFollowed({ field, suggestion }: Problem, cleaned: CleanedValues): boolean {
  if (suggestion === undefined) return false;
  switch (field) {
    case 'opportunity':
      return foldName(suggestion) === foldName(cleaned.opportunityId);
    case 'entity':
      return foldName(suggestion) === foldName(cleaned.entityId);
    case 'replacement':
      return foldName(suggestion) === foldName(cleaned.replacementId);
    case 'type':
    case 'row':
      return false;
    default:
      return field satisfies never;
  }
}
