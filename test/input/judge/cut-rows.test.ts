import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../read-all.ts';

describe('a last row without a line end', () => {
  const ROWS = 'Opportunity ID,Solution,Replacement\nO1,S-0000001,S-0000011\nO2,S-0000002,S-0000012\n';
  it.each(['O3,S-0000003,', 'O3,S-0000003, ', 'O3,S-0000003', 'O3,S-0000003,S-00'])(
    'may break off before the replacement that all others have: %s',
    async (last) => {
      const lines = (await readAll(ROWS + last)).rows.map(rowLine);
      expect(lines.at(-1)).toBe('4 invalid row_cut_short');
      expect((await readAll(`${ROWS}O3,S-0000003,\n`)).rows.map(rowLine).at(-1)).toBe(
        '4 valid O3 Solutions S-0000003',
      );
    },
  );

  it('is whole where another has no replacement, or its own is there', async () => {
    const some = `${ROWS}O4,S-0000004,\n`;
    expect((await readAll(`${some}O3,S-0000003,`)).rows.map(rowLine).at(-1)).toContain('valid O3');
    expect((await readAll(`${ROWS}O3,S-0000003,S-0000013`)).rows.map(rowLine).at(-1)).toContain('valid O3');
  });
});
