import type { CellObject } from '@e965/xlsx';
import type { PeekableBytes } from '../bytes/peekable-bytes.ts';
import { cellName, columnLetters } from './cell-name.ts';
import { cellText } from './cell-text.ts';
import { readWorkbook, type Sheet } from './read-workbook.ts';
import type { SheetMarks, SheetReading, ShownColumn, WorkbookOptions } from './sheet-reading.ts';
import { notCalculated } from './workbook-errors.ts';

/** A sheet as the text of a CSV file: comma, every cell in quotes, a record for each row of the sheet. */
export interface SheetText {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly reading: SheetReading;
  readonly marks: SheetMarks;
}

const CHUNK_CHARACTERS = 65_536;

/**
 * Reads a workbook into the text of a CSV file, so that whatever is done with a file is done with it. A row that is left
 * out, as a row without cells, is a blank record: records are numbered as the sheet's rows are.
 *
 * @throws RunError `input_format`
 */
export async function sheetText(
  bytes: PeekableBytes,
  name: string,
  options: WorkbookOptions,
): Promise<SheetText> {
  const sheet = await readWorkbook(bytes, name, options);
  const visibleOnly = options.visibleOnly === true;
  const hidden = sheet.rows.flatMap((cells, row) => (sheet.isHidden(row) && isFilled(cells) ? [row] : []));
  const leftOut: ReadonlySet<number> = new Set(visibleOnly ? hidden : []);
  const shown = new Map<number, ShownColumn>();
  // Rows without cells are holes.
  const lines = Array.from(sheet.rows, (cells: Sheet['rows'][number] | undefined, row) =>
    leftOut.has(row) ? [] : textsOf({ cells, row }, { sheet, name, shown }),
  );
  const reading = {
    name: sheet.name,
    hiddenRows: hidden.length,
    firstHiddenRow: hidden.length === 0 ? 0 : (hidden[0] ?? 0) + 1,
    visibleOnly,
    mergedCells: sheet.merged.filled,
    firstMergedCell: sheet.merged.first === undefined ? '' : cellName(sheet.merged.first),
    shownColumns: [...shown.values()],
  };
  return { bytes: csvBytes(lines, widthOf(lines)), reading, marks: marksOf(sheet, leftOut) };
}

function marksOf(sheet: Sheet, leftOut: ReadonlySet<number>): SheetMarks {
  return {
    hiddenSheet: sheet.isHiddenSheet,
    ...unseenIn(sheet),
    struck: struckIn(sheet, leftOut),
    mayBeStruck: sheet.mayBeStruck,
    comments: sheet.comments.length,
    firstComments: sheet.comments
      .slice(0, COMMENTS_SHOWN)
      .map((comment) => ({ cell: cellName(comment), text: comment.text })),
  };
}

const COMMENTS_SHOWN = 3;

/** A number format that shows neither numbers nor texts. */
const SHOWS_NOTHING = /^\s*;\s*;\s*;\s*$/;

function unseenIn({ rows, isHiddenColumn }: Sheet): Pick<SheetMarks, 'hiddenColumns' | 'unseenCells'> {
  const hidden = new Set<number>();
  const unseenCells: string[] = [];
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of (cells ?? []).entries()) {
      if (cell?.v === undefined || cell.v === '') continue;
      if (isHiddenColumn(column)) hidden.add(column);
      if (SHOWS_NOTHING.test(String(cell.z ?? ''))) unseenCells.push(cellName({ row, column }));
    }
  }
  const columns = [...hidden].toSorted((left, right) => left - right);
  return { hiddenColumns: columns.map(columnLetters), unseenCells };
}

function struckIn({ rows, struck }: Sheet, leftOut: ReadonlySet<number>): SheetMarks['struck'] {
  const found = new Map<number, ReadonlySet<number>>();
  if (struck.size === 0) return found;
  // Rows without cells are holes, as `forEach` knows.
  rows.forEach((cells, row) => {
    const columns = [...cells.keys()].filter((column) => isIn(struck, cells[column]));
    if (columns.length > 0 && !leftOut.has(row)) found.set(row + 1, new Set(columns));
  });
  return found;
}

function isIn(struck: Sheet['struck'], cell: CellObject | undefined): boolean {
  return cell !== undefined && struck.has(cell);
}

function isFilled(cells: Sheet['rows'][number]): boolean {
  return cells.some((cell) => cell?.v !== undefined && cell.v !== '');
}

interface Row {
  readonly cells: (CellObject | undefined)[] | undefined;
  /** From 0. */
  readonly row: number;
}

interface Found {
  readonly sheet: Sheet;
  /** Of the file. */
  readonly name: string;
  /** Columns that are read as they are shown, by their index. */
  readonly shown: Map<number, ShownColumn>;
}

function textsOf({ cells, row }: Row, { sheet, name, shown }: Found): string[] {
  // Holes are read as `undefined`.
  return Array.from(cells ?? [], (cell, column) => {
    if (cell === undefined) return '';
    if (cell.t === 'z' && cell.f !== undefined) {
      throw notCalculated(name, sheet.name, cellName({ row, column }));
    }
    const { text, shown: isShown } = cellText(cell, sheet.numbers);
    if (isShown === true) {
      const before = shown.get(column);
      const first = { column: columnLetters(column), shown: text, held: String(cell.v), cells: 0 };
      shown.set(column, { ...(before ?? first), cells: (before?.cells ?? 0) + 1 });
    }
    return text;
  });
}

/** As wide as a table is padded at most: one stray cell far to the right makes no row of thousands. */
const WIDEST_PADDED = 256;

/** Every row of a sheet ends where the sheet does. */
function widthOf(lines: readonly (readonly string[])[]): number {
  return lines.reduce((widest, { length }) => Math.max(widest, Math.min(length, WIDEST_PADDED)), 0);
}

async function* csvBytes(lines: readonly (readonly string[])[], width: number): AsyncGenerator<Uint8Array> {
  let text = '';
  for (const line of lines) {
    const padding = line.length === 0 ? '' : ','.repeat(Math.max(0, width - line.length));
    text += `${line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}${padding}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
