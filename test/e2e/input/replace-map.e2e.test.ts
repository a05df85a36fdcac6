import { describe, expect, it } from 'vitest';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { column } from '../stage/results-file.ts';
import type { Test } from '../stage/work-folder.ts';

const JOB = [
  ['Opportunity ID', 'Solution ID'],
  ['O1', 'S-0000001'],
  ['O2', 'S-0000002'],
  ['O3', 'S-0000001'],
];
const HELD = [
  ['O1', 'Solutions', 'S-0000001'],
  ['O2', 'Solutions', 'S-0000002'],
  ['O3', 'Solutions', 'S-0000001'],
] as const;

async function stageFor(test: Test, emulatorOptions: readonly string[] = []): Promise<FileStage> {
  const stage = await setFileStage(test, { job: JOB, held: HELD }, emulatorOptions);
  stage.folder.write('map.csv', 'old,new\nS-0000001,S-0000009\n');
  return stage;
}

describe('replacements without a column', () => {
  it('put one in the place of every row’s', async (test) => {
    const stage = await stageFor(test);
    const { code, stderr } = await stage.runBuilt('disassociate', 'job.csv', '--replace-with', 'S-0000009');
    expect(code).toBe(0);
    expect(stderr).toContain('"S-0000009", by --replace-with');
    expect(column(stage.results(), 'status')).toEqual(['replaced', 'replaced', 'replaced']);
    expect(column(stage.results(), 'replacement_id')).toEqual(['S-0000009', 'S-0000009', 'S-0000009']);
    expect(await stage.writes()).toHaveLength(6);
  });

  it('come from a map, which is kept in the run: going on needs no file; undo knows them', async (test) => {
    const stage = await stageFor(test);
    const command = ['disassociate', 'job.csv', '--replace-map', 'map.csv'] as const;
    const first = await stage.run(...command, '--limit', '1');
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('by map.csv (1 pair)');
    expect(first.stderr).toContain('"S-0000002": 1 row');
    stage.folder.write('map.csv', 'old,new\nS-0000001,S-0000008\n');
    for (const other of [['--replace-map', 'other.csv'], ['--replace-with', 'S-0000009'], []]) {
      const { code, stderr } = await stage.run('disassociate', 'job.csv', ...other);
      expect(code).toBe(2);
      expect(stderr).toContain('was begun with replace');
    }
    stage.folder.remove('map.csv');
    expect((await stage.run(...command)).code).toBe(0);
    expect(column(stage.results(), 'status')).toEqual(['replaced', 'skipped', 'replaced']);
    expect(column(stage.results(), 'message')[1]).toBe(
      'Left out by --replace-map: it has nothing for "S-0000002".',
    );
    expect((await stage.run('undo', 'job.results.csv')).code).toBe(0);
    expect(
      (await stage.writes())
        .slice(4)
        .map(({ what }) => what)
        .toSorted(),
    ).toEqual([
      'AssociateOpportunity O1 Solutions S-0000001',
      'AssociateOpportunity O3 Solutions S-0000001',
      'DisassociateOpportunity O1 Solutions S-0000009',
      'DisassociateOpportunity O3 Solutions S-0000009',
    ]);
  });

  it('are paired by the service: old solutions by their Marketplace solutions', async (test) => {
    const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-abc';
    const solutions = `Id,Name,AwsMarketplaceSolutionArn\nS-0000001,Carrier Suite,${arn}\nS-0000002,Old one,\n`;
    const { folder } = await stageFor(test);
    const stage = await stageFor(test, ['--solutions', folder.write('solutions.csv', solutions)]);
    const { code, stderr } = await stage.run('plan', 'job.csv', '--replace-map', 'marketplace');
    expect(code).toBe(0);
    expect(stderr).toContain('"S-0000002": 1 row');
    expect(column(stage.results('job.plan.csv'), 'status')).toEqual([
      'would_replace',
      'skipped',
      'would_replace',
    ]);
    const run = await stage.run('disassociate', 'job.csv', '--replace-map', 'marketplace');
    expect(run.code).toBe(0);
    expect((await stage.writes()).map(({ what }) => what).toSorted()).toEqual([
      `AssociateOpportunity O1 AwsMarketplaceSolutions ${arn}`,
      `AssociateOpportunity O3 AwsMarketplaceSolutions ${arn}`,
      'DisassociateOpportunity O1 Solutions S-0000001',
      'DisassociateOpportunity O3 Solutions S-0000001',
    ]);
  });

  it('are still needed by rows that were left out for want of one, of results and of a plan', async (test) => {
    const stage = await stageFor(test);
    stage.folder.write('wider.csv', 'old,new\nS-0000001,S-0000009\nS-0000002,S-0000008\n');
    const map = ['--replace-map', 'map.csv'] as const;
    expect((await stage.run('plan', 'job.csv', ...map)).code).toBe(0);
    const planned = await stage.run('disassociate', 'job.plan.csv', '--only', 'skipped');
    expect(planned.code).toBe(0);
    expect(planned.stderr).toContain('1 row left out for want of a replacement stays so (skipped)');
    expect(planned.stderr).not.toContain('nothing is attached in the place');
    expect(await stage.writes()).toEqual([]);
    expect((await stage.run('disassociate', 'job.csv', ...map)).code).toBe(0);
    const again = await stage.run('disassociate', 'job.results.csv', '--only', 'skipped');
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('1 row left out for want of a replacement stays so (skipped)');
    const kept = stage.results('job.again.results.csv');
    expect(column(kept, 'status')).toEqual(['replaced', 'skipped', 'replaced']);
    expect(column(kept, 'message')[1]).toContain('it has nothing for "S-0000002"');
    expect(await stage.writes()).toHaveLength(4);
    const wider = ['--only', 'skipped', '--replace-map', 'wider.csv', '-o', 'wider.results.csv'] as const;
    expect((await stage.run('disassociate', 'job.again.results.csv', ...wider)).code).toBe(0);
    expect((await stage.writes()).slice(4).map(({ what }) => what)).toEqual([
      'AssociateOpportunity O2 Solutions S-0000008',
      'DisassociateOpportunity O2 Solutions S-0000002',
    ]);
  });

  it('leave nothing to be said of rows of a plan that are not touched', async (test) => {
    const stage = await stageFor(test);
    expect((await stage.run('plan', 'job.csv', '--replace-map', 'map.csv')).code).toBe(0);
    const { code, stderr } = await stage.run('disassociate', 'job.plan.csv');
    expect(code).toBe(0);
    expect(stderr).not.toContain('without a replacement');
    expect(await stage.writes()).toHaveLength(4);
  });

  it('are not lost with a cell of a plan that is emptied, or with its column', async (test) => {
    const stage = await stageFor(test);
    await stage.run('plan', 'job.csv', '--replace-with', 'S-0000009');
    const plan = stage.folder.read('job.plan.csv');
    stage.folder.write('cell.csv', plan.replace('S-0000002,S-0000009,', 'S-0000002,,'));
    stage.folder.write('column.csv', plan.replace(',replacement_id,', ',').replaceAll(',S-0000009,', ','));
    const cut = await stage.run('disassociate', 'column.csv');
    expect(cut.code).toBe(2);
    expect(cut.stderr).toContain('replacement_id is not there');
    expect(await stage.writes()).toEqual([]);
    expect((await stage.run('disassociate', 'cell.csv')).code).toBe(1);
    const lines = stage.results('cell.results.csv');
    expect(column(lines, 'status')).toEqual(['replaced', 'invalid', 'replaced']);
    expect(column(lines, 'replacement_id')).toEqual(['S-0000009', '?', 'S-0000009']);
    expect(await stage.writes()).toHaveLength(4);
    const given = ['--only', 'invalid', '--replace-with', 'S-0000009'] as const;
    expect((await stage.run('disassociate', 'cell.results.csv', ...given)).code).toBe(0);
    expect((await stage.writes()).slice(4).map(({ what }) => what)).toEqual([
      'AssociateOpportunity O2 Solutions S-0000009',
      'DisassociateOpportunity O2 Solutions S-0000002',
    ]);
  });

  it('say which column is replaced by which, and are refused where nothing tells it', async (test) => {
    const stage = await stageFor(test);
    stage.folder.write('target.csv', 'Target,Source\nS-0000002,S-0000001\n');
    for (const command of ['check', 'plan', 'disassociate']) {
      const args = [command, 'job.csv', '--replace-map', 'target.csv'] as const;
      const { code, stdout, stderr } = await (command === 'check'
        ? runHere(args, stage.surroundings)
        : stage.run(...args));
      expect(code).toBe(0);
      expect(stdout + stderr).toContain(
        'by target.csv (1 pair): "Source" is replaced by "Target", e.g. S-0000001 → S-0000002',
      );
    }
    const sent = await stage.writes();
    stage.folder.write('untold.csv', 'Neu,Alt\nS-0000002,S-0000001\n');
    for (const command of ['check', 'plan', 'disassociate']) {
      const args = [command, 'job.csv', '--replace-map', 'untold.csv'] as const;
      const { code, stderr } = await (command === 'check'
        ? runHere(args, stage.surroundings)
        : stage.run(...args, '-o', `${command}.csv`));
      expect(code).toBe(2);
      expect(stderr).toContain(
        'untold.csv may be read backwards: column "Neu" would be replaced by column "Alt"',
      );
      expect(stderr).toContain('Name the two columns of the map old and new');
    }
    expect(await stage.writes()).toEqual(sent);
  });

  it('that can not be meant are refused, and nothing is sent', async (test) => {
    const stage = await stageFor(test);
    stage.folder.write('one.csv', 'old\nS-0000001\n');
    stage.folder.write('chain.csv', 'old,new\nS-0000001,S-0000002\nS-0000002,S-0000003\n');
    stage.folder.write('column.csv', 'Opportunity ID,Solution ID,Replacement\nO1,S-0000001,S-0000002\n');
    stage.folder.write(
      'circle.csv',
      'Opportunity ID,Solution ID,Replacement\nO1,S-0000001,S-0000002\nO1,S-0000002,S-0000001\n',
    );
    const refused = [
      [['job.csv', '--replace-map', 'none.csv'], 'none.csv'],
      [['job.csv', '--replace-map', 'one.csv'], 'one.csv has one column'],
      [['job.csv', '--replace-map', 'chain.csv'], 'S-0000001 → S-0000002 → S-0000003'],
      [['job.csv', '--replace-map', 'marketplace'], 'None of the 0 solutions'],
      [['job.csv', '--replace-map', 'map.csv', '--replace-with', 'S-0000009'], '--replace-with is given'],
      [['column.csv', '--replace-map', 'map.csv'], 'column "Replacement" gives replacements'],
      [['column.csv', '--replace-with', 'S-0000009'], 'column "Replacement" gives replacements'],
      [['job.csv', '--replace-with', 'two words'], '"two words" is neither an identifier nor'],
      [['job.csv', '--replace-with', 'S-1 S-2'], 'It takes an identifier'],
      [['circle.csv'], 'and row 2 removes it again'],
    ] as const;
    for (const [args, words] of refused) {
      const { code, stderr } = await stage.run('disassociate', ...args);
      expect(stderr).toContain(words);
      expect(code).toBe(2);
    }
    const offline = ['check', 'job.csv', '--replace-map', 'marketplace'];
    expect((await runHere(offline, stage.surroundings)).stderr).toContain('known to the service alone');
    expect(await stage.writes()).toEqual([]);
    expect(stage.folder.names().filter((name) => name.includes('.oppsweep/'))).toEqual([]);
  });
});
