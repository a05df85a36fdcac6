import { describe, expect, test } from 'vitest';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { askDirectly } from '../../store/postgres/homes.ts';
import { textWith } from '../../text-with.ts';
import { fleetStage } from '../stage/fleet-stage.ts';
import { isWrite, removalsByAssociation } from '../stage/server-record.ts';
import { hasStores } from './hosts.ts';

const PACE = ['--catalog', 'Sandbox', '--read-rate', 'unlimited', '--read-lag', '0'];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a fleet is deleted', () => {
  const postgres = postgresForFile();

  test.concurrent('not as long as a worker has it, nor unless what its runs did is given up; what was sent counts, and is sent once', async (task) => {
    const url = await postgres.database();
    const { oppsweep, begin, emulator } = await fleetStage(task, url, { accounts: 2, rows: 300 });
    const submit = ['fleet', 'submit', 'in/fleet.csv', ...PACE, '--rate'];
    await oppsweep(...submit, '5');
    const worker = begin('worker');
    while ((await emulator.calls()).filter(isWrite).length < 5);
    expect(await oppsweep('fleet', 'delete', 'fleet', '--yes')).toMatchObject({
      code: 3,
      stderr: textWith(
        /The fleet fleet is not at rest: .*\/fleet is under way.*\nStop it \(oppsweep fleet stop fleet\)/,
      ),
    });
    await oppsweep('fleet', 'stop', 'fleet');
    await worker.says(
      /301\/fleet {2}stopped[^]*302\/fleet {2}stopped|302\/fleet {2}stopped[^]*301\/fleet {2}stopped/,
    );
    expect(await oppsweep('fleet', 'delete', 'fleet')).toMatchObject({
      code: 2,
      stderr: textWith(
        /The fleet fleet has what 2 runs did and never finished\.\nFirst: oppsweep report 111122223301\/fleet makes .*--yes/,
      ),
    });
    const calls = (): Promise<unknown> => askDirectly(url, 'select * from oppsweep.call order by 1, 2, 3');
    const before = await calls();
    expect(await oppsweep('fleet', 'delete', 'fleet', '--yes')).toMatchObject({
      code: 0,
      stderr: textWith('The fleet fleet is deleted, with 2 runs'),
    });
    expect(await calls()).toEqual(before);
    expect((await oppsweep('fleet', 'status')).stderr).toContain('There is no fleet in the store.');
    expect((await oppsweep('status')).stderr).toContain('There is no run');
    expect((await oppsweep(...submit, 'unlimited')).code).toBe(0);
    while ((await oppsweep('fleet', 'status')).code === 4);
    worker.send('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    expect(await emulator.held()).toEqual([]);
    for (const own of removalsByAssociation(await emulator.calls()).values())
      expect(own.filter(({ changed }) => changed)).toHaveLength(1);
  });

  test.concurrent('once its results were fetched, or with --yes, as a whole, and what was fetched stays', async (task) => {
    const { oppsweep, folder } = await fleetStage(task, await postgres.database(), { accounts: 2, rows: 2 });
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, '--rate', 'unlimited');
    await oppsweep('worker', '--drain');
    expect(await oppsweep('fleet', 'delete', 'fleet')).toMatchObject({
      code: 2,
      stderr: textWith(
        /The fleet fleet has results of 2 runs that nobody has fetched\.\nFirst: oppsweep fleet results fleet -o results writes/,
      ),
    });
    await oppsweep('fleet', 'results', '111122223301/fleet', '-o', 'out');
    expect((await oppsweep('fleet', 'delete', 'fleet')).stderr).toContain('results of 1 run that nobody');
    await oppsweep('fleet', 'results', 'fleet', '-o', 'out');
    expect(await oppsweep('fleet', 'delete', 'fleet')).toMatchObject({
      code: 2,
      stderr: textWith('there is no terminal to ask in'),
    });
    expect(await oppsweep('fleet', 'delete', '111122223301/fleet', '--yes')).toMatchObject({
      code: 2,
      stderr: textWith('111122223301/fleet is one run of the fleet fleet: a fleet is deleted as a whole.'),
    });
    expect(await oppsweep('fleet', 'delete', 'other')).toMatchObject({
      code: 2,
      stderr: textWith(/no fleet other in the store\.\nThere are: fleet/),
    });
    expect((await oppsweep('fleet', 'delete', 'fleet', '--yes')).code).toBe(0);
    expect((await oppsweep('fleet', 'delete', 'fleet', '--yes')).code).toBe(2);
    expect(folder.read('out/111122223302/fleet.results.csv')).toContain('disassociated');
  });

  test.concurrent('not while one of its runs is being undone', async (task) => {
    const { oppsweep } = await fleetStage(task, await postgres.database(), { accounts: 1, rows: 3 });
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, '--rate', 'unlimited');
    await oppsweep('worker', '--drain');
    const undo = ['undo', '111122223301/fleet', '--profile', 'p111122223301', ...PACE, '--rate', 'unlimited'];
    expect((await oppsweep(...undo, '--limit', '1')).code).toBe(3);
    expect(await oppsweep('fleet', 'delete', 'fleet', '--yes')).toMatchObject({
      code: 3,
      stderr: textWith(
        /111122223301\/fleet is being undone, and that is not finished\.\nFinish it first, .*undo 111122223301\/fleet/,
      ),
    });
    expect((await oppsweep(...undo)).code).toBe(0);
    expect((await oppsweep('fleet', 'delete', 'fleet', '--yes')).code).toBe(0);
    expect((await oppsweep('status')).stdout).toMatch(/undo/);
  });
});
