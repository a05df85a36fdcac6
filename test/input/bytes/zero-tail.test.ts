import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/input/open-input.ts';
import { readAll, rowLine } from '../read-all.ts';

const TABLE = 'Opportunity ID,Solution ID\r\nO1000001,S-0000001\r\n';
const withZeros = (text: string, zeros: number): Buffer =>
  Buffer.concat([Buffer.from(text), Buffer.alloc(zeros)]);

describe('a file that ends in zeros', () => {
  it.each([8, 512, 100_000, 6_000_000])('is refused with the byte where %i of them begin', async (zeros) => {
    await expect(readAll(withZeros(TABLE, zeros))).rejects.toMatchObject({
      code: 'input_format',
      message: `people.csv is nothing but zeros from byte ${TABLE.length} on, to its end at ${TABLE.length + zeros}: its end may be lost.`,
    });
  });

  it('is refused in the middle of a row, and in UTF-16', async () => {
    await expect(readAll(withZeros(`${TABLE}O1000002,S-00`, 4096))).rejects.toThrow('zeros from byte 61 on');
    const wide = Buffer.concat([Buffer.from(`\ufeff${TABLE}`, 'utf16le'), Buffer.alloc(64)]);
    await expect(readAll(wide)).rejects.toThrow(/zeros from byte 9[67] on/);
  });

  it('is no such file where something follows them: no row is joined over zeros', async () => {
    const before = Array.from({ length: 300 }, (_, index) => `O${2_000_000 + index},S-0000001\r\n`).join('');
    const bytes = Buffer.concat([
      withZeros(`${TABLE}${before}O1000002,S-0000`, 200_000),
      Buffer.from('002\r\nO1000003,S-0000003\r\n'),
    ]);
    const { rows } = await readAll(bytes);
    expect(rows.slice(-2).map(rowLine)).toEqual([
      '303 invalid entity_too_long',
      '304 valid O1000003 Solutions S-0000003',
    ]);
  });

  it('may end in a few, as programs of old wrote them', async () => {
    const input = await openInput({ name: 'people.csv', bytes: chunk(withZeros(TABLE, 1)) }, {});
    await input.close();
    expect(input.table.columns.entity.name).toBe('Solution ID');
  });
});

async function* chunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
