import type { PeekableBytes } from '../bytes/peekable-bytes.ts';
import { decodeRecord, type DecodingTally } from '../bytes/decode-cell.ts';
import { CsvReader, type CsvSource } from './csv-reader.ts';

/** Bytes whose records live side by side: a hostile file of line ends has one record a byte. */
export const PIECE_BYTES = 16_384;

/** Records that ended in one piece of a text, decoded. The receiver owns them. */
export interface RecordBatch {
  readonly records: readonly string[][];
  /** Whether a cell holds a line end. */
  readonly multiLine: boolean;
  /** Whether the text ends in the last of them, without a line end. */
  readonly endsFile: boolean;
}

/** Every record of a text. */
export async function* recordBatches(
  text: PeekableBytes,
  source: CsvSource & { readonly pieceBytes?: number | undefined },
  tally: DecodingTally,
): AsyncGenerator<RecordBatch> {
  const reader = new CsvReader(source);
  const { pieceBytes = PIECE_BYTES } = source;
  let lastByte = LINE_FEED;
  for await (const chunk of text.drain()) {
    for (let start = 0; start < chunk.length; start += pieceBytes) {
      yield decoded(await reader.feed(chunk.subarray(start, start + pieceBytes)), tally);
    }
    lastByte = chunk.at(-1) ?? lastByte;
  }
  const endsFile = lastByte !== LINE_FEED && lastByte !== CARRIAGE_RETURN;
  yield { ...decoded(await reader.finish(), tally), endsFile };
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function decoded(records: string[][], tally: DecodingTally): RecordBatch {
  let multiLine = false;
  for (const record of records) if (decodeRecord(record, tally)) multiLine = true;
  return { records, multiLine, endsFile: false };
}
