import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesBack } from '../../../../src/store/files/journal/lines-back.ts';
import { collect, pieces } from '../../../results/samples.ts';

describe('linesBack', () => {
  it('gives the lines of a file from the last to the first, in whatever pieces, and none without a newline', async () => {
    const lines = fc.array(fc.string({ maxLength: 12 }).filter((line) => !line.includes('\n')));
    const size = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(lines, fc.string({ maxLength: 4 }), size, async (whole, torn, bytes) => {
        const tail = torn.replaceAll('\n', '');
        const file = Buffer.from([...whole, tail].join('\n'));
        const fromEnd = (await collect(pieces(file, bytes))).toReversed();
        const found = await collect(linesBack(asPieces(fromEnd)));
        expect(found.map((line) => line.bytes.toString('utf8'))).toEqual(whole.toReversed());
        for (const line of found) {
          const from = file.length - line.bytesToEnd;
          expect(file.toString('utf8', from, from + line.bytes.length)).toBe(line.bytes.toString('utf8'));
        }
      }),
    );
  });
});

async function* asPieces(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}
