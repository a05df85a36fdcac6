import { unpackedEntry, type ZipEntry } from './zip-entries.ts';

/** Facts of an OpenDocument spreadsheet that SheetJS does not tell. */
export interface OpenDocument {
  /** Rows of each sheet that are hidden or filtered out, from 0. */
  readonly hiddenRows: readonly ReadonlySet<number>[];
  /** More cells than a workbook is read with: a few bytes may say that a cell is repeated a million times. */
  readonly tooLarge: boolean;
  readonly encrypted: boolean;
}

const MOST_CELLS = 10_000_000;
const MOST_ROWS = 1_048_576;

const TAG = /<table:(table-row|table-cell|table)(?=[\s/>])([^>]*)>/g;

export function readOpenDocument(entries: readonly ZipEntry[]): OpenDocument {
  const part = (name: string): string => {
    const entry = entries.find((one) => one.name === name);
    return entry === undefined ? '' : unpackedEntry(entry).toString('utf8');
  };
  if (part('META-INF/manifest.xml').includes('encryption-data')) {
    return { hiddenRows: [], tooLarge: false, encrypted: true };
  }
  return { ...scanned(part('content.xml')), encrypted: false };
}

function scanned(content: string): Pick<OpenDocument, 'hiddenRows' | 'tooLarge'> {
  const hiddenRows: Set<number>[] = [];
  let cells = 0;
  let rowsHere = 0;
  let next = 0;
  for (const [, tag, attributes = ''] of content.matchAll(TAG)) {
    if (tag === 'table') {
      hiddenRows.push(new Set());
      next = 0;
    } else if (tag === 'table-row') {
      rowsHere = Math.min(repeats(attributes, 'rows'), MOST_ROWS);
      if (/table:visibility=["'](collapse|filter)["']/.test(attributes)) {
        for (let row = next; row < next + rowsHere; row += 1) hiddenRows.at(-1)?.add(row);
      }
      next += rowsHere;
    } else if (attributes.includes('value-type')) {
      cells += rowsHere * repeats(attributes, 'columns');
    }
    if (cells > MOST_CELLS || next > MOST_ROWS * 2) return { hiddenRows, tooLarge: true };
  }
  return { hiddenRows, tooLarge: false };
}

function repeats(attributes: string, what: 'rows' | 'columns'): number {
  const found = new RegExp(`table:number-${what}-repeated=["'](\\d{1,9})["']`).exec(attributes)?.[1];
  return found === undefined ? 1 : Number(found);
}
