import type { PlacedPiece } from '../../disk/read-pieces.ts';

/** A line of a file, and the byte that it begins at. */
export interface PlacedLine {
  /** Without its newline. */
  readonly bytes: Buffer;
  readonly fromByte: number;
}

const NEWLINE = 0x0a;

/** The lines of a file whose pieces come from its end, the last line first; what stands behind the last newline is none. */
export async function* linesBack(pieces: AsyncIterable<PlacedPiece>): AsyncGenerator<PlacedLine> {
  /** The end of a line whose beginning is not read yet, with its newline. */
  let held: readonly Uint8Array[] = [];
  let whole = false;
  for await (const { bytes, fromByte } of pieces) {
    let end = bytes.length;
    for (let at = newlineBefore(bytes, end); at >= 0; at = newlineBefore(bytes, at)) {
      const line = Buffer.concat([bytes.subarray(at + 1, end), ...held]);
      if (whole) yield { bytes: line.subarray(0, -1), fromByte: fromByte + at + 1 };
      whole = true;
      held = [bytes.subarray(at, at + 1)];
      end = at;
    }
    held = [bytes.subarray(0, end), ...held];
  }
  const first = Buffer.concat(held);
  if (whole) yield { bytes: first.subarray(0, -1), fromByte: 0 };
}

/** `-1` where there is none. */
function newlineBefore(bytes: Uint8Array, end: number): number {
  return end === 0 ? -1 : bytes.lastIndexOf(NEWLINE, end - 1);
}
