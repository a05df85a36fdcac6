import type { Problem } from '../../model/problem.ts';
import { columnsJoined, columnsToldBelow } from '../columns/column-errors.ts';
import type { ColumnProfile } from '../columns/column-profile.ts';
import { columnIndexes, columnsToldIn } from '../columns/found-columns.ts';
import type { HeadProfile } from '../columns/head-profile.ts';
import { ownCells } from '../columns/results-file.ts';
import type { JudgedTable } from '../columns/table-reading.ts';
import {
  EMPTY,
  IDENTIFIER,
  isTelling,
  kindOfEntity,
  profiledRow,
  type KnownKinds,
  type ProfiledRow,
} from '../values/cell-kind.ts';
import type { Verdict } from '../values/validate-values.ts';
import { showValue } from '../values/show-value.ts';
import { suspicionOf, type Suspicion } from './row-suspicion.ts';
import { firstHeader, identifiersBelow, secondHeader, type FirstHeader } from './second-header.ts';
import { swallowingCell } from './swallowed-rows.ts';
import { ValueLengths } from './value-lengths.ts';

/** A record's place in its file. */
export interface RecordPlace {
  readonly row: number;
  /** Whether the file ends in it, without a line end. */
  readonly endsFile: boolean;
}

/**
 * Judges each row by the file's other rows: its values have to stand where theirs do. Only what speaks against it counts; of
 * two readings neither is guessed.
 */
export class RowJudge {
  readonly #table: JudgedTable;
  readonly #head: HeadProfile | undefined;
  readonly #header: FirstHeader;
  readonly #lengths: ValueLengths | undefined;
  /** The first row that may be a header in words that nobody knows. */
  #unknown: UnknownHeader | undefined;

  constructor(table: JudgedTable) {
    this.#table = table;
    this.#head = table.profile;
    this.#lengths = table.profile && new ValueLengths(table.profile.profile.columns);
    const { header, headerRow, columns, resultsFile } = table;
    // Of results, the user's own cells may be a header again.
    const own = resultsFile?.ownColumns;
    this.#header = firstHeader(
      resultsFile === undefined || own === undefined ? header : ownCells(header, resultsFile),
      headerRow > 0,
      table.profile?.profile.columns ?? columnIndexes(own ?? columns),
    );
  }

  /** Whether the cells that decide if a row is meant may be another column's, or another row's. */
  mayDecideWrongly(cells: readonly string[], verdicts: readonly Verdict[], { row }: RecordPlace): boolean {
    const kinds = new Set(
      verdicts.flatMap((verdict) => (verdict.ok ? [] : verdict.problems)).map(({ kind }) => kind),
    );
    if (this.#head === undefined || kinds.has('rows_joined')) return kinds.has('rows_joined');
    if (!kinds.has('row_slipped')) return false;
    const { profile, lastRow } = this.#head;
    const profiled = profiledRow(cells, row <= lastRow);
    return !profile.columns.conditions.every((column) => isSureOf(column, profiled, profile));
  }

  /** The problem of a row as a whole: of the user's `cells`, of which `verdicts` are what their values come to by themselves. */
  problemOf(cells: readonly string[], verdicts: readonly Verdict[], place: RecordPlace): Problem | undefined {
    if (this.#head === undefined) return undefined;
    const { profile, usual, lastRow } = this.#head;
    const isValid = verdicts.every(({ ok }) => ok);
    // Of a name the identifier tells nothing about the cell.
    const known = this.#table.names.entities ? undefined : knownKinds(verdicts, profile);
    const row = profiledRow(cells, place.row <= lastRow, known);
    // Of a row that is not sent in any case, only one that is too wide is worth another reason.
    if (!isValid && row.kinds.length <= profile.width) return undefined;
    const swallowing = swallowingCell(cells, this.#table.dialect.delimiter);
    if (swallowing >= 0) return quoteLeftOpen(cells[swallowing] ?? '');
    const suspicion = suspicionOf(row, profile, usual);
    if (suspicion !== undefined) return this.#problemOfSuspicion(suspicion, row, profile);
    if (!isValid) return undefined;
    if (usual.isCommentedOut(row)) return commentedOut(cells);
    if (place.endsFile && this.#lengths?.mayBreakOffIn(cells) === true) return cutShort(cells);
    this.#refuseBelowUnknown(row);
    this.#lengths?.learn(row);
    if (!row.learned) profile.learn(row);
    return undefined;
  }

  /**
   * The problem of a row that is the header again, as where files were joined: it explains all that is wrong with it.
   *
   * @throws RunError `input_columns` for a header of other columns: what is below would be read wrongly
   */
  headerAgain(record: readonly string[], row: number): Problem | undefined {
    const { name, headerRow, header, resultsFile } = this.#table;
    if (this.#head !== undefined) this.#refuseToldColumns(record, row);
    const cells = resultsFile?.ownColumns === undefined ? record : ownCells(record, resultsFile);
    const seen = secondHeader(cells, this.#header);
    if (seen === 'another')
      throw columnsJoined(name, { row, cells: record }, { row: headerRow, cells: header });
    const needs = seen === undefined ? identifiersBelow(cells, this.#header.columns) : undefined;
    if (needs !== undefined && needs < (this.#unknown?.needs ?? NEVER)) this.#unknown = { row, cells, needs };
    if (seen === undefined || headerRow === 0) return undefined;
    const first = record.find((cell) => cell !== '') ?? '';
    const message = `The row repeats the header (${showValue(first)}, …): files were joined here.`;
    return { kind: 'header_repeated', field: 'row', message };
  }

  /** Words below the header that tell which of several columns of identifiers is meant. */
  #refuseToldColumns(record: readonly string[], row: number): void {
    const { name, header, columns, unused, resultsFile, sampleRows } = this.#table;
    const told = resultsFile === undefined ? columnsToldIn(record, columns, unused) : [];
    const samples = sampleRows.map(({ cells }) => cells);
    if (told.length > 0) throw columnsToldBelow({ name, header, samples }, { row, cells: record }, told);
  }

  /** What may be a header stands above the row, and its identifiers may be others than the first header calls them. */
  #refuseBelowUnknown({ kinds }: ProfiledRow): void {
    const above = this.#unknown;
    if (above === undefined) return;
    const named = kinds.filter((kind, index) => kind >= IDENTIFIER && (above.cells[index] ?? '') !== '');
    if (named.length < above.needs) return;
    const { name, headerRow, header } = this.#table;
    throw columnsJoined(name, above, { row: headerRow, cells: header });
  }

  #problemOfSuspicion({ kind, index }: Suspicion, row: ProfiledRow, profile: ColumnProfile): Problem {
    const { cells, kinds } = row;
    const seen = showValue(cells[index] ?? '');
    if (kind === 'joined') {
      const message = `Two rows stand in this line: ${seen} begins the second. A line end was lost between them.`;
      return { kind: 'rows_joined', field: 'row', message };
    }
    const { header } = this.#table;
    if (kind === 'too_long') {
      const message = `The row has ${cells.length} cells where the header has ${header.length}: if one of its texts should be in quotes, all behind it have slipped, and ${seen} is not what is meant.`;
      return { kind: 'row_slipped', field: 'row', message };
    }
    if (kind === 'too_short') {
      const message = `The row has ${cells.length} cells where most others have more: the one left out may be that of column ${showValue(header[index] ?? '')}, and ${seen} another column’s. If it is meant, write the row with all its cells, or in results into opportunity_id and entity_id.`;
      return { kind: 'row_slipped', field: 'row', message };
    }
    const isNowhere = index >= header.length || profile.misfit(index, index, row) >= 1;
    const others = isNowhere ? 'the other rows have no such value' : 'other rows have something else';
    const where =
      kinds.length > header.length
        ? `The row has ${kinds.length} cells where the header has ${header.length}, and ${seen} stands where ${others}`
        : `${seen} stands in column ${showValue(header[index] ?? '')}, where ${others}`;
    const cause = 'by a delimiter in a cell without quotes, or by an empty cell that was left out';
    return { kind: 'row_slipped', field: 'row', message: `${where}: its cells may have slipped, ${cause}.` };
  }
}

/** A row that may be a header; rows below show it by as many identifiers as it `needs`. */
interface UnknownHeader {
  readonly row: number;
  readonly cells: readonly string[];
  readonly needs: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Other rows have the value there, or a value behind it is in its place. */
function isSureOf(column: number, row: ProfiledRow, profile: ColumnProfile): boolean {
  const { opportunity, entity } = profile.columns;
  const isAnchor = (one: number): boolean =>
    one > column && isTelling(row.kinds[one] ?? EMPTY) && profile.misfit(one, one, row) === 0;
  const value = row.cells[column] ?? '';
  return (
    isAnchor(opportunity) || isAnchor(entity) || (value !== '' && profile.isKnownDecision(column, value, row))
  );
}

function knownKinds(
  verdicts: readonly Verdict[],
  { columns: { opportunity, entity, entities } }: ColumnProfile,
): KnownKinds | undefined {
  const [verdict] = verdicts;
  // Of a cell that was split, each verdict knows a part; of several columns, one of them.
  if (verdict?.ok !== true || verdicts.length > 1 || entities.length > 0) return undefined;
  return { opportunity, entity, kind: kindOfEntity(verdict.target.entity) };
}

function quoteLeftOpen(cell: string): Problem {
  const message = `A quote (") that is not closed where it should be has made one cell of several: ${showValue(cell)}.`;
  return { kind: 'row_slipped', field: 'row', message };
}

function commentedOut(cells: readonly string[]): Problem {
  const first = cells.find((cell) => cell !== '') ?? '';
  const message = `The row begins with ${showValue(first)}: the sign before it may comment the row out, as it begins few others. If it is meant, take the sign away.`;
  return { kind: 'row_commented_out', field: 'row', message };
}

function cutShort(cells: readonly string[]): Problem {
  const message = `The file ends in this row without a line end, in ${showValue(cells.at(-1) ?? '')}, where all others have more: the file may have been cut short here.`;
  return { kind: 'row_cut_short', field: 'row', message };
}
