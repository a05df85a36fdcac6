import type { Problem, RowField } from '../../model/problem.ts';
import type { CleanedValues, InputRow } from '../../model/row.ts';
import { foldName } from '../values/fold-name.ts';
import type { TableReading } from '../columns/table-reading.ts';

/** All but what a slip of the hand or an export puts into an identifier or behind it. */
const MARKED = /[^\p{L}\p{N}\s\p{Pd}_.,;:'"’]|^\s*[\p{Pd}.:]/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** A row as the cleaned file has it. */
export interface FixedRow {
  readonly cells: readonly string[];
  /** Whether a cell is not what it was. */
  readonly corrected: boolean;
  /** Whether there is a problem left that only a person can solve. */
  readonly open: boolean;
}

/**
 * A row with its values cleaned and spelt as the service has them. A suggestion is followed only where it changes case,
 * punctuation or what can't be seen, and joins no numbers; `o123` becomes `O123`, `123` stays. A row that was split gets
 * the one identifier it stands for.
 */
export function fixedRow(row: InputRow, table: TableReading): FixedRow {
  const cells = fixedCells(row, table);
  return {
    cells,
    corrected: cells.some((cell, index) => cell !== row.cells[index]),
    open: row.kind === 'invalid' && !row.problems.every((problem) => isFollowed(problem, row.cleaned)),
  };
}

function fixedCells(row: InputRow, { columns }: TableReading): readonly string[] {
  const cells = [...row.cells];
  const put = (index: number | undefined, value: string | undefined): void => {
    if (index === undefined || value === undefined || (value === '' && cells[index] === undefined)) return;
    while (cells.length < index) cells.push('');
    cells[index] = value;
  };
  const values = valuesOf(row);
  put(columns.opportunity.index, values.opportunity);
  put(columns.entity.index, values.entity);
  put(columns.replacement?.index, values.replacement);
  if (columns.type.kind === 'column') {
    const { index } = columns.type.column;
    put(index, values.type === '' ? undefined : values.type);
  }
  return cells;
}

/** Absent where a problem is left: what is wrong with a value may be what was taken off around it. */
type FixedValues = Readonly<Record<'opportunity' | 'type' | 'entity' | 'replacement', string | undefined>>;

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
  const fixed = (field: RowField, value: string): string | undefined => {
    const own = problems.filter((problem) => problem.field === field || problem.field === 'row');
    const followed = own.find((problem) => isFollowed(problem, cleaned))?.suggestion;
    return own.length === 0 ? value : followed;
  };
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
      return spellsOut(suggestion, cleaned.opportunityId);
    case 'entity':
      return spellsOut(suggestion, cleaned.entityId);
    case 'replacement':
      return spellsOut(suggestion, cleaned.replacementId);
    case 'type':
    case 'row':
      return false;
    default:
      return field satisfies never;
  }
}

/**
 * Whether a suggestion says nothing that the value does not, and leaves nothing out: `O100 200` may be one number or
 * two, and `#O100`, `~~O100~~`, `(O100)` and `O100?` may be what is not, or not yet, to be sent.
 */
function spellsOut(suggestion: string, value: string): boolean {
  if (foldName(suggestion) !== foldName(value) || numbersIn(suggestion) !== numbersIn(value)) return false;
  return !MARKED.test(value.normalize('NFKC').replaceAll(UNSEEN, ''));
}

function numbersIn(value: string): string {
  return [
    ...value
      .normalize('NFKC')
      .replaceAll(UNSEEN, '')
      .matchAll(/[0-9]+/g),
  ].join(' ');
}
