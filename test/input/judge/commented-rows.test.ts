import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

async function read(firsts: readonly string[]): Promise<readonly string[]> {
  const lines = firsts.map((first, row) => `${first},O${row + 1},S-0000001`);
  return (await readAll(`No,Opportunity ID,Solution\n${lines.join('\n')}\n`)).rows.map(rowLine);
}

async function invalidIn(firsts: readonly string[]): Promise<readonly string[]> {
  return (await read(firsts)).filter((line) => line.includes(' invalid '));
}

describe('a row that begins with a sign which comments lines out', () => {
  it.each(['#3', '# 3', '// 3', '//', '#Acme', '"# 3, see mail"'])('is not sent: %s', async (first) => {
    for (const count of [2, 3, 54]) {
      const numbers = Array.from({ length: count }, (_, row) => `${row + 1}`);
      for (const at of [0, 1, count]) {
        const seen = await invalidIn(numbers.toSpliced(at, 0, first));
        expect(seen).toEqual([`${at + 2} invalid row_commented_out`]);
      }
    }
  });

  it.each([
    ['all do', ['#1', '#2', '#3']],
    ['many do', ['#1', 'INC-2', '#3', 'INC-4']],
    ['it is a formula’s error', ['1', '2', '#N/A', '#REF!', '#DIV/0!', '#NAME?']],
    ['it stands within', ['1', '2', '3 # 4', 'http://x.example']],
    ['there is one other row', ['1', '#2']],
  ])('is sent where %s', async (_, firsts) => {
    expect(await invalidIn(firsts)).toEqual([]);
  });
});
