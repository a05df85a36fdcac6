/** A line and where it begins, counted from the end of the file. */
export interface LineBack {
  /** Without its newline. */
  readonly bytes: Buffer;
  /** From the line's first byte to the end of the file. */
  readonly bytesToEnd: number;
}

const NEWLINE = 0x0a;

/** The lines of a file whose pieces come from its end, the last line first; what stands behind the last newline is none. */
export async function* linesBack(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<LineBack> {
  /** The end of a line whose beginning is not read yet; it has its newline. */
  let held: Buffer[] = [];
  let bytesToEnd = 0;
  let whole = false;
  for await (const piece of pieces) {
    const block = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let end = block.length;
    for (
      let at = block.lastIndexOf(NEWLINE);
      at >= 0;
      at = at === 0 ? -1 : block.lastIndexOf(NEWLINE, at - 1)
    ) {
      const line = Buffer.concat([block.subarray(at + 1, end), ...held]);
      bytesToEnd += line.length;
      if (whole) yield { bytes: line.subarray(0, -1), bytesToEnd };
      whole = true;
      held = [block.subarray(at, at + 1)];
      end = at;
    }
    held = [block.subarray(0, end), ...held];
  }
  const first = Buffer.concat(held);
  if (whole && first.length > 0)
    yield { bytes: first.subarray(0, -1), bytesToEnd: bytesToEnd + first.length };
}
