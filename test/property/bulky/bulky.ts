import { cases } from '../../soak.ts';

const MEGABYTE = 2 ** 20;
const HEADER = 'Opportunity ID,Entity Type,Entity ID,Note\n';
const ROW = 'O1,Solutions,S-0000001,';

const BULK_BYTES = 16 * MEGABYTE;
/** csv-parse takes 25 µs for each row that is not as wide as the header. */
const SHORT_LINES = cases(MEGABYTE);
/** Rows that are handed on, in fewer bytes: held, they would be seen in half of these. */
const ROWS_BYTES = cases(10 * BULK_BYTES);

/** Files that hope to be held in memory: how each begins, what is repeated after it, and in how many bytes. */
const BULKY: ReadonlyMap<string, readonly [beginning: string, repeated: string, bytes?: number]> = new Map([
  ['no line end', [HEADER, ROW]],
  ['no header and no line end', ['', ROW]],
  ['a quote that never closes', [`${HEADER}${ROW}"`, 'abc,']],
  ['quotes doubled without end', [`${HEADER}${ROW}"`, '""']],
  ['quotes alone', ['', '"']],
  ['a stray quote, then a row without end', [`${HEADER}${ROW}5"\n`, ROW]],
  ['a stray quote, then delimiters alone', [`${HEADER}${ROW}5"\n`, ',']],
  ['a stray quote, then line ends alone', [`${HEADER}${ROW}5"\n`, '\n', SHORT_LINES]],
  ['quotes that open and close', [HEADER, `${ROW}"a"`]],
  ['delimiters alone', [HEADER, ',']],
  ['line ends alone', [HEADER, '\n', SHORT_LINES]],
  ['returns alone', [HEADER, '\r', SHORT_LINES]],
  ['spaces alone', [HEADER, ' ']],
  ['NUL bytes in cells', [HEADER, `${ROW}a\0b\n`, ROWS_BYTES]],
  ['cells of a megabyte', [HEADER, `${ROW}${'x'.repeat(MEGABYTE)}\n`]],
  ['cells of a megabyte, with quotes and line ends', [HEADER, `${ROW}"${'x""\n'.repeat(MEGABYTE / 4)}"\n`]],
  ['identifiers of a megabyte', [HEADER, `O1,AwsProducts,${'x'.repeat(MEGABYTE)},\n`]],
  ['rows of a thousand cells', [HEADER, `${ROW}${'x,'.repeat(1_000)}\n`, ROWS_BYTES]],
  ['titles without end', ['', 'a title\n']],
  ['footers without end', [`${HEADER}${ROW}\n`, 'Total\n', SHORT_LINES * 'Total\n'.length]],
]);

export async function* bulkOf(kind: string): AsyncGenerator<Buffer> {
  const [beginning, repeated, most = BULK_BYTES] = BULKY.get(kind) ?? ['', ''];
  yield Buffer.from(beginning);
  const piece = Buffer.from(repeated.repeat(Math.max(1, Math.floor(65_536 / repeated.length))));
  for (let bytes = 0; bytes < most; bytes += piece.length) yield piece;
}
