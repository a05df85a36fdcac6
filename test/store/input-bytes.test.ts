import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { beginReading, identify } from '../../src/store/input-bytes.ts';
import { pieces } from '../results/samples.ts';
import { collected } from './collected.ts';

it('an input is told by the number of its bytes and their SHA-256', async () => {
  const bytes = Buffer.from('Opportunity ID,Entity\r\nO1,ünï\0code\r\n'.repeat(50));
  expect(await identify('people.csv', pieces(bytes, 7))).toEqual({
    name: 'people.csv',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
});

it('an input that is begun gives every piece, and holds none that was given', async () => {
  const given: WeakRef<Uint8Array>[] = [];
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < 3; piece += 1) {
      const bytes = new Uint8Array(64).fill(piece);
      given.push(new WeakRef(bytes));
      yield bytes;
    }
  }
  const begun = await beginReading(source());
  const firsts: (number | undefined)[] = [];
  for await (const [first] of begun.bytes) firsts.push(first);
  expect(firsts).toEqual([0, 1, 2]);
  await collected();
  expect(given[0]?.deref()).toBeUndefined();
  await begun.close();
});
