import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { findRun, isOutputOfRun } from '../../../src/store/files/find-run.ts';
import { encodeLine } from '../../../src/store/journal-line.ts';
import { runPaths } from '../../../src/store/files/run-folder/run-paths.ts';
import { JOB } from '../../results/samples.ts';

/** A folder with the run of `done.csv` in it: its name does not tell that of the results. */
function folderWithRun(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-find-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'done.oppsweep'));
  writeFileSync(join(folder, 'done.oppsweep/journal.jsonl'), encodeLine({ ...JOB, results: 'done.csv' }));
  return folder;
}

describe('findRun', () => {
  it('takes the name of results as it is', async () => {
    expect(await findRun('people.results.csv', realDisk)).toEqual(runPaths('people.results.csv'));
  });

  it.each(['done.oppsweep', 'done.oppsweep/', 'done.oppsweep/results.partial.csv', 'done.xlsx'])(
    'finds by %s the results that the run’s journal names',
    async (name) => {
      const folder = folderWithRun();
      expect(await findRun(join(folder, name), realDisk)).toEqual(runPaths(join(folder, 'done.csv')));
    },
  );

  it('supposes the usual name where a folder has no journal', async () => {
    expect(await findRun('nowhere/people.oppsweep', realDisk)).toEqual(
      runPaths('nowhere/people.results.csv'),
    );
  });

  it.each(['done.2025-01-31T09-15-00Z.oppsweep', 'done.2025-01-31T09-15-00Z.csv'])(
    'finds by %s the run that was set aside, and not the one that has its place',
    async (name) => {
      const folder = folderWithRun();
      const aside = 'done.2025-01-31T09-15-00Z';
      cpSync(join(folder, 'done.oppsweep'), join(folder, `${aside}.oppsweep`), { recursive: true });
      const results = join(folder, `${aside}.csv`);
      expect(await findRun(join(folder, name), realDisk)).toEqual(runPaths(results));
      expect(await isOutputOfRun(results, realDisk)).toBe(true);
    },
  );
});
