import type { CellObject, ParsingOptions, WorkBook, WorkSheet } from '@e965/xlsx';
import type { PeekableBytes } from '../bytes/peekable-bytes.ts';
import { cellName } from './cell-name.ts';
import type { NumberReading } from './cell-text.ts';
import { withMerged, type MergedSheet } from './merged-cells.ts';
import { readOpenDocument } from './opendocument.ts';
import type { WorkbookOptions } from './sheet-reading.ts';
import {
  chooseSheet,
  damagedWorkbook,
  hiddenUnderMerge,
  noSuchSheet,
  noWorkbook,
  protectedWorkbook,
  severalSheets,
  tooLarge,
} from './workbook-errors.ts';
import { hasStream, isZip, kindOfArchive } from './workbook-kind.ts';
import { zipContent } from './zip-entries.ts';

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** Cells by row and column, from 0; holes where there is none. */
  readonly rows: (CellObject | undefined)[][];
  readonly isHidden: (row: number) => boolean;
  /** What was read where a merge spans several rows. */
  readonly merged: Pick<MergedSheet, 'filled' | 'first'>;
  readonly numbers: NumberReading;
}

/** A workbook is held whole. */
const MAX_PACKED_BYTES = 134_217_728;

/**
 * Reads the sheet that is meant: the one that is named, or the only one that holds anything.
 *
 * @throws RunError `input_format` for what is no workbook, is too large, protected or damaged, has several sheets, or a value under a merge
 */
export async function readWorkbook(
  bytes: PeekableBytes,
  name: string,
  options: WorkbookOptions,
): Promise<Sheet> {
  const whole = await bytes.peek(MAX_PACKED_BYTES + 1);
  await bytes.close();
  if (whole.length > MAX_PACKED_BYTES) throw tooLarge(name, MAX_PACKED_BYTES);
  const hiddenIn = isZip(whole) ? checkedArchive(whole, name) : checkedCompound(whole, name);
  // Loaded here: no other command needs it.
  const sheetJs = await import('@e965/xlsx');
  if (!isZip(whole)) sheetJs.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  const workbook = parsed(whole, name, sheetJs.read);
  const index = chosenSheet(workbook, name, options);
  const sheetName = workbook.SheetNames[index] ?? '';
  const sheet = workbook.Sheets[sheetName];
  const hidden = hiddenIn[index];
  const properties = sheet?.['!rows'] ?? [];
  const merged = withMerged(rowsOf(sheet), sheet?.['!merges'] ?? []);
  if (merged.hidden !== undefined)
    throw hiddenUnderMerge(name, plainName(sheetName), cellName(merged.hidden));
  return {
    name: plainName(sheetName),
    rows: merged.rows,
    merged,
    isHidden: (row) => hidden?.has(row) === true || properties[row]?.hidden === true,
    numbers: {
      formats: sheetJs.SSF as NumberReading['formats'],
      date1904: workbook.Workbook?.WBProps?.date1904 === true,
    },
  };
}

/** The hidden rows of each sheet, as far as SheetJS does not tell them. */
function checkedArchive(bytes: Buffer, name: string): readonly ReadonlySet<number>[] {
  const content = zipContent(bytes);
  if (!content.ok) throw content.reason === 'too_large' ? tooLarge(name) : damagedWorkbook(name);
  const kind = kindOfArchive(content.entries);
  if (kind === undefined) throw noWorkbook(name, 'an archive or a document of another kind');
  if (kind === 'excel') return [];
  const document = readOpenDocument(content.entries);
  if (document.encrypted) throw protectedWorkbook(name);
  if (document.tooLarge) throw tooLarge(name);
  return document.hiddenRows;
}

function checkedCompound(bytes: Buffer, name: string): readonly ReadonlySet<number>[] {
  if (hasStream(bytes, 'EncryptedPackage')) throw protectedWorkbook(name);
  if (!hasStream(bytes, 'Workbook') && !hasStream(bytes, 'Book')) throw noWorkbook(name, 'another document');
  return [];
}

/** Number formats and hidden rows are among the "styles". */
const PARSING: ParsingOptions = {
  type: 'buffer',
  dense: true,
  cellNF: true,
  cellText: false,
  cellHTML: false,
  cellStyles: true,
};

function parsed(
  bytes: Buffer,
  name: string,
  read: (bytes: Buffer, options: ParsingOptions) => WorkBook,
): WorkBook {
  try {
    return read(bytes, PARSING);
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) throw protectedWorkbook(name);
    throw damagedWorkbook(name, error);
  }
}

/** Empty sheets are none that could be meant. */
function chosenSheet(
  { SheetNames, Sheets }: WorkBook,
  name: string,
  { sheet, isBeside }: WorkbookOptions,
): number {
  const names = SheetNames.map(plainName);
  if (sheet !== undefined) {
    const exact = names.indexOf(sheet);
    const folded = names.findIndex((one) => one.trim().toLowerCase() === sheet.trim().toLowerCase());
    const position = /^\d{1,5}$/.test(sheet) ? Number(sheet) - 1 : -1;
    const found = [exact, folded, position].find((index) => index >= 0 && index < names.length);
    if (found === undefined) throw noSuchSheet(name, sheet, names);
    return found;
  }
  const filled = SheetNames.map((one, index) => ({ index, rows: rowsOf(Sheets[one]).length })).filter(
    ({ rows }) => rows > 0,
  );
  const [only, other] = filled;
  if (other === undefined) return only?.index ?? 0;
  throw isBeside === true ? severalSheets(name, names) : chooseSheet(name, names, filled);
}

function rowsOf(sheet: WorkSheet | undefined): Sheet['rows'] {
  const rows: unknown = sheet?.['!data'];
  // What `dense` gives; a chart has none.
  return Array.isArray(rows) ? (rows as Sheet['rows']) : [];
}

/** SheetJS leaves the names of an OpenDocument's sheets as they stand in XML. */
function plainName(name: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&apos;': "'",
    '&amp;': '&',
  };
  return name.replaceAll(/&(lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);
}
