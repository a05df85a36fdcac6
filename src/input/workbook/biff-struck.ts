import { NONE_STRUCK, StruckFinds, type StruckCells } from './struck-cells.ts';

/** Types of records of Excel before 2007 (BIFF8). */
const BOUND_SHEET = 0x85;
const FONT = 0x31;
const FORMAT = 0xe0;
const BEGIN = 0x809;
const END = 0x0a;
const SEVERAL_NUMBERS = 0xbd;
/** Formula, text, number, truth value, and a number in short: a row, a column and a format stand first in each. */
const CELLS: ReadonlySet<number> = new Set([0x06, 0xfd, 0x203, 0x204, 0x205, 0xd6, 0x27e]);

const STRUCK = 0x08;

/** The part of SheetJS that reads compound files. */
export interface CompoundFiles {
  readonly read: (bytes: Buffer, options: { readonly type: 'buffer' }) => unknown;
  readonly find: (file: unknown, name: string) => { readonly content: Uint8Array } | null;
}

interface BiffRecord {
  readonly type: number;
  readonly data: Buffer;
}

/** The cells of a sheet of Excel before 2007 that are struck through; `index` counts the sheets from 0. Parts of a text are not looked at. */
export function struckInCompound(bytes: Buffer, index: number, { read, find }: CompoundFiles): StruckCells {
  const content = find(read(bytes, { type: 'buffer' }), 'Workbook')?.content;
  if (content === undefined) return NONE_STRUCK;
  const stream = Buffer.from(content);
  const globals = recordsFrom(stream, 0);
  const fonts = globals.filter(({ type }) => type === FONT).map(({ data }) => data);
  const formats = globals.filter(({ type }) => type === FORMAT).map(({ data }) => data.readUInt16LE(0));
  // There is no font of number 4.
  const isStruck = (font: number): boolean =>
    ((fonts[font > 4 ? font - 1 : font]?.readUInt16LE(2) ?? 0) & STRUCK) !== 0;
  const struck = new Set(formats.flatMap((font, number) => (isStruck(font) ? [number] : [])));
  const start = globals.filter(({ type }) => type === BOUND_SHEET)[index]?.data.readUInt32LE(0);
  if (struck.size === 0 || start === undefined) return NONE_STRUCK;
  const finds = new StruckFinds();
  for (const { type, data } of recordsFrom(stream, start)) {
    const several = type === SEVERAL_NUMBERS ? (data.length - 6) / 6 : 0;
    for (let at = 0; at < (CELLS.has(type) ? 1 : several); at += 1) {
      const column = data.readUInt16LE(2) + at;
      if (struck.has(data.readUInt16LE(4 + at * 6))) finds.add(data.readUInt16LE(0), column);
    }
  }
  return { cells: finds.cells, conditional: [] };
}

/** The records of a part up to its end, without those of charts within it. */
function recordsFrom(stream: Buffer, start: number): readonly BiffRecord[] {
  const found: BiffRecord[] = [];
  let depth = 0;
  for (let at = start; at + 4 <= stream.length;) {
    const type = stream.readUInt16LE(at);
    const end = at + 4 + stream.readUInt16LE(at + 2);
    if (type === BEGIN) depth += 1;
    else if (type === END) depth -= 1;
    if (depth <= 0) return found;
    if (depth === 1) found.push({ type, data: stream.subarray(at + 4, end) });
    at = end;
  }
  return found;
}
