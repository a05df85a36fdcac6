/** A record that is longer has a quote that never closes, or is no record. */
export const MAX_RECORD_BYTES = 4_194_304;
/** Six times as many as a sheet of Excel has columns. */
export const MAX_RECORD_CELLS = 100_000;

/** Records that ended in one chunk of bytes. */
export interface RecordBatch {
  /** Cells as Latin-1: one character a byte. The receiver owns them. */
  readonly records: string[][];
  /** Every cell is ASCII, so there is nothing to decode. */
  readonly ascii: boolean;
  /** No cell holds a line break. */
  readonly singleLine: boolean;
}

export function joinBatches(first: RecordBatch, second: RecordBatch): RecordBatch {
  return {
    records: [...first.records, ...second.records],
    ascii: first.ascii && second.ascii,
    singleLine: first.singleLine && second.singleLine,
  };
}
