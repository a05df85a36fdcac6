import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../../src/store/files/lock/lock.ts';
import { makeWorld, type FakeWorld } from '../fake-world.ts';

const EMULATOR = ['--emulator', '--rate', 'unlimited'];

async function worldWithRun(
  command: 'disassociate' | 'plan',
  ...options: readonly string[]
): Promise<FakeWorld> {
  const world = makeWorld();
  world.write('people.csv', ['Opportunity ID,Entity ID', 'O1,S-0000001', 'O2,S-0000002', ''].join('\n'));
  await world.run(command, world.at('people.csv'), ...EMULATOR, ...options);
  world.said();
  return world;
}

describe('oppsweep undo', () => {
  it('says what it is about to do and what that costs, and leaves results of its own', async () => {
    const world = await worldWithRun('disassociate');
    // An emulator in which nothing of it is left.
    world.write('held.csv', ['Opportunity ID,Entity ID', 'O1,S-0000011', 'O2,S-0000022', ''].join('\n'));
    const undoing = world.run(
      'undo',
      world.at('people.results.csv'),
      '--emulator-state',
      world.at('held.csv'),
      '--rate',
      '2',
    );
    expect(await undoing).toBe(0);
    expect(world.said().err).toMatch(
      /^Undoing .*people\.results\.csv: 2 rows that it changed, newest first; 2 writes, (about 1 s|less than a second)\./,
    );
    const [header = '', ...lines] = world.read('people.undo.csv').trimEnd().split('\n');
    expect(header).toMatch(/^Undo by,Undone row,Done at,Opportunity,Entity type,Entity,/);
    expect(lines.every((line) => line.startsWith('associate,') && line.includes(',associated,'))).toBe(true);
    expect(new Set(lines.map((line) => line.split(',')[1]))).toEqual(new Set(['2', '3']));
  });

  it('has nothing to do where the run changed nothing', async () => {
    const world = makeWorld();
    world.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n');
    world.write('held.csv', 'Opportunity ID,Entity ID\nO1,S-0000002\n');
    const state = ['--emulator-state', world.at('held.csv')];
    await world.run('disassociate', world.at('people.csv'), ...state);
    world.said();
    expect(await world.run('undo', world.at('people.oppsweep'), ...state)).toBe(0);
    expect(world.said().err).toContain('the run changed nothing, so there is nothing to undo');
  });

  it('is refused for a plan, for an undo, and for results without their folder', async () => {
    const world = await worldWithRun('plan');
    await expect(world.run('undo', world.at('people.plan.csv'), ...EMULATOR)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('is of the command plan') as string,
    });
    rmSync(world.at('people.plan.oppsweep'), { recursive: true });
    await expect(world.run('undo', world.at('people.plan.csv'), ...EMULATOR)).rejects.toMatchObject({
      code: 'input_unreadable',
    });
  });

  it('is refused where the run’s folder does not tell what it did any more', async () => {
    const world = await worldWithRun('disassociate', '--limit', '1');
    rmSync(world.at('people.oppsweep/input'));
    await expect(world.run('undo', world.at('people.oppsweep'), ...EMULATOR)).rejects.toMatchObject({
      code: 'state_damaged',
      message: expect.stringContaining('is gone') as string,
    });
    world.write('people.oppsweep/journal.jsonl', '');
    await expect(world.run('undo', world.at('people.oppsweep'), ...EMULATOR)).rejects.toMatchObject({
      code: 'state_damaged',
      message: expect.stringContaining('what the run did is not known') as string,
    });
  });

  it('is refused elsewhere than where the run was', async () => {
    const world = await worldWithRun('disassociate');
    const elsewhere = ['--catalog', 'Sandbox', '--endpoint-url', 'http://127.0.0.1:9'];
    await expect(world.run('undo', world.at('people.results.csv'), ...elsewhere)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('was run on catalog Sandbox at emulator') as string,
    });
  });

  it('is refused while the run is under way', async () => {
    const world = await worldWithRun('disassociate', '--limit', '1');
    const { disk, machine, clock } = world.world;
    const request = { purpose: 'disassociate people.csv', refusal: 'run_held' } as const;
    await acquireLock(world.at('people.oppsweep/lock'), request, { disk, machine, wallMs: clock.wallMs });
    await expect(world.run('undo', world.at('people.oppsweep'), ...EMULATOR)).rejects.toMatchObject({
      code: 'run_held',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
  });
});
