import { describe, expect, it } from 'vitest';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { column } from '../stage/results-file.ts';
import type { Test } from '../stage/work-folder.ts';

const HELD = [
  ['O1', 'Solutions', 'S-0000001'],
  ['O1', 'AwsProducts', 'AmazonEC2'],
  ['O2', 'Solutions', 'S-0000001'],
] as const;

async function stageFor(test: Test, ...exported: readonly string[]): Promise<FileStage> {
  const stage = await setFileStage(test, { job: [['Opportunity ID'], ['O1'], ['O2'], ['O3']], held: HELD });
  const args = ['export', 'job.csv', '--catalog', 'Sandbox', '--read-rate', 'unlimited', '-o', 'now.csv'];
  await runHere([...args, ...exported], stage.surroundings);
  return stage;
}

describe('an export as an input', () => {
  it('of all that opportunities hold is refused, unless it is said what is meant', async (test) => {
    const stage = await stageFor(test);
    const { code, stderr } = await stage.runBuilt('disassociate', 'now.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('now.csv is an export of all that its opportunities hold');
    expect(stderr).toContain('--all-lines');
    expect(await stage.writes()).toEqual([]);
    expect((await stage.run('plan', 'now.csv', '-o', 'plan.csv')).code).toBe(2);
    expect((await stage.run('associate', 'now.csv', '-o', 'associated.csv')).code).toBe(0);
    const some = await stage.run('disassociate', 'now.csv', '--entities', 'S-0000001', '-o', 'some.csv');
    expect(some.code).toBe(0);
    expect(column(stage.results('some.csv'), 'status')).toEqual([
      'disassociated',
      'skipped',
      'disassociated',
    ]);
    expect((await stage.run('disassociate', 'now.csv', '--all-lines')).code).toBe(0);
    expect((await stage.writes()).map(({ what }) => what)).toContain(
      'DisassociateOpportunity O1 AwsProducts AmazonEC2',
    );
  });

  it('of some entities is taken as it stands, while its summary tells so', async (test) => {
    const stage = await stageFor(test, '--entities', 'S-0000001');
    stage.folder.write('copy/now.csv', stage.folder.read('now.csv'));
    expect((await stage.run('disassociate', 'copy/now.csv')).code).toBe(2);
    expect((await stage.run('disassociate', 'now.csv')).code).toBe(0);
    expect(column(stage.results('now.results.csv'), 'status')).toEqual(['disassociated', 'disassociated']);
  });

  it('has lines of opportunities that hold nothing: they are left out, and stay so', async (test) => {
    const stage = await stageFor(test, '--include-empty');
    const empty = stage.folder.read('now.csv').replace(/^O2,.*$/m, 'O2,,,,,,,,');
    stage.folder.write('now.csv', empty);
    expect((await stage.run('disassociate', 'now.csv', '--all-lines')).code).toBe(0);
    const lines = stage.results('now.results.csv');
    expect(column(lines, 'status')).toEqual(['disassociated', 'disassociated', 'skipped']);
    expect(lines[2]).toMatchObject({
      opportunity_id: 'O2',
      message: 'Left out: the line names no identifier.',
    });
    const again = await stage.run('disassociate', 'now.results.csv', '--only', 'skipped');
    expect(again.code).toBe(0);
    expect(column(stage.results('now.again.results.csv'), 'status')).toContain('skipped');
  });

  it('of what nobody holds has no rows: whatever is made of it has nothing to do', async (test) => {
    const stage = await stageFor(test, '--entities', 'S-0000077');
    const here = (...args: readonly string[]) =>
      runHere([...args, '--catalog', 'Sandbox', '-o', `${args[0]}.csv`], stage.surroundings);
    const before = await here('export', 'now.csv');
    expect([before.code, before.stderr]).toEqual([
      0,
      expect.stringContaining('it has no rows: there is nothing to do') as string,
    ]);
    const plan = await here('plan', 'now.csv');
    expect([plan.code, plan.stderr]).toEqual([
      0,
      expect.stringContaining('there is nothing to do') as string,
    ]);
    expect(plan.stderr).not.toContain('Run it');
  });
});
