import { repeats } from './opendocument.ts';
import { textOfPart, type ZipEntry } from './zip-entries.ts';
import { attributeOf, NONE_STRUCK, StruckFinds, type StruckCells } from './struck-cells.ts';

/** The cells of a sheet of an OpenDocument that are struck through, wholly or in part; `index` counts its sheets from 0. */
export function struckInOpenDocument(entries: readonly ZipEntry[], index: number): StruckCells {
  const content = textOfPart(entries, 'content.xml').replaceAll(
    /<office:annotation[\s>][\s\S]*?<\/office:annotation>/g,
    '',
  );
  const struck = struckStyles([textOfPart(entries, 'styles.xml'), content]);
  if (struck.size === 0) return NONE_STRUCK;
  const sheet = content.split(/<table:table(?=[\s>])/)[index + 1] ?? '';
  return { cells: struckCells(sheet, struck), conditional: conditionalRanges(sheet, struck) };
}

/** Names of styles that strike through, each after its family; one goes by its parent where it says nothing of its own. */
function struckStyles(parts: readonly string[]): ReadonlySet<string> {
  const own = new Map<string, { readonly parent: string; readonly line: string | undefined }>();
  const style = /<style:style\s([^>]*?)(?:\/>|>([\s\S]*?)<\/style:style>)/g;
  for (const [, attributes = '', body = ''] of parts.flatMap((part) => [...part.matchAll(style)])) {
    const [name, family, parent] = ['style:name', 'style:family', 'style:parent-style-name'].map((key) =>
      attributeOf(attributes, key),
    );
    const line = attributeOf(body, 'text-line-through-style') ?? attributeOf(body, 'text-line-through-type');
    own.set(`${family} ${name}`, { parent: `${family} ${parent}`, line });
  }
  const isStruck = (key: string, depth = 0): boolean => {
    const { parent, line } = own.get(key) ?? { parent: '', line: 'none' };
    return line === undefined ? depth < DEEPEST && isStruck(parent, depth + 1) : line !== 'none';
  };
  return new Set([...own.keys()].filter((key) => isStruck(key)));
}

const DEEPEST = 50;

const TAG =
  /<(table:table-column|table:table-row|table:table-cell|table:covered-table-cell|text:span)(?=[\s/>])([^>]*)>/g;

/** Where in a sheet its XML is being read. */
interface Place {
  row: number;
  rows: number;
  column: number;
  columns: number;
  rowStyle: string | undefined;
  /** The style of each column's cells, where nothing else says one. */
  readonly columnStyles: (string | undefined)[];
}

/** A cell that holds anything goes by its own style, else its row's, else its column's. */
function struckCells(sheet: string, struck: ReadonlySet<string>): StruckCells['cells'] {
  const finds = new StruckFinds();
  const place: Place = { row: 0, rows: 0, column: 0, columns: 0, rowStyle: undefined, columnStyles: [] };
  for (const [, tag, attributes = ''] of sheet.matchAll(TAG)) {
    if (tag === 'table:table-column') {
      const style = attributeOf(attributes, 'default-cell-style-name');
      const count = Math.min(repeats(attributes, 'columns'), MOST_COLUMNS);
      place.columnStyles.push(...Array.from({ length: count }, () => style));
    } else if (tag === 'table:table-row') {
      const rowStyle = attributeOf(attributes, 'default-cell-style-name');
      Object.assign(place, { row: place.row + place.rows, column: 0, columns: 0, rowStyle });
      place.rows = repeats(attributes, 'rows');
    } else if (tag === 'text:span') {
      const style = `text ${attributeOf(attributes, 'text:style-name')}`;
      if (struck.has(style)) addCells(finds, place, () => true);
    } else {
      place.column += place.columns;
      place.columns = repeats(attributes, 'columns');
      if (!attributes.includes('value-type')) continue;
      const own = attributeOf(attributes, 'table:style-name') ?? place.rowStyle;
      addCells(finds, place, (column) => struck.has(`table-cell ${own ?? place.columnStyles[column]}`));
    }
  }
  return finds.cells;
}

const MOST_COLUMNS = 16_384;

function addCells(
  finds: StruckFinds,
  { row, rows, column, columns }: Place,
  isStruck: (column: number) => boolean,
): void {
  for (let at = column; at < column + columns; at += 1) {
    if (!isStruck(at)) continue;
    for (let below = row; below < row + rows; below += 1) finds.add(below, at);
  }
}

function conditionalRanges(sheet: string, struck: ReadonlySet<string>): readonly string[] {
  const ranges = new Set<string>();
  let range = '';
  for (const [, tag, attributes = ''] of sheet.matchAll(
    /<calcext:(conditional-format|condition)\s([^>]*)>/g,
  )) {
    if (tag === 'conditional-format') range = attributeOf(attributes, 'target-range-address') ?? '';
    else if (struck.has(`table-cell ${attributeOf(attributes, 'apply-style-name')}`)) ranges.add(range);
  }
  return [...ranges].map((one) => one.replaceAll(/[^ :]*\./g, ''));
}
