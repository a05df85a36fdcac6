import { isUtf8 } from 'node:buffer';

/** The bytes 80 to 9F in Windows-1252; the five it leaves open stay the control characters they are in Latin-1. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const HIGH_BYTE = /[\u0080-\u00ff]/;

/** Counts what decoding met. */
export interface DecodingTally {
  nonUtf8Cells: number;
  undecodableCells: number;
  /** Of UTF-8 but for characters above U+FFFF, which stand as two surrogates (CESU-8). */
  surrogateCells: number;
}

/**
 * Decodes a cell that was read byte by byte as Latin-1: as UTF-8 if it is valid UTF-8, else as Windows-1252.
 * Cell by cell, since files that were pasted together hold both. Nothing is lost either way.
 */
export function decodeCell(cell: string, tally: DecodingTally): string {
  if (!HIGH_BYTE.test(cell)) return cell;
  const bytes = Buffer.from(cell, 'latin1');
  if (!isUtf8(bytes)) {
    const cesu = ANY_SURROGATE.test(cell) ? withoutSurrogates(cell) : bytes;
    if (cesu !== bytes && isUtf8(cesu)) {
      const text = cesu.toString('utf8');
      tally[text.includes('\ufffd') ? 'undecodableCells' : 'surrogateCells'] += 1;
      return text;
    }
    tally.nonUtf8Cells += 1;
    return cell.replace(/[\u0080-\u009f]/g, (byte) => WINDOWS_1252.charAt(byte.charCodeAt(0) - 0x80));
  }
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd')) tally.undecodableCells += 1;
  return text;
}

/** A character above U+FFFF as Java and Oracle write it: two surrogates, each in three bytes. */
const SURROGATES = /\u00ed([\u00a0-\u00af])([\u0080-\u00bf])\u00ed([\u00b0-\u00bf])([\u0080-\u00bf])/g;
const ANY_SURROGATE = /\u00ed[\u00a0-\u00bf][\u0080-\u00bf]/;
const ALL_SURROGATES = new RegExp(ANY_SURROGATE, 'g');

/** A surrogate without its other half means nothing: the rest of the cell is as it was. */
function withoutSurrogates(cell: string): Buffer {
  const utf8 = cell.replaceAll(SURROGATES, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map((byte) => byte.charCodeAt(0) & 0x3f);
    const high = 0xd000 | (a << 6) | b;
    const low = 0xd000 | (c << 6) | d;
    return latin1(String.fromCharCode(high, low));
  });
  return Buffer.from(utf8.replaceAll(ALL_SURROGATES, latin1('\ufffd')), 'latin1');
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** A byte that may have to be decoded, or a line end. */
const NOT_PLAIN = /[\u0080-\u00ff\n\r]/;
const LINE_END = /[\n\r]/;

/**
 * Decodes every cell of a record in place: records are fresh from the parser, and nobody else's yet.
 * Returns whether a cell holds a line end.
 */
export function decodeRecord(record: string[], tally: DecodingTally): boolean {
  let multiLine = false;
  for (let index = 0; index < record.length; index += 1) {
    const cell = record[index];
    if (cell === undefined || !NOT_PLAIN.test(cell)) continue;
    multiLine ||= LINE_END.test(cell);
    record[index] = decodeCell(cell, tally);
  }
  return multiLine;
}
