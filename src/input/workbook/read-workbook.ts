import type { CellObject, ParsingOptions, WorkBook, WorkSheet } from '@e965/xlsx';
import type { PeekableBytes } from '../bytes/peekable-bytes.ts';
import { cellName } from './cell-name.ts';
import type { NumberReading } from './cell-text.ts';
import { withMerged, type MergedSheet } from './merged-cells.ts';
import { struckInCompound, type CompoundFiles } from './biff-struck.ts';
import { readOpenDocument, type OpenDocument } from './opendocument.ts';
import { commentsIn, struckAmong, type CellComment } from './sheet-marks.ts';
import { struckInExcel } from './excel-struck.ts';
import { struckInOpenDocument } from './opendocument-struck.ts';
import { type StruckCells } from './struck-cells.ts';
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
import { zipContent, type ZipEntry } from './zip-entries.ts';

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  /** Cells by row and column, from 0; holes where there is none. */
  readonly rows: (CellObject | undefined)[][];
  readonly isHidden: (row: number) => boolean;
  /** What was read where a merge spans several rows. */
  readonly merged: Pick<MergedSheet, 'filled' | 'first'>;
  readonly numbers: NumberReading;
  /** Cells that are struck through; each is given with its row in `rows`, be it there more than once by a merge. */
  readonly struck: ReadonlySet<CellObject>;
  /** Ranges of conditional formats that strike through. */
  readonly mayBeStruck: readonly string[];
  /** Cells with a comment, in the order of rows. */
  readonly comments: readonly CellComment[];
  /** Whether nobody sees the sheet unless it is unhidden. */
  readonly isHiddenSheet: boolean;
  readonly isHiddenColumn: (column: number) => boolean;
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
  const facts = isZip(whole) ? checkedArchive(whole, name) : checkedCompound(whole, name);
  // Loaded here: no other command needs it.
  const sheetJs = await import('@e965/xlsx');
  if (!isZip(whole)) sheetJs.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  const workbook = parsed(whole, name, sheetJs.read);
  const isHiddenSheet = (sheet: number): boolean =>
    facts.hiddenSheets.has(sheet) || (workbook.Workbook?.Sheets?.[sheet]?.Hidden ?? 0) > 0;
  const index = chosenSheet(workbook, isHiddenSheet, { ...options, name });
  const sheetName = workbook.SheetNames[index] ?? '';
  const sheet = workbook.Sheets[sheetName];
  const hidden = facts.hiddenRows[index];
  const properties = sheet?.['!rows'] ?? [];
  const rows = rowsOf(sheet);
  const struck =
    facts.entries === undefined
      ? struckInCompound(whole, index, sheetJs.CFB as CompoundFiles)
      : struckIn(facts, index);
  const merged = withMerged(rows, sheet?.['!merges'] ?? []);
  if (merged.hidden !== undefined)
    throw hiddenUnderMerge(name, plainName(sheetName), cellName(merged.hidden));
  return {
    name: plainName(sheetName),
    rows: merged.rows,
    merged,
    struck: struckAmong(rows, struck.cells),
    mayBeStruck: struck.conditional,
    comments: commentsIn(rows),
    isHiddenSheet: isHiddenSheet(index),
    isHiddenColumn: (column) =>
      facts.hiddenColumns[index]?.has(column) === true || sheet?.['!cols']?.[column]?.hidden === true,
    isHidden: (row) => hidden?.has(row) === true || properties[row]?.hidden === true,
    numbers: {
      formats: sheetJs.SSF as NumberReading['formats'],
      date1904: workbook.Workbook?.WBProps?.date1904 === true,
    },
  };
}

/** Facts of each sheet, by its index, that SheetJS does not tell. */
interface SheetFacts extends Pick<OpenDocument, 'hiddenRows' | 'hiddenColumns' | 'hiddenSheets'> {
  /** Of an archive: its parts, and its kind. */
  readonly entries?: readonly ZipEntry[];
  readonly kind?: 'excel' | 'opendocument';
}

const NO_FACTS: SheetFacts = { hiddenRows: [], hiddenColumns: [], hiddenSheets: new Set() };

function checkedArchive(bytes: Buffer, name: string): SheetFacts {
  const content = zipContent(bytes);
  if (!content.ok) throw content.reason === 'too_large' ? tooLarge(name) : damagedWorkbook(name);
  const { entries } = content;
  const kind = kindOfArchive(entries);
  if (kind === undefined) throw noWorkbook(name, 'an archive or a document of another kind');
  if (kind === 'excel') return { ...NO_FACTS, entries, kind };
  const document = readOpenDocument(entries);
  if (document.encrypted) throw protectedWorkbook(name);
  if (document.tooLarge) throw tooLarge(name);
  return { ...document, entries, kind };
}

function checkedCompound(bytes: Buffer, name: string): SheetFacts {
  if (hasStream(bytes, 'EncryptedPackage')) throw protectedWorkbook(name);
  if (!hasStream(bytes, 'Workbook') && !hasStream(bytes, 'Book')) throw noWorkbook(name, 'another document');
  return NO_FACTS;
}

function struckIn({ entries = [], kind }: SheetFacts, index: number): StruckCells {
  return kind === 'excel' ? struckInExcel(entries, index) : struckInOpenDocument(entries, index);
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

/** Empty sheets are none that could be meant; of hidden ones somebody must say that they are. */
function chosenSheet(
  { SheetNames, Sheets }: WorkBook,
  isHidden: (index: number) => boolean,
  { name, sheet, isBeside, visibleOnly }: WorkbookOptions & { readonly name: string },
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
  const filled = SheetNames.map((one, index) => ({
    index,
    rows: rowsOf(Sheets[one]).length,
    hidden: isHidden(index),
    holdsRows: holdsRows(rowsOf(Sheets[one])),
  })).filter(({ rows }) => rows > 0);
  const seen = visibleOnly === true ? filled.filter(({ hidden }) => !hidden) : filled;
  const [only, other] = seen;
  if (other === undefined && only?.hidden !== true && (only !== undefined || filled.length === 0))
    return only?.index ?? 0;
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

/** What is looked at of a sheet that is not chosen yet. */
const ROWS_LOOKED_AT = 200;
const OPPORTUNITY = /^O\d{1,19}$/;
const IDENTIFIER = /^(S-\d{1,19}|arn:aws.*|(offer|offerset|prod|solution)-\S+)$/;

/** Whether a row names an opportunity and an identifier, as those of a list of solutions do not. */
function holdsRows(rows: Sheet['rows']): boolean {
  return rows.slice(0, ROWS_LOOKED_AT).some((row) => {
    const texts = row.map((cell) => (typeof cell?.v === 'string' ? cell.v.trim() : ''));
    return [OPPORTUNITY, IDENTIFIER].every((shape) => texts.some((text) => shape.test(text)));
  });
}
