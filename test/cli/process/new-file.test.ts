import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openNewFile, replaceOwnFile } from '../../../src/cli/process/new-file.ts';
import { realDisk, type Disk } from '../../../src/disk/disk.ts';
import { createFaultyDisk } from '../../disk/faulty-disk.ts';

let folder: string;
let input: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppsweep-new-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  input = join(folder, 'people.csv');
  writeFileSync(input, 'Opportunity ID\n');
});

/** What is told where the first call of the system fails, where the second does, and so on until none does. */
async function refusals(
  act: (disk: Disk) => Promise<void>,
  kind: 'EIO' | 'ENOSPC',
): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  for (let faultAt = 1; ; faultAt += 1) {
    const disk = createFaultyDisk(faultAt, kind);
    await act(disk).catch((error: unknown) => told.push(error));
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    if (disk.calls() < faultAt) return told;
  }
}

describe('openNewFile', () => {
  it('replaces nothing that appears while it is written, and leaves nothing of its own', async () => {
    const path = join(folder, 'fixed.csv');
    const file = await openNewFile(path, 'fixed', input, realDisk);
    await file.put('ours');
    writeFileSync(path, 'somebody else’s');
    await expect(file.finish()).rejects.toMatchObject({ code: 'output_unwritable' });
    expect(readFileSync(path, 'utf8')).toBe('somebody else’s');
    expect(readdirSync(folder).toSorted()).toEqual(['fixed.csv', 'people.csv']);
  });

  it.each(['EIO', 'ENOSPC'] as const)(
    'names the file that was asked for, and the option, wherever %s meets it; never a temporary name',
    async (kind) => {
      const path = join(folder, 'people.report.html');
      const replace = (disk: Disk): Promise<void> => replaceOwnFile(path, 'report', 'ours', disk);
      const write = async (disk: Disk): Promise<void> => {
        rmSync(path, { force: true });
        const file = await openNewFile(path, 'report', input, disk);
        await file.put('ours');
        await file.finish();
      };
      for (const act of [write, replace]) {
        const told = await refusals(act, kind);
        expect(told.length).toBeGreaterThan(2);
        for (const error of told) {
          expect(error).toMatchObject({ code: 'output_unwritable', advice: { code: 'name_writable_file' } });
          expect(String(error)).toMatch(/people\.report\.html could not be written: E[A-Z]+(: [a-z/ ]+)?\.$/);
        }
      }
    },
  );

  it('may be read by whom the input may be read by', async () => {
    chmodSync(input, 0o600);
    const path = join(folder, 'problems.csv');
    const file = await openNewFile(path, 'problems', input, realDisk);
    await file.put('row\n');
    await file.finish();
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['row\n', 0o600]);
  });
});
