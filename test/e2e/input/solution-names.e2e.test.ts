import { describe, expect, it } from 'vitest';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { runProgram } from '../stage/program.ts';
import { column } from '../stage/results-file.ts';
import { makeWorkFolder, type Test } from '../stage/work-folder.ts';

const SOLUTIONS =
  'Id,Name,Status,AwsMarketplaceSolutionArn\nS-0000001,Acme Cloud,Active,\nS-0000002,Birch,Inactive,\nS-0000003,Cedar,Active,\nS-0000004,cedar,Active,\n';
const JOB = [
  ['Opportunity ID', 'Solution Offered'],
  ['O1', 'acme cloud'],
  ['O2', 'Birch'],
  ['O3', 'Cedar'],
  ['O4', 'Acme Clud'],
];
const HELD = [
  ['O1', 'Solutions', 'S-0000001'],
  ['O2', 'Solutions', 'S-0000002'],
  ['O3', 'Solutions', 'S-0000003'],
  ['O4', 'Solutions', 'S-0000001'],
] as const;

async function stageFor(test: Test): Promise<FileStage> {
  const folder = makeWorkFolder(test);
  folder.write('solutions.csv', SOLUTIONS);
  return setFileStage(test, { job: JOB, held: HELD }, ['--solutions', folder.at('solutions.csv')]);
}

describe('names of solutions in place of identifiers', () => {
  it('are looked up once, kept in the run, and known to its undo and to its results', async (test) => {
    const stage = await stageFor(test);
    const checked = await runProgram(['check', 'job.csv'], stage.surroundings);
    expect(checked.code).toBe(1);
    expect(checked.stderr).toContain('oppsweep plan job.csv --catalog AWS');
    const first = await stage.run('disassociate', 'job.csv', '--limit', '1');
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('1 row whose solution is not active (row 3)');
    expect((await stage.run('disassociate', 'job.csv')).code).toBe(1);
    const listings = (await stage.emulator.calls()).filter(({ operation }) => operation === 'ListSolutions');
    expect(listings).toHaveLength(1);
    const lines = stage.results();
    expect(column(lines, 'status')).toEqual(['disassociated', 'disassociated', 'invalid', 'invalid']);
    expect(column(lines, 'entity_id').slice(0, 2)).toEqual(['S-0000001', 'S-0000002']);
    expect(lines[2]?.message).toContain('S-0000003 (Active) and S-0000004 (Active)');
    expect(lines[3]?.message).toContain('Acme Cloud');
    stage.folder.write(
      'job.results.csv',
      stage.folder.read('job.results.csv').replace('Acme Clud', 'Acme Cloud'),
    );
    const again = await stage.run('disassociate', 'job.results.csv', '--only', 'invalid', '-o', 'again.csv');
    expect(again.code).toBe(1);
    expect(column(stage.results('again.csv'), 'status')).toEqual([
      'disassociated',
      'disassociated',
      'invalid',
      'disassociated',
    ]);
    expect((await stage.run('undo', 'job.results.csv')).code).toBe(1);
    expect(await stage.emulator.held()).toEqual(['O1 Solutions S-0000001', 'O3 Solutions S-0000003']);
  });

  it('are rehearsed with a list of solutions, and told where there is none', async (test) => {
    const stage = await stageFor(test);
    stage.folder.write('solutions.csv', SOLUTIONS);
    const rehearsed = ['disassociate', 'job.csv', '--emulator'];
    const none = await runHere(rehearsed, stage.surroundings);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('The emulator of the rehearsal has no solutions to list.');
    expect(none.stderr).toContain('--emulator-solutions');
    const slip = await runHere([...rehearsed, '--replace-with', 'S-0000002x'], stage.surroundings);
    expect(slip.stderr).toContain(
      '"S-0000002x" has no shape of an identifier, and was to be looked up as the name of one.',
    );
    const given = [...rehearsed, '--emulator-solutions', 'solutions.csv', '-o', 'done.csv'];
    expect((await runHere(given, stage.surroundings)).code).toBe(1);
    expect(column(stage.results('done.csv'), 'status').slice(0, 2)).toEqual([
      'disassociated',
      'disassociated',
    ]);
  });
});
