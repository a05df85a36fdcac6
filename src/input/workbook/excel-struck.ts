import { textOfPart, type ZipEntry } from './zip-entries.ts';
import { attributeOf, NONE_STRUCK, StruckFinds, type StruckCells } from './struck-cells.ts';

/** The cells of a sheet of Excel that are struck through, wholly or in part; `index` counts the workbook's sheets from 0. */
export function struckInExcel(entries: readonly ZipEntry[], index: number): StruckCells {
  const sheet = textOfPart(entries, sheetPart(entries, index));
  const styles = textOfPart(entries, 'xl/styles.xml');
  const texts = textOfPart(entries, 'xl/sharedStrings.xml');
  // Nearly all workbooks strike nothing through.
  if (![sheet, styles, texts].some((part) => part.includes('strike'))) return NONE_STRUCK;
  const struck: Struck = {
    styles: struckStyles(styles),
    texts: struckParts(texts, 'si'),
  };
  const formats = struckParts(sectionOf(styles, 'dxfs'), 'dxf');
  return { cells: struckCells(sheet, struck), conditional: conditionalRanges(sheet, formats) };
}

/** Numbers of styles, and of shared texts, that are struck through. */
interface Struck {
  readonly styles: ReadonlySet<number>;
  readonly texts: ReadonlySet<number>;
}

/** The name of a sheet's part, by the workbook's own list. */
function sheetPart(entries: readonly ZipEntry[], index: number): string {
  const sheets = [...textOfPart(entries, 'xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)];
  const id = attributeOf(sheets[index]?.[1] ?? '', 'id');
  const parts = textOfPart(entries, 'xl/_rels/workbook.xml.rels').matchAll(
    /<(?:\w+:)?Relationship\s([^>]*)>/g,
  );
  for (const [, attributes = ''] of parts) {
    if (id === undefined || attributeOf(attributes, 'Id') !== id) continue;
    const target = attributeOf(attributes, 'Target') ?? '';
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  }
  return '';
}

/** Styles of cells (`s="5"`) whose font is struck through. */
function struckStyles(styles: string): ReadonlySet<number> {
  const fonts = struckParts(sectionOf(styles, 'fonts'), 'font');
  const formats = [...sectionOf(styles, 'cellXfs').matchAll(/<(?:\w+:)?xf\s([^>]*)>/g)];
  return new Set(
    formats.flatMap(([, attributes = ''], number) =>
      fonts.has(Number(attributeOf(attributes, 'fontId') ?? '-1')) ? [number] : [],
    ),
  );
}

function sectionOf(xml: string, name: string): string {
  return new RegExp(`<(?:\\w+:)?${name}[\\s>]([\\s\\S]*?)</(?:\\w+:)?${name}>`).exec(xml)?.[1] ?? '';
}

/** Of the elements of a name, one behind the other, the numbers of those that strike something through. */
function struckParts(xml: string, name: string): ReadonlySet<number> {
  const found = new Set<number>();
  let number = -1;
  for (const [, tag, attributes = ''] of xml.matchAll(
    new RegExp(`<(?:\\w+:)?(${name}|strike)(?=[\\s/>])([^>]*)>`, 'g'),
  )) {
    if (tag === name) number += 1;
    else if (isOn(attributes)) found.add(number);
  }
  return found;
}

/** `<strike/>` is on, `<strike val="0"/>` is not. */
function isOn(attributes: string): boolean {
  return !['0', 'false'].includes(attributeOf(attributes, 'val') ?? '');
}

const TAG = /<(?:\w+:)?(row|c|v|strike)(?=[\s/>])([^>]*)>(\d*)/g;

/** Cells without a place of their own follow the one before. */
function struckCells(sheet: string, struck: Struck): StruckCells['cells'] {
  const finds = new StruckFinds();
  let [row, column, isShared] = [-1, -1, false];
  for (const [, tag, attributes = '', digits = ''] of sectionOf(sheet, 'sheetData').matchAll(TAG)) {
    if (tag === 'row') {
      row = Number(attributeOf(attributes, 'r') ?? row + 2) - 1;
      column = -1;
    } else if (tag === 'c') {
      column = columnOf(attributeOf(attributes, 'r')) ?? column + 1;
      isShared = attributeOf(attributes, 't') === 's';
      if (struck.styles.has(Number(attributeOf(attributes, 's') ?? '0'))) finds.add(row, column);
    } else if (tag === 'v') {
      if (isShared && struck.texts.has(Number(digits))) finds.add(row, column);
    } else if (isOn(attributes)) finds.add(row, column);
  }
  return finds.cells;
}

/** `B7` stands in column 1. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function conditionalRanges(sheet: string, formats: ReadonlySet<number>): readonly string[] {
  if (formats.size === 0) return [];
  const ranges = new Set<string>();
  let range = '';
  for (const [, tag, attributes = ''] of sheet.matchAll(
    /<(?:\w+:)?(conditionalFormatting|cfRule)\s([^>]*)>/g,
  )) {
    if (tag === 'conditionalFormatting') range = attributeOf(attributes, 'sqref') ?? '';
    else if (formats.has(Number(attributeOf(attributes, 'dxfId') ?? '-1'))) ranges.add(range);
  }
  return [...ranges];
}
