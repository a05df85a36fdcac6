import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { runPaths, type RunPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import { setAside } from '../../../../src/store/files/run-folder/set-aside.ts';

const AT = new Date(Date.UTC(2025, 0, 31, 9, 15, 0, 123));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppsweep-aside-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** Everything that a finished run leaves, with `text` in its results. */
function leave(results: string, text: string = 'results'): RunPaths {
  const paths = runPaths(join(folder, results));
  mkdirSync(paths.folder, { recursive: true });
  writeFileSync(paths.journal, 'journal');
  writeFileSync(paths.results, text);
  writeFileSync(paths.summary, 'summary');
  return paths;
}

describe('setAside', () => {
  it.each([
    [
      'people.results.csv',
      [
        'people.2025-01-31T09-15-00Z.oppsweep',
        'people.2025-01-31T09-15-00Z.results.csv',
        'people.2025-01-31T09-15-00Z.results.summary.json',
      ],
    ],
    [
      'done.csv',
      [
        'done.2025-01-31T09-15-00Z.csv',
        'done.2025-01-31T09-15-00Z.oppsweep',
        'done.2025-01-31T09-15-00Z.summary.json',
      ],
    ],
    [
      'done',
      [
        'done.2025-01-31T09-15-00Z',
        'done.2025-01-31T09-15-00Z.oppsweep',
        'done.2025-01-31T09-15-00Z.summary.json',
      ],
    ],
  ])('renames folder, results and summary of %s to a dated stem', async (results, expected) => {
    const { names, paths } = await setAside(leave(results), AT, realDisk);
    expect(readdirSync(folder).toSorted()).toEqual(expected);
    expect(names.toSorted()).toEqual(expected.map((name) => join(folder, name)));
    expect(readFileSync(paths.journal, 'utf8')).toBe('journal');
  });

  it('renames the report with them, which would stand beside the next results as if it were theirs', async () => {
    const paths = leave('people.results.csv');
    writeFileSync(paths.report, 'page');
    const aside = await setAside(paths, AT, realDisk, 'outputs');
    expect(paths.report).toBe(join(folder, 'people.report.html'));
    expect(readFileSync(join(folder, 'people.2025-01-31T09-15-00Z.report.html'), 'utf8')).toBe('page');
    expect(aside.names).toContain(aside.paths.report);
    expect(readdirSync(folder)).not.toContain('people.report.html');
  });

  it('changes the name of the file and not of a folder with a dot in it', async () => {
    folder = join(folder, 'my.data');
    mkdirSync(folder);
    await setAside(leave('done'), AT, realDisk);
    expect(readdirSync(folder)).toContain('done.2025-01-31T09-15-00Z');
  });

  it('replaces nothing that was set aside in the same second', async () => {
    for (const text of ['first', 'second', 'third']) {
      await setAside(leave('people.results.csv', text), AT, realDisk);
    }
    const stem = join(folder, 'people.2025-01-31T09-15-00Z');
    expect(['', '-2', '-3'].map((more) => readFileSync(`${stem}${more}.results.csv`, 'utf8'))).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(readdirSync(folder)).toHaveLength(9);
  });

  it('renames what there is of a run that did not finish', async () => {
    const paths = leave('people.results.csv');
    rmSync(paths.results);
    rmSync(paths.summary);
    const dated = join(folder, 'people.2025-01-31T09-15-00Z.oppsweep');
    expect((await setAside(paths, AT, realDisk)).names).toEqual([dated]);
    expect(readFileSync(join(dated, 'journal.jsonl'), 'utf8')).toBe('journal');
  });

  it('is content where there is nothing', async () => {
    expect((await setAside(runPaths(join(folder, 'people.results.csv')), AT, realDisk)).names).toEqual([]);
  });

  it('gives all their old names again where one can’t be renamed', async () => {
    const paths = leave('people.results.csv');
    const before = readdirSync(folder);
    const disk = {
      ...realDisk,
      rename: async (from: string, to: string) => {
        if (from === paths.folder) throw new Error('EBUSY: made by the test');
        await realDisk.rename(from, to);
      },
    };
    await expect(setAside(paths, AT, disk)).rejects.toMatchObject({ code: 'results_unwritable' });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('gives them again, too, where one was renamed and its folder can’t be flushed', async () => {
    const paths = leave('people.results.csv');
    const before = readdirSync(folder);
    const disk = {
      ...realDisk,
      rename: async (from: string, to: string) => {
        await realDisk.rename(from, to);
        if (from === paths.folder) throw new Error('EIO: made by the test');
      },
    };
    await expect(setAside(paths, AT, disk)).rejects.toMatchObject({ code: 'results_unwritable' });
    expect(readdirSync(folder)).toEqual(before);
  });
});
