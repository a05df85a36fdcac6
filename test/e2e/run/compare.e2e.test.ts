import { describe, expect, it } from 'vitest';
import type { Ended } from '../stage/program.ts';
import { runHere } from '../stage/program-here.ts';
import { startStageEmulator } from '../stage/stage-emulator.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const SEED =
  'Opportunity ID,Entity Type,Related Entity,Stage\n' +
  'O1,Solutions,S-0000001,Launched\nO1,Solutions,S-0000002,Launched\nO2,Solutions,S-0000001,Qualified\nO3,AwsProducts,AmazonEC2,Launched\nO4,,,Launched\n';
const OPTIONS = ['--catalog', 'Sandbox', '--read-rate', 'unlimited'];

interface Scene {
  readonly folder: WorkFolder;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly exported: (name: string, ...args: readonly string[]) => Promise<void>;
}

async function setScene(task: Test): Promise<Scene> {
  const folder = makeWorkFolder(task);
  folder.write('seed.csv', SEED);
  const emulator = await startStageEmulator(task, folder.at('seed.csv'), []);
  const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };
  const run = (...args: readonly string[]): Promise<Ended> => runHere(args, surroundings);
  return {
    folder,
    run,
    exported: async (name, ...args) => {
      await run('export', ...args, '-o', name, ...OPTIONS);
      expect(folder.names()).toContain(name);
    },
  };
}

describe('oppsweep compare', () => {
  it('shows between two exports what a run changed, and its changes are an input', async (task) => {
    const { folder, run, exported } = await setScene(task);
    await exported('before.csv');
    folder.write('people.csv', 'Opportunity ID,Entity Type,Related Entity\nO1,Solutions,S-0000002\n');
    await run('disassociate', 'people.csv', ...OPTIONS, '--rate', 'unlimited');
    await exported('after.csv');

    const { code, stderr } = await run('compare', 'before.csv', 'after.csv', '-o', 'changes.csv');

    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('Different: 1 opportunity differs, 2 are alike.'),
    ]);
    expect(folder.read('changes.csv')).toBe(
      '\uFEFFChange,Opportunity ID,Entity Type,Related Entity,Row Before,Row After\r\nremoved,O1,Solutions,S-0000002,3,\r\n',
    );
    expect((await run('associate', 'changes.csv', ...OPTIONS, '--rate', 'unlimited')).code).toBe(0);
    await exported('again.csv');
    const equal = await run('compare', 'before.csv', 'again.csv', '--json');
    expect([equal.code, JSON.parse(equal.stdout)]).toEqual([
      0,
      expect.objectContaining({ equal: true, counts: { added: 0, removed: 0, same: 4 } }),
    ]);
  });

  it('refuses results, and exports of other filters, and says what to do', async (task) => {
    const { folder, run, exported } = await setScene(task);
    await exported('all.csv');
    await exported('launched.csv', '--stage', 'Launched');
    folder.write('people.csv', 'Opportunity ID,Entity Type,Related Entity\nO1,Solutions,S-0000002\n');
    await run('disassociate', 'people.csv', ...OPTIONS, '--rate', 'unlimited');

    const filtered = await run('compare', 'all.csv', 'launched.csv', '-o', 'changes.csv');
    const results = await run('compare', 'all.csv', 'people.results.csv', '-o', 'changes.csv');

    expect([filtered.code, filtered.stderr]).toEqual([
      2,
      expect.stringContaining('exports of different things'),
    ]);
    expect(filtered.stderr).toContain('Launched');
    expect([results.code, results.stderr]).toEqual([2, expect.stringContaining('Export again')]);
    expect(folder.names()).not.toContain('changes.csv');
  });

  it('claims nothing of opportunities that an export could not read', async (task) => {
    const { folder, run, exported } = await setScene(task);
    folder.write('ids.csv', 'Opportunity ID\nO1\nO2\nO3\n');
    await exported('before.csv', 'ids.csv');
    await exported('after.csv', 'ids.csv');
    const summary = JSON.parse(folder.read('after.summary.json')) as { counts: object };
    folder.write(
      'after.summary.json',
      JSON.stringify({
        ...summary,
        unread: { name: 'after.unread.csv' },
        counts: { ...summary.counts, unread: 1 },
      }),
    );
    folder.write('after.csv', folder.read('after.csv').replace(/O2,[^\r]*\r\n/, ''));

    const without = await run('compare', 'before.csv', 'after.csv');
    folder.write('after.unread.csv', 'Opportunity ID,Exception,Message,Request ID\r\nO2,TimeoutError,,\r\n');
    const { code, stderr } = await run('compare', 'before.csv', 'after.csv');

    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('after.unread.csv')]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('of these nothing is claimed')]);
    expect(stderr).not.toMatch(/Different/);
    expect(stderr).toContain('it is no longer as it was exported');
  });
});
