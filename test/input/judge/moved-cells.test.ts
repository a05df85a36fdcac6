import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

const HEADER = ['Opportunity ID', 'Customer', 'Solution', 'Replacement'];
const ROWS = Array.from({ length: 8 }, (_, row) => [`O${row}`, 'Acme', `S-000000${row}`, `S-000010${row}`]);

/** The table with so many cells put into a column above a row, by which its others move down. */
function movedDown(column: number, at: number, cells: number, rows = ROWS): string {
  const values = rows.map((row) => row[column] ?? '').toSpliced(at, 0, ...Array<string>(cells).fill(''));
  const blank = Array.from({ length: cells }, () => HEADER.map(() => ''));
  const moved = [...rows, ...blank].map((row, index) => row.with(column, values[index] ?? ''));
  return [HEADER, ...moved].map((row) => `${row.join(',')}\n`).join('');
}

async function linesOf(text: string): Promise<readonly string[]> {
  return (await readAll(text, { entityColumn: 'Solution', replaceColumn: 'Replacement' })).rows.map(rowLine);
}

describe('a column whose cells were moved down', () => {
  it.each([0, 2, 3])(
    'is refused, since each row below has the value of another: column %i',
    async (column) => {
      for (const cells of [1, 3]) {
        await expect(linesOf(movedDown(column, 2, cells))).rejects.toThrow(
          `the cells of column "${HEADER[column] ?? ''}" seem to have moved down from row 4 on`,
        );
      }
    },
  );

  it('is not seen where a row only lacks its value, or one stands alone', async () => {
    const text = movedDown(2, 2, 0);
    expect(await linesOf(text.replace('S-0000002', ''))).toHaveLength(8);
    expect(await linesOf(`${text},,S-0000009,\n`)).toHaveLength(9);
    // As many do not lack it as have nothing else; more rows follow; nothing stands between.
    expect(
      await linesOf(`${text.replace('S-0000002', '').replace('S-0000004', '')},,S-0000009,\n`),
    ).toHaveLength(9);
    expect(await linesOf(`${movedDown(2, 2, 1)}O9,Acme,S-0000009,S-0000109\n`)).toHaveLength(10);
    expect(await linesOf(movedDown(2, 7, 1))).toHaveLength(9);
  });
});
