import { describe, expect, it } from 'vitest';
import { wholeLines } from '../../../src/run/rows/whole-lines.ts';
import { collect, pieces } from '../../results/samples.ts';

async function whole(text: string, size: number): Promise<string> {
  return Buffer.concat(await collect(wholeLines(pieces(Buffer.from(text), size)))).toString();
}

describe('the whole lines of a file', () => {
  it.each([
    ['a,b\n1,2\n', 'a,b\n1,2\n'],
    ['a,b\n1,2\n3,', 'a,b\n1,2\n'],
    ['a,b\r\n1,2\r\n3,4\r', 'a,b\r\n1,2\r\n'],
    ['a,b\r1,2\r3', 'a,b\r1,2\r'],
    ['a,b\n1,"x\ny"\n2,"x\n', 'a,b\n1,"x\ny"\n'],
    ['a,b\n1,"say ""x\n"""\n2', 'a,b\n1,"say ""x\n"""\n'],
    ['a,', ''],
  ])('end in a line end that stands in no quotes: %j', async (text, lines) => {
    for (const size of [1, 3, 64]) expect(await whole(text, size)).toBe(lines);
  });
});
