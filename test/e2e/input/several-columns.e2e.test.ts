import { describe, expect, it } from 'vitest';
import { setFileStage } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { column } from '../stage/results-file.ts';

const JOB = [
  ['Id', 'RelatedEntityIdentifiers.AwsProducts[0]', 'RelatedEntityIdentifiers.Solutions[0]'],
  ['O1', 'AmazonEC2', 'S-0000001'],
  ['O2', '', ''],
  ['O3', '', 'S-0000001'],
];
const HELD = [
  ['O1', 'AwsProducts', 'AmazonEC2'],
  ['O1', 'Solutions', 'S-0000001'],
  ['O3', 'Solutions', 'S-0000001'],
] as const;

describe('several columns of identifiers', () => {
  it('make one call an identifier, each with its line; stopped between two of a row, it goes on', async (test) => {
    const stage = await setFileStage(test, { job: JOB, held: HELD });
    const first = await stage.runBuilt('disassociate', 'job.csv', '--all-lines', '--limit', '1');
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('one call an identifier');
    expect((await stage.run('disassociate', 'job.csv', '--all-lines')).code).toBe(0);
    const lines = stage.results();
    expect(column(lines, 'row')).toEqual(['2', '2', '3', '4']);
    expect(column(lines, 'status')).toEqual(['disassociated', 'disassociated', 'skipped', 'disassociated']);
    expect(column(lines, 'entity_id')).toEqual(['AmazonEC2', 'S-0000001', '', 'S-0000001']);
    expect((await stage.run('undo', 'job.results.csv', '--entities', 'AmazonEC2')).code).toBe(0);
    expect((await stage.writes()).slice(3)).toMatchObject([
      { what: 'AssociateOpportunity O1 AwsProducts AmazonEC2' },
    ]);
    const again = await stage.run('disassociate', 'job.results.csv', '--only', 'disassociated');
    expect(again.code).toBe(0);
    expect(column(stage.results('job.again.results.csv'), 'status')).toEqual([
      'disassociated',
      'already_absent',
      'skipped',
      'already_absent',
    ]);
  });

  it('that a list was flattened into name all that is held: refused, unless it is said what is meant', async (test) => {
    const stage = await setFileStage(test, { job: JOB, held: HELD });
    const named = ['--entity-column', 'RelatedEntityIdentifiers.Solutions[0]'];
    for (const replace of [[], ['--replace-with', 'S-0000002'], ['--entity-type', 'AwsProducts']]) {
      const { code, stderr } = await stage.run('disassociate', 'job.csv', ...replace);
      expect(code).toBe(2);
      expect(stderr).toContain('job.csv lists all that its opportunities hold');
      expect(stderr).toContain('--all-lines');
    }
    expect(await stage.writes()).toEqual([]);
    expect((await stage.run('plan', 'job.csv', '-o', 'plan.csv')).code).toBe(2);
    const some = await stage.run('disassociate', 'job.csv', '--entities', 'AmazonEC2', '-o', 'some.csv');
    expect(some.code).toBe(0);
    await stage.run('disassociate', 'job.csv', ...named, '--entity-type', 'Solutions', '-o', 'named.csv');
    expect((await stage.writes()).map(({ what }) => what).toSorted()).toEqual([
      'DisassociateOpportunity O1 AwsProducts AmazonEC2',
      'DisassociateOpportunity O1 Solutions S-0000001',
      'DisassociateOpportunity O3 Solutions S-0000001',
    ]);
  });

  it('are named one by one; a cleaned file has one', async (test) => {
    const stage = await setFileStage(test, {
      job: [
        ['Opportunity ID', 'First', 'Second'],
        ['O1', 'AmazonEC2', 'S-0000001'],
      ],
      held: HELD,
    });
    const named = ['--entity-column', 'First', '--entity-column', 'Second', '--entity-type', 'Solutions'];
    const { code, stderr } = await stage.run('disassociate', 'job.csv', ...named);
    expect(code).toBe(1);
    expect(stderr).toContain('columns "First", "Second"');
    expect(column(stage.results(), 'status')).toEqual(['invalid', 'disassociated']);
    const other = await stage.run('disassociate', 'job.csv', ...named.slice(0, 2), ...named.slice(4));
    expect(other.code).toBe(2);
    const fixed = ['check', 'job.csv', ...named, '--fixed', 'fixed.csv'];
    const refused = await runHere(fixed, stage.surroundings);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('several columns of identifiers');
  });
});
