import { describe, expect, it } from 'vitest';
import { readAll, rowLine } from '../../input/read-all.ts';
import { cases } from '../../soak.ts';
import { soundFile } from './sound-files.ts';

const FILES = cases(5000);

describe('sound files', () => {
  it('are read as they stand: no row is suspected, unusual as it may be', async () => {
    let rows = 0;
    for (let seed = 1; seed <= FILES; seed += 1) {
      const file = soundFile(seed);
      const read = await readAll(file.text, file.options).catch((error: unknown) => error);
      const lines =
        read instanceof Error
          ? [read.message]
          : (read as Awaited<ReturnType<typeof readAll>>).rows.map(rowLine);
      expect(lines, `file ${seed}`).toEqual(file.rows);
      rows += lines.length;
    }
    expect(rows).toBeGreaterThan(FILES * 50);
  });
});
