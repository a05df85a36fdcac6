import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { exportUnderWay } from '../../../src/export/folder/open-export.ts';
import { exportAll, newFolder, open, portsOn, SOLUTION_OF, targetIn } from '../export-scene.ts';

describe('openExport', () => {
  it('refuses a second process while one is at it, and lets it in afterwards', async () => {
    const target = targetIn(await newFolder());
    const first = await open(target);
    await expect(open(target)).rejects.toMatchObject({ code: 'run_held' });
    await expect(open({ ...target, restart: true })).rejects.toMatchObject({ code: 'run_held' });
    await first.close();
    const second = await open(target);
    expect(second.resumed).toBe(true);
    await second.close();
  });

  it('refuses to go on with other terms, and names them', async () => {
    const target = targetIn(await newFolder());
    await (await open(target)).close();
    const other = open({ ...target, terms: { catalog: 'AWS', filters: '{}' } });
    await expect(other).rejects.toMatchObject({
      code: 'results_exist',
      message: expect.stringContaining('catalog, filters changed') as string,
      advice: { code: 'keep_options' },
    });
  });

  it('keeps what was chosen, as no term, for whoever asks while it stands', async () => {
    const target = targetIn(await newFolder());
    const chosen = { opportunityColumn: 'ACE Opportunity ID' };
    await (await open({ ...target, chosen })).close();
    await (await open(target)).close();
    expect(await exportUnderWay(target.output, realDisk)).toMatchObject({ chosen });
    const elsewhere = join(await newFolder(), 'now.csv');
    expect(await exportUnderWay(elsewhere, realDisk)).toBeUndefined();
  });

  it.each(['{"version":1}', '{"terms":{},"chosen":{"sheet":7}}'])(
    'refuses a job of %s as damaged',
    async (text) => {
      const folder = await newFolder();
      const target = targetIn(folder);
      await (await open(target)).close();
      await writeFile(join(folder, 'now.export', 'job.json'), text);
      await expect(exportUnderWay(target.output, realDisk)).rejects.toMatchObject({ code: 'state_damaged' });
      await expect(open(target)).rejects.toMatchObject({ code: 'state_damaged' });
    },
  );

  it('refuses to take the place of an export that is whole', async () => {
    const folder = await newFolder();
    await exportAll(targetIn(folder), portsOn(SOLUTION_OF));
    await expect(open(targetIn(folder))).rejects.toMatchObject({ code: 'results_exist' });
  });

  it('refuses a folder that is none of its own, and leaves it as it is', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'now.export'));
    await writeFile(join(folder, 'now.export', 'letter.txt'), 'dear');
    await expect(open(targetIn(folder))).rejects.toMatchObject({
      code: 'results_exist',
      message: expect.stringContaining("is no export's") as string,
    });
    expect(await readdir(join(folder, 'now.export'))).toEqual(['letter.txt']);
  });

  it('sets what was there aside under a dated name, where it is told to begin again', async () => {
    const folder = await newFolder();
    await exportAll(targetIn(folder), portsOn(SOLUTION_OF));
    const before = await readFile(join(folder, 'now.csv'), 'utf8');
    const begun = await open({ ...targetIn(folder), restart: true });
    await begun.close();
    expect(await readdir(folder)).toEqual([
      'now.2026-11-23T09-15-00Z.csv',
      'now.2026-11-23T09-15-00Z.summary.json',
      'now.export',
    ]);
    expect(await readFile(join(folder, 'now.2026-11-23T09-15-00Z.csv'), 'utf8')).toBe(before);
  });

  it('clears away the temporary files that a crash left', async () => {
    const target = targetIn(await newFolder());
    const first = await open(target);
    await writeFile(join(first.places.folder, '.0123456789ab.tmp'), 'torn');
    await first.close();
    const second = await open(target);
    expect(await readdir(second.places.folder)).toEqual(['job.json', 'list.jsonl', 'lock', 'reads.jsonl']);
    await second.close();
  });
});
