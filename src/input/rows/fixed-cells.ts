import type { Problem, RowField } from '../../model/problem.ts';
import type { CleanedValues, InputRow } from '../../model/row.ts';
import { cleanValue } from '../values/clean-value.ts';
import { parseEntityType } from '../values/entity-type.ts';
import { foldName } from '../values/fold-name.ts';
import { asSeen, hasPeoplesMark, marksAsNotMeant } from '../values/plain-characters.ts';
import { seemsToDecide } from '../columns/decisions/decision-names.ts';
import { saysKeep } from '../columns/decisions/keeping-words.ts';
import type { TableReading } from '../columns/table-reading.ts';

/** A row as the cleaned file has it. */
export interface FixedRow {
  readonly cells: readonly string[];
  /** Whether a cell is not what it was. */
  readonly corrected: boolean;
  /** Whether there is a problem left that only a person can solve. */
  readonly open: boolean;
  /** Suggestions taken that say more, or else, than the value did. */
  readonly accepted: readonly AcceptedSuggestion[];
}

export interface AcceptedSuggestion {
  /** As a spreadsheet numbers it. */
  readonly row: number;
  readonly from: string;
  readonly to: string;
}

/**
 * A row with its values cleaned and spelt as the service has them. A suggestion is followed only where it changes case,
 * punctuation or what can't be seen, and joins no numbers; `o123` becomes `O123`, `123` stays. With `acceptSuggestions` any
 * is, where a value has but one, and doesn't say that its row is not meant. A row that was split gets the one identifier it stands for.
 */
export function fixedRow(row: InputRow, table: TableReading, acceptSuggestions = false): FixedRow {
  const accepted =
    acceptSuggestions && row.kind === 'invalid' ? acceptedIn(row, table) : new Map<RowField, string>();
  const cells = fixedCells(row, table, accepted);
  return {
    cells,
    corrected: cells.some((cell, index) => cell !== row.cells[index]),
    open:
      row.kind === 'invalid' && !row.problems.every((problem) => isSolved(problem, row.cleaned, accepted)),
    accepted: [...accepted].map(([field, to]) => ({ row: row.row, from: valueOf(field, row, table), to })),
  };
}

type InvalidRow = Extract<InputRow, { kind: 'invalid' }>;

/** The one suggestion of each field that has one, but for those that are followed in any case, and cells that are no slip. */
function acceptedIn(row: InvalidRow, table: TableReading): Map<RowField, string> {
  const { problems, cleaned } = row;
  const accepted = new Map<RowField, string>();
  for (const field of ['opportunity', 'type', 'entity', 'replacement'] as const) {
    const own = problems.filter((problem) => problem.field === field);
    const meant = new Set(own.map(({ suggestion }) => suggestion));
    const [only] = meant;
    const followed = own.some((problem) => isFollowed(problem, cleaned));
    const value = valueOf(field, row, table);
    if (meant.size !== 1 || only === undefined || followed || saysNot(value)) continue;
    if (field !== 'type' || isSlipOfType(value)) accepted.set(field, only);
  }
  return accepted;
}

/** A word that comes near no type says something else, whatever the identifier beside it tells. */
function isSlipOfType(value: string): boolean {
  const type = parseEntityType(value);
  return value === '' || typeof type === 'string' || type.suggestion !== undefined;
}

/** Whether a cell says that its row is not, or not surely, meant: nobody has slipped there. */
function saysNot(value: string): boolean {
  const seen = asSeen(value);
  return marksAsNotMeant(seen) || saysKeep(seen) || seemsToDecide(seen);
}

function isSolved(
  problem: Problem,
  cleaned: CleanedValues,
  accepted: ReadonlyMap<RowField, string>,
): boolean {
  return isFollowed(problem, cleaned) || (problem.field !== 'row' && accepted.has(problem.field));
}

function valueOf(field: RowField, row: InputRow, { columns: { type } }: TableReading): string {
  if (row.kind !== 'invalid') return '';
  const { opportunityId, entityId, replacementId } = row.cleaned;
  const values = {
    opportunity: opportunityId,
    // A word that is no type is not among the cleaned values.
    type: type.kind === 'column' ? cleanValue(row.cells[type.column.index] ?? '') : '',
    entity: entityId,
    replacement: replacementId,
  };
  return field === 'row' ? '' : values[field];
}

function fixedCells(
  row: InputRow,
  { columns }: TableReading,
  accepted: ReadonlyMap<RowField, string>,
): readonly string[] {
  const cells = [...row.cells];
  const put = (index: number | undefined, value: string | undefined): void => {
    if (index === undefined || value === undefined || (value === '' && cells[index] === undefined)) return;
    while (cells.length < index) cells.push('');
    cells[index] = value;
  };
  const values = valuesOf(row);
  put(columns.opportunity.index, accepted.get('opportunity') ?? values.opportunity);
  put(columns.entity.index, accepted.get('entity') ?? values.entity);
  put(columns.replacement?.index, accepted.get('replacement') ?? values.replacement);
  if (columns.type.kind === 'column') {
    const { index } = columns.type.column;
    const type = accepted.get('type') ?? values.type;
    put(index, type === '' ? undefined : type);
  }
  return cells;
}

/** Absent where a problem is left: what is wrong with a value may be what was taken off around it. */
type FixedValues = Readonly<Record<'opportunity' | 'type' | 'entity' | 'replacement', string | undefined>>;

function valuesOf(row: InputRow): FixedValues {
  if (row.kind === 'skipped') {
    // Of a cell that was split, it is one of the identifiers; the rest is as it was.
    const { entityId } = row.cleaned;
    return { opportunity: undefined, type: undefined, entity: entityId, replacement: undefined };
  }
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
  return !hasPeoplesMark(value);
}

function numbersIn(value: string): string {
  return [...asSeen(value).matchAll(/[0-9]+/g)].join(' ');
}
