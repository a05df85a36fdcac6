import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../../src/store/files/lock/lock.ts';
import { makeContext, type FakeContext } from '../fake-context.ts';

const EMULATOR = ['--emulator', '--rate', 'unlimited'];

async function contextWithRun(
  command: 'disassociate' | 'plan',
  ...options: readonly string[]
): Promise<FakeContext> {
  const context = makeContext();
  context.write('people.csv', ['Opportunity ID,Entity ID', 'O1,S-0000001', 'O2,S-0000002', ''].join('\n'));
  await context.run(command, context.at('people.csv'), ...EMULATOR, ...options);
  context.said();
  return context;
}

describe('oppsweep undo', () => {
  it('goes on with no undo of another run, whatever its results are called', async () => {
    const context = await contextWithRun('disassociate');
    context.write('others.csv', ['Opportunity ID,Entity ID', 'O3,S-0000003', ''].join('\n'));
    await context.run('disassociate', context.at('others.csv'), ...EMULATOR);
    const output = ['-o', context.at('back.csv')];
    await context.run('undo', context.at('people.results.csv'), ...EMULATOR, ...output, '--limit', '1');
    const other = context.run('undo', context.at('others.results.csv'), ...EMULATOR, ...output);
    await expect(other).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('is that of another run than this command names.') as string,
    });
  });

  it('says what it is about to do and what that costs, and leaves results of its own', async () => {
    const context = await contextWithRun('disassociate');
    // An emulator in which nothing of it is left.
    context.write('held.csv', ['Opportunity ID,Entity ID', 'O1,S-0000011', 'O2,S-0000022', ''].join('\n'));
    const undoing = context.run(
      'undo',
      context.at('people.results.csv'),
      '--emulator-state',
      context.at('held.csv'),
      '--rate',
      '2',
    );
    expect(await undoing).toBe(0);
    expect(context.said().err).toMatch(
      /^To undo .*people\.results\.csv: 2 rows that it changed, newest first; 2 writes\.\n/,
    );
    const [header = '', ...lines] = context.read('people.undo.csv').trimEnd().split('\n');
    expect(header).toMatch(/^Undo by,Undone row,Done at,Opportunity,Entity type,Entity,/);
    expect(lines.every((line) => line.startsWith('associate,') && line.includes(',associated,'))).toBe(true);
    expect(new Set(lines.map((line) => line.split(',')[1]))).toEqual(new Set(['2', '3']));
  });

  it('planned, ends as late as its reads take, where they are slower than its writes', async () => {
    const context = makeContext();
    context.write('people.csv', ['Opportunity ID,Entity ID,Owner', ...rowsOf(9), ''].join('\n'));
    await context.run('disassociate', context.at('people.csv'), ...EMULATOR);
    await context.run('undo', context.at('people.results.csv'), ...EMULATOR, '--read-rate', '0.1', '--plan');
    expect(context.said().err).toMatch(/it would end .* \(in 1 min/);
  });

  it('takes back every row, unlike the others as one may be', async () => {
    const context = makeContext();
    const rows = ['O1,S-0000001', 'O2,S-0000002', 'O3,AmazonEC2', 'O4,S-0000004'];
    const types = rows.map((row) => `${row},${row.includes('EC2') ? 'AwsProducts' : 'Solutions'}`);
    context.write('people.csv', ['Opportunity ID,Entity ID,Entity Type', ...types, ''].join('\n'));
    await context.run('disassociate', context.at('people.csv'), ...EMULATOR);
    const held = ['--emulator-state', context.at('held.csv')];
    context.write(
      'held.csv',
      'Opportunity ID,Entity ID\nO1,S-0000011\nO2,S-0000022\nO3,S-0000033\nO4,S-0000044\n',
    );
    expect(await context.run('undo', context.at('people.results.csv'), ...held)).toBe(0);
    const [, ...lines] = context.read('people.undo.csv').trimEnd().split('\n');
    const attached = lines.map((line) => /,(O\d),.*,associated,/.exec(line)?.[1]);
    expect(attached).toHaveLength(4);
    expect(new Set(attached)).toEqual(new Set(['O1', 'O2', 'O3', 'O4']));
  });

  it('takes back the rows of some statuses, and says how many it leaves out', async () => {
    const context = makeContext();
    context.write(
      'people.csv',
      'Opportunity ID,Entity ID,Replacement\nO1,S-1,S-2\nO2,S-3,\nO3,S-4,\nO4,x,\n',
    );
    await context.run('disassociate', context.at('people.csv'), ...EMULATOR);
    context.said();
    const undo = (...options: string[]): Promise<number> =>
      context.run('undo', context.at('people.results.csv'), ...EMULATOR, ...options);
    await undo('--only', 'disassociated', '--plan');
    const { err } = context.said();
    expect(err).toContain(
      ': 2 of the 3 rows that it changed (the others are left out, and have no line in its results), newest first; 2 writes',
    );
    expect(err).toContain('--only disassociated');
    expect(context.read('people.undo.plan.csv').trimEnd().split('\n')).toHaveLength(3);
    expect(await undo('--only', 'failed')).toBe(0);
    expect(context.said().err).toContain('the run changed nothing in these rows');
    await undo('--entities', 'S-1', '-o', context.at('one.csv'));
    expect(context.said().err).toContain(': 1 of the 3 rows that it changed');
  });

  it('has nothing to do where the run changed nothing', async () => {
    const context = makeContext();
    context.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n');
    context.write('held.csv', 'Opportunity ID,Entity ID\nO1,S-0000002\n');
    const state = ['--emulator-state', context.at('held.csv')];
    await context.run('disassociate', context.at('people.csv'), ...state);
    context.said();
    expect(await context.run('undo', context.at('people.oppsweep'), ...state)).toBe(0);
    expect(context.said().err).toContain('the run changed nothing, so there is nothing to undo');
  });

  it('is refused for a plan, for an undo, and for results without their folder', async () => {
    const context = await contextWithRun('plan');
    await expect(context.run('undo', context.at('people.plan.csv'), ...EMULATOR)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('is of the command plan') as string,
    });
    rmSync(context.at('people.plan.oppsweep'), { recursive: true });
    await expect(context.run('undo', context.at('people.plan.csv'), ...EMULATOR)).rejects.toMatchObject({
      code: 'input_unreadable',
    });
  });

  it('is refused where the run’s folder does not tell what it did any more', async () => {
    const context = await contextWithRun('disassociate', '--limit', '1');
    rmSync(context.at('people.oppsweep/input'));
    await expect(context.run('undo', context.at('people.oppsweep'), ...EMULATOR)).rejects.toMatchObject({
      code: 'state_damaged',
      message: expect.stringContaining('is gone') as string,
    });
    context.write('people.oppsweep/journal.jsonl', '');
    await expect(context.run('undo', context.at('people.oppsweep'), ...EMULATOR)).rejects.toMatchObject({
      code: 'state_damaged',
      message: expect.stringContaining('what the run did is not known') as string,
    });
  });

  it('is refused elsewhere than where the run was', async () => {
    const context = await contextWithRun('disassociate');
    const elsewhere = ['--catalog', 'Sandbox', '--endpoint-url', 'http://127.0.0.1:9'];
    await expect(context.run('undo', context.at('people.results.csv'), ...elsewhere)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('was run on catalog Sandbox at emulator') as string,
    });
  });

  it('is refused while the run is under way', async () => {
    const context = await contextWithRun('disassociate', '--limit', '1');
    const { disk, machine, clock } = context.context;
    const request = { purpose: 'disassociate people.csv', refusal: 'run_held' } as const;
    await acquireLock(context.at('people.oppsweep/lock'), request, { disk, machine, wallMs: clock.wallMs });
    await expect(context.run('undo', context.at('people.oppsweep'), ...EMULATOR)).rejects.toMatchObject({
      code: 'run_held',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
  });
});

describe('an undo of results that somebody has changed', () => {
  it('says that it goes by what the run noted, and of others nothing', async () => {
    const context = await contextWithRun('disassociate');
    const plan = async (): Promise<string> => {
      await context.run('undo', context.at('people.results.csv'), ...EMULATOR, '--plan', '--restart');
      return context.said().err;
    };
    expect(await plan()).not.toContain('changed since');
    const lines = context.read('people.results.csv').split('\n');
    context.write('people.results.csv', lines.filter((line) => !line.startsWith('O2')).join('\n'));
    const err = await plan();
    expect(err).toContain('The results were changed since: undo goes by what the run noted.');
    expect(err).toContain('2 rows that it changed');
  });
});

function rowsOf(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `O${100 + index},S-000000${index},${index % 2 ? 'Bea' : 'Ann'}`,
  );
}
