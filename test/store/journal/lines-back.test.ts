import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedPiece } from '../../../src/disk/read-pieces.ts';
import { linesBack } from '../../../src/store/journal/lines-back.ts';
import { collect } from '../../results/samples.ts';

describe('linesBack', () => {
  it('gives the lines of a file from the last to the first, in whatever pieces, and none without a newline', async () => {
    const lines = fc.array(fc.string({ maxLength: 12 }).filter((line) => !line.includes('\n')));
    const size = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(lines, fc.string({ maxLength: 4 }), size, async (whole, torn, bytes) => {
        const tail = torn.replaceAll('\n', '');
        const file = Buffer.from([...whole, tail].join('\n'));
        const found = await collect(linesBack(piecesBack(file, bytes)));
        expect(found.map((line) => line.bytes.toString('utf8'))).toEqual(whole.toReversed());
        for (const line of found) {
          const { fromByte, bytes: text } = line;
          expect(file.subarray(fromByte, fromByte + text.length).equals(text)).toBe(true);
        }
      }),
    );
  });
});

async function* piecesBack(file: Buffer, size: number): AsyncGenerator<PlacedPiece> {
  for (let end = file.length; end > 0; end -= size) {
    const fromByte = Math.max(0, end - size);
    yield { bytes: file.subarray(fromByte, end), fromByte };
  }
}
