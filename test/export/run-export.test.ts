import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import { opportunityId } from '../partner-central/connection.ts';
import { EVERYTHING, exportAll, newFolder, portsOn, SOLUTION_OF, targetIn } from './export-scene.ts';

const HEADER =
  '\uFEFFOpportunity ID,Entity Type,Related Entity,Stage,Review Status,Customer,Project Title,Partner CRM ID,Last Modified\r\n';
const WHOLE =
  HEADER +
  Object.keys(SOLUTION_OF)
    .map((id) => `${id},Solutions,S-000000${id.slice(1)},Launched,,,,,\r\n`)
    .join('');

describe('an export', () => {
  it('of the pipeline lists it, reads each opportunity once, and leaves its file and its summary', async () => {
    const folder = await newFolder();
    const ports = portsOn(SOLUTION_OF);
    const summary = await exportAll(targetIn(folder), ports);
    expect(await readFile(join(folder, 'now.csv'), 'utf8')).toBe(WHOLE);
    expect(await readdir(folder)).toEqual(['now.csv', 'now.summary.json']);
    expect(JSON.parse(await readFile(join(folder, 'now.summary.json'), 'utf8'))).toEqual(summary);
    expect(ports.reads).toEqual(Object.keys(SOLUTION_OF));
    expect(summary.counts).toEqual({
      opportunities: 7,
      read: 7,
      unread: 0,
      empty: 0,
      written: 7,
      lines: 7,
    });
  });

  it('of a list reads these, and lists those that could not be read, with the exception', async () => {
    const folder = await newFolder();
    const ids = [opportunityId('O3'), { row: 3, text: 'none' }, opportunityId('O404'), opportunityId('O3')];
    const summary = await exportAll(targetIn(folder), portsOn(SOLUTION_OF), { ids, selection: EVERYTHING });
    expect(await readFile(join(folder, 'now.csv'), 'utf8')).toBe(
      `${HEADER}O3,Solutions,S-0000003,Launched,,,,,\r\n`,
    );
    expect(await readFile(join(folder, 'now.unread.csv'), 'utf8')).toBe(
      '\uFEFFOpportunity ID,Exception,Message,Request ID\r\n' +
        "none,InvalidRow,Row 3 has no opportunity's identifier (the letter O and 1 to 19 digits).,\r\n" +
        'O404,ResourceNotFoundException,O404 not found.,\r\n',
    );
    expect(summary.counts).toMatchObject({ opportunities: 3, read: 1, unread: 2 });
  });

  it('tells which entities nobody holds, and what is nearly held in their place', async () => {
    const selection = { ...EVERYTHING, entities: ['S-0000003', 'S-4', 'S-0000009'] };
    const summary = await exportAll(targetIn(await newFolder()), portsOn(SOLUTION_OF), {
      ids: undefined,
      selection,
    });
    expect(summary.notHeld).toEqual([
      { entity: 'S-4', nearly: ['S-0000004'] },
      { entity: 'S-0000009', nearly: [] },
    ]);
  });

  it('goes on after a stop where it stood, and reads nothing twice that it had kept', async () => {
    const folder = await newFolder();
    const stopped = portsOn(SOLUTION_OF);
    const reason = new RunError('interrupted', 'Stopped.');
    const read: typeof stopped.read = async (id, ordinal) => {
      if (id === 'O4') throw reason;
      return stopped.read(id, ordinal);
    };
    await expect(exportAll(targetIn(folder), { ...stopped, read, ahead: 1 })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual(['now.export']);
    const again = portsOn(SOLUTION_OF);
    await exportAll(targetIn(folder), again);
    expect(again.reads).toEqual(['O4', 'O5', 'O6', 'O7']);
    expect(await readFile(join(folder, 'now.csv'), 'utf8')).toBe(WHOLE);
  });

  it('replaces no file that appears while it is under way, and needs no read once it is moved away', async () => {
    const folder = await newFolder();
    const ports = portsOn(SOLUTION_OF);
    const read: typeof ports.read = async (id, ordinal) => {
      await writeFile(join(folder, 'now.csv'), 'of somebody else');
      return ports.read(id, ordinal);
    };
    await expect(exportAll(targetIn(folder), { ...ports, read })).rejects.toMatchObject({
      code: 'results_exist',
      message: expect.stringContaining('appeared while the export was under way') as string,
    });
    expect(await readFile(join(folder, 'now.csv'), 'utf8')).toBe('of somebody else');
    await rm(join(folder, 'now.csv'));
    const again = portsOn(SOLUTION_OF);
    await exportAll(targetIn(folder), again);
    expect(again.reads).toEqual([]);
    expect(await readFile(join(folder, 'now.csv'), 'utf8')).toBe(WHOLE);
  });
});
