import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import { createFaultyDisk } from '../disk/faulty-disk.ts';
import { FAULT_STEP } from '../soak.ts';
import { exportAll, newFolder, portsOn, SOLUTION_OF, targetIn } from './export-scene.ts';

describe('an export', () => {
  it.each(['EIO', 'ENOSPC', 'short'] as const)(
    'is whole or not at all at its name, and goes on, whichever call of the disk goes wrong (%s)',
    async (kind) => {
      const small = { O1: SOLUTION_OF['O1'] ?? { entities: {} } };
      const sound = await newFolder();
      await exportAll(targetIn(sound), portsOn(small));
      const whole = await readFile(join(sound, 'now.csv'), 'utf8');
      for (let faultAt = 1; ; faultAt += FAULT_STEP) {
        const folder = await newFolder();
        const disk = createFaultyDisk(faultAt, kind);
        const failed = await exportAll(targetIn(folder), portsOn(small, disk)).then(
          () => undefined,
          (error: unknown) => error,
        );
        // Never an error of the program's own.
        expect(failed === undefined || failed instanceof RunError).toBe(true);
        const there = await readFile(join(folder, 'now.csv'), 'utf8').catch(() => whole);
        expect(there).toBe(whole);
        if (failed !== undefined) {
          // As if the process were gone.
          await rm(join(folder, 'now.export', 'lock'), { force: true });
          await exportAll(targetIn(folder), portsOn(small));
        }
        expect(await readFile(join(folder, 'now.csv'), 'utf8')).toBe(whole);
        if (disk.calls() < faultAt) break;
      }
    },
  );
});
