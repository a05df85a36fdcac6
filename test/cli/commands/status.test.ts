import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunStatus } from '../../../src/run/record/read-status.ts';
import type { Verification } from '../../../src/run/record/verify-run.ts';
import { makeWorld, type FakeWorld } from '../fake-world.ts';

const PEOPLE = [
  'Opportunity ID,Entity ID',
  'O1,S-0000001',
  'O2,S-0000002',
  'O2,S-0000002',
  'O3,nonsense',
  '',
];

/** A world with a run of people.csv in it, up to as many rows as `limit` says. */
async function worldWithRun(...options: readonly string[]): Promise<FakeWorld> {
  const world = makeWorld();
  world.write('people.csv', PEOPLE.join('\n'));
  await world.run('disassociate', world.at('people.csv'), '--emulator', '--rate', 'unlimited', ...options);
  world.said();
  return world;
}

describe('oppsweep status', () => {
  it('tells of a finished run in words, by any of its names', async () => {
    const world = await worldWithRun();
    for (const name of ['people.results.csv', 'people.oppsweep', 'people.oppsweep/results.partial.csv']) {
      expect(await world.run('status', world.at(name))).toBe(0);
      const { out, err } = world.said();
      expect(err).toBe('');
      expect(out).toMatch(/people\.csv: finished \d{4}-/);
      expect(out).toMatch(/4 rows:\n {2}2 {2}disassociated/);
      expect(out).toContain(`Results: ${world.at('people.results.csv')}`);
    }
  });

  it('tells of a stopped run what is done, what is beside it and when the rest would end', async () => {
    const world = await worldWithRun('--limit', '1');
    expect(await world.run('status', world.at('people.results.csv'))).toBe(0);
    const { out } = world.said();
    expect(out).toContain('stopped; no process works on it');
    expect(out).toContain('1 of 2 valid rows done (beside them 1 invalid, 1 duplicate):');
    expect(out).toMatch(/Finish: .*, if it goes on now/);
    expect(out).toContain(`So far: ${world.at('people.oppsweep/results.partial.csv')}`);
  });

  it('prints JSON alone with --json, verification included', async () => {
    const world = await worldWithRun();
    expect(await world.run('status', world.at('people.oppsweep'), '--json', '--verify')).toBe(0);
    const { out, err } = world.said();
    expect(err).toBe('');
    // What the command prints is what readStatus and verifyRun gave it.
    const told = JSON.parse(out) as RunStatus & { readonly verification: Verification };
    expect(told).toMatchObject({ state: 'finished', rowsToRun: 2, verification: { sound: true } });
    expect(told.end?.tally.byStatus).toEqual({ disassociated: 2, duplicate: 1, invalid: 1 });
  });

  it('exits 1 where --verify finds something, and names it', async () => {
    const world = await worldWithRun();
    world.write('people.results.csv', world.read('people.results.csv').replace('S-0000001', 'S-0000009'));
    expect(await world.run('status', world.at('people.oppsweep'), '--verify')).toBe(1);
    expect(world.said().out).toMatch(
      /BAD {2}the results have the SHA-256 they were published with: .+ instead of/,
    );
    rmSync(world.at('people.results.csv'));
    expect(await world.run('status', world.at('people.oppsweep'), '--verify')).toBe(1);
    expect(world.said().out).toContain('BAD  the results have a line for every row: 0 instead of 4');
  });

  it('refuses what is no run', async () => {
    const world = makeWorld();
    await expect(world.run('status', world.at('people.results.csv'))).rejects.toMatchObject({
      code: 'input_unreadable',
    });
  });
});
