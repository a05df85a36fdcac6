import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { identify } from '../../src/store/input-bytes.ts';
import { pieces } from '../results/samples.ts';

it('an input is told by the number of its bytes and their SHA-256', async () => {
  const bytes = Buffer.from('Opportunity ID,Entity\r\nO1,ünï\0code\r\n'.repeat(50));
  expect(await identify('people.csv', pieces(bytes, 7))).toEqual({
    name: 'people.csv',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
});
