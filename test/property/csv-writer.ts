import iconv from 'iconv-lite';
import type { Delimiter } from '../../src/input/records/delimiter.ts';

/** How a table is written, by a writer that shares nothing with the reader under test. */
export interface Writing {
  readonly delimiter: Delimiter;
  readonly lineEnding: '\n' | '\r\n' | '\r';
  readonly encoding: string;
  readonly bom: boolean;
  readonly quoteAll: boolean;
  readonly finalLineEnd: boolean;
}

/** RFC 4180, with the separators of one's choice. */
export function writeTable(table: readonly (readonly string[])[], writing: Writing): Buffer {
  const lines = table.map((row) => row.map((cell) => writeCell(cell, writing)).join(writing.delimiter));
  const text = lines.join(writing.lineEnding) + (writing.finalLineEnd ? writing.lineEnding : '');
  return iconv.encode((writing.bom ? '\ufeff' : '') + text, writing.encoding);
}

function writeCell(cell: string, { quoteAll, delimiter }: Writing): string {
  const special = [delimiter, '"', '\n', '\r'].some((character) => cell.includes(character));
  return quoteAll || special ? `"${cell.replaceAll('"', '""')}"` : cell;
}
