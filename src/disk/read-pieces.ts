import type { SystemCalls } from './system-calls.ts';

const PIECE_BYTES = 64 * 1024;

/** From that byte on; from the beginning, where none is said. The pieces stay valid. */
export async function* readInPieces(
  calls: SystemCalls,
  path: string,
  fromByte?: number,
): AsyncGenerator<Uint8Array> {
  const file = await calls.open(path, 'read');
  try {
    for (let position = fromByte; ;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const length = await file.read(piece, position);
      if (length === 0) return;
      yield piece.subarray(0, length);
      if (position !== undefined) position += length;
    }
  } finally {
    await file.close();
  }
}

/** Some bytes of a file, and the byte of it that they begin at. */
export interface PlacedPiece {
  readonly bytes: Uint8Array;
  readonly fromByte: number;
}

/** From the end to the beginning: the last piece comes first. */
export async function* readBackInPieces(calls: SystemCalls, path: string): AsyncGenerator<PlacedPiece> {
  const file = await calls.open(path, 'read');
  try {
    for (let end = await file.size(); end > 0;) {
      const fromByte = Math.max(0, end - PIECE_BYTES);
      const bytes = Buffer.allocUnsafe(end - fromByte);
      for (let filled = 0; filled < bytes.length;) {
        const length = await file.read(bytes.subarray(filled), fromByte + filled);
        // It was cut short meanwhile: what stood before is not read any more.
        if (length === 0) return;
        filled += length;
      }
      yield { bytes, fromByte };
      end = fromByte;
    }
  } finally {
    await file.close();
  }
}
