import { textOfPart, type ZipEntry } from './zip-entries.ts';

/** Facts of an OpenDocument spreadsheet that SheetJS does not tell. */
export interface OpenDocument {
  /** Rows of each sheet that are hidden or filtered out, from 0. */
  readonly hiddenRows: readonly ReadonlySet<number>[];
  /** Sheets that are hidden, and columns of each sheet, from 0. */
  readonly hiddenSheets: ReadonlySet<number>;
  readonly hiddenColumns: readonly ReadonlySet<number>[];
  /** More cells than a workbook is read with: a few bytes may say that a cell is repeated a million times. */
  readonly tooLarge: boolean;
  readonly encrypted: boolean;
}

const MOST_CELLS = 10_000_000;
const MOST_ROWS = 1_048_576;

const NOTHING = { hiddenRows: [], hiddenSheets: new Set<number>(), hiddenColumns: [] };

export function readOpenDocument(entries: readonly ZipEntry[]): OpenDocument {
  if (textOfPart(entries, 'META-INF/manifest.xml').includes('encryption-data')) {
    return { ...NOTHING, tooLarge: false, encrypted: true };
  }
  return { ...scanned(textOfPart(entries, 'content.xml')), encrypted: false };
}

const TAG = /<table:(table-row|table-column|table-cell|table)(?=[\s/>])([^>]*)>/g;

/** Facts of sheets while they are read; `next`: the row, or the column, that comes next. */
interface Scan {
  readonly hiddenRows: Set<number>[];
  readonly hiddenColumns: Set<number>[];
  readonly next: { row: number; column: number };
  rowsHere: number;
}

function scanned(content: string): Omit<OpenDocument, 'encrypted'> {
  const scan: Scan = { hiddenRows: [], hiddenColumns: [], next: { row: 0, column: 0 }, rowsHere: 0 };
  const hiddenStyles = tableStylesHidden(content);
  const hiddenSheets = new Set<number>();
  const found = { hiddenRows: scan.hiddenRows, hiddenColumns: scan.hiddenColumns, hiddenSheets };
  let cells = 0;
  for (const [, tag, attributes = ''] of content.matchAll(TAG)) {
    if (tag === 'table') {
      const style = /table:style-name=["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
      if (hiddenStyles.has(style)) hiddenSheets.add(scan.hiddenRows.length);
      scan.hiddenRows.push(new Set());
      scan.hiddenColumns.push(new Set());
      Object.assign(scan.next, { row: 0, column: 0 });
    } else if (tag === 'table-cell') {
      if (attributes.includes('value-type')) cells += scan.rowsHere * repeats(attributes, 'columns');
    } else scanLine(scan, tag === 'table-row', attributes);
    if (cells > MOST_CELLS || scan.next.row > MOST_ROWS * 2) return { ...found, tooLarge: true };
  }
  return { ...found, tooLarge: false };
}

/** A row or a column, or several alike. */
function scanLine(scan: Scan, isRow: boolean, attributes: string): void {
  const count = Math.min(repeats(attributes, isRow ? 'rows' : 'columns'), MOST_ROWS);
  const name = isRow ? 'row' : 'column';
  const hidden = (isRow ? scan.hiddenRows : scan.hiddenColumns).at(-1);
  const next = scan.next[name];
  if (/table:visibility=["'](collapse|filter)["']/.test(attributes)) {
    for (let at = next; at < next + count; at += 1) hidden?.add(at);
  }
  scan.next[name] = next + count;
  if (isRow) scan.rowsHere = count;
}

function tableStylesHidden(content: string): ReadonlySet<string> {
  const styles = content.matchAll(/<style:style\s([^>]*[^>/])>([\s\S]*?)<\/style:style>/g);
  return new Set(
    [...styles].flatMap(([, attributes = '', body = '']) =>
      /table:display=["']false["']/.test(body)
        ? [/style:name=["']([^"']*)["']/.exec(attributes)?.[1] ?? '']
        : [],
    ),
  );
}

/** How many of its kind one row or cell stands for. */
export function repeats(attributes: string, what: 'rows' | 'columns'): number {
  const found = new RegExp(`table:number-${what}-repeated=["'](\\d{1,9})["']`).exec(attributes)?.[1];
  return found === undefined ? 1 : Number(found);
}
