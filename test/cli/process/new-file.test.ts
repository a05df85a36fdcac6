import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openNewFile } from '../../../src/cli/process/new-file.ts';
import { realDisk } from '../../../src/disk/disk.ts';

let folder: string;
let input: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppsweep-new-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  input = join(folder, 'people.csv');
  writeFileSync(input, 'Opportunity ID\n');
});

describe('openNewFile', () => {
  it('replaces nothing that appears while it is written, and leaves nothing of its own', async () => {
    const path = join(folder, 'fixed.csv');
    const file = await openNewFile(path, 'fixed', input, realDisk);
    await file.put('ours');
    writeFileSync(path, 'somebody else’s');
    await expect(file.finish()).rejects.toMatchObject({ code: 'output_unwritable' });
    await file.abandon();
    expect(readFileSync(path, 'utf8')).toBe('somebody else’s');
    expect(readdirSync(folder).toSorted()).toEqual(['fixed.csv', 'people.csv']);
  });

  it('may be read by whom the input may be read by', async () => {
    chmodSync(input, 0o600);
    const path = join(folder, 'problems.csv');
    const file = await openNewFile(path, 'problems', input, realDisk);
    await file.put('row\n');
    await file.finish();
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['row\n', 0o600]);
  });
});
