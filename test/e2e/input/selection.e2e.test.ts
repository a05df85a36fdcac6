import { describe, expect, it } from 'vitest';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { column } from '../stage/results-file.ts';
import type { Test } from '../stage/work-folder.ts';

const JOB = [
  ['Opportunity ID', 'Solution ID', 'Decision'],
  ['O1', 'S-0000001', 'remove'],
  ['O2', 'S-0000001', 'keep'],
  ['O3', 'S-0000002', 'remove'],
  ['not yet known', '', 'keep'],
  ['O1', 'S-0000002', 'remove'],
];

const HELD = [
  ['O1', 'Solutions', 'S-0000001'],
  ['O2', 'Solutions', 'S-0000001'],
  ['O3', 'Solutions', 'S-0000002'],
  ['O1', 'Solutions', 'S-0000002'],
] as const;

function stageFor(test: Test): Promise<FileStage> {
  return setFileStage(test, { job: JOB, held: HELD });
}

describe('a selection of rows', () => {
  it('sends the rows that are meant alone; each other row says which option and which cell left it out', async (test) => {
    const stage = await stageFor(test);
    const { code, stderr } = await stage.runBuilt('disassociate', 'job.csv', '--where', 'Decision=Remove');
    expect(code).toBe(0);
    expect(stderr).toContain('3 valid, 2 left out, as asked for (skipped)');
    expect(column(stage.results(), 'status')).toEqual([
      'disassociated',
      'skipped',
      'disassociated',
      'skipped',
      'disassociated',
    ]);
    expect(stage.results()[3]).toMatchObject({
      exception: '',
      message: 'Left out by --where (Decision=Remove): its cell in column "Decision" is "keep".',
      attempts: '0',
    });
    expect(await stage.writes()).toHaveLength(3);
  });

  it('is a term of the run: other rows are refused, the same go on', async (test) => {
    const stage = await stageFor(test);
    const selected = ['--where', 'Decision=remove', '--entities', 'S-0000002'];
    const first = await stage.run('disassociate', 'job.csv', ...selected, '--limit', '1');
    expect(first.code).toBe(3);
    for (const other of [[], selected.slice(0, 2), [...selected.slice(0, 3), 'S-0000001']]) {
      const { code, stderr } = await stage.run('disassociate', 'job.csv', ...other);
      expect(code).toBe(2);
      expect(stderr).toContain('was begun with');
    }
    expect(await stage.writes()).toHaveLength(1);
    const { code } = await stage.run('disassociate', 'job.csv', ...selected);
    expect(code).toBe(0);
    expect((await stage.writes()).map(({ what }) => what)).toEqual([
      'DisassociateOpportunity O3 Solutions S-0000002',
      'DisassociateOpportunity O1 Solutions S-0000002',
    ]);
  });

  it('of results leaves the other rows their line; a skipped row goes only where --only names it', async (test) => {
    const stage = await stageFor(test);
    await stage.run('disassociate', 'job.csv', '--entities', 'S-0000001');
    const again = await stage.run('disassociate', 'job.results.csv', '--where', 'Opportunity ID=O3');
    expect(again.code).toBe(0);
    expect(await stage.writes()).toHaveLength(2);
    expect(column(stage.results('job.again.results.csv'), 'message')[2]).toContain('--entities');
    const skipped = ['--only', 'skipped', '--where', 'Opportunity ID=O3', '-o', 'third.csv'];
    expect((await stage.run('disassociate', 'job.results.csv', ...skipped)).code).toBe(0);
    expect(column(stage.results('third.csv'), 'status')).toEqual([
      'disassociated',
      'disassociated',
      'disassociated',
      'skipped',
      'skipped',
    ]);
    expect((await stage.writes()).slice(2)).toMatchObject([
      { what: 'DisassociateOpportunity O3 Solutions S-0000002' },
    ]);
  });

  it('takes back a part of what a run did', async (test) => {
    const stage = await stageFor(test);
    await stage.run('disassociate', 'job.csv', '--where', 'Decision=remove');
    const nothing = await stage.run('undo', 'job.results.csv', '--where', 'Decision=keep');
    expect(nothing.stderr).toContain('no row meets all that was asked for');
    const { code } = await stage.run('undo', 'job.results.csv', '--entities', 'S-0000001');
    expect(code).toBe(0);
    expect((await stage.writes()).slice(3)).toMatchObject([
      { what: 'AssociateOpportunity O1 Solutions S-0000001' },
    ]);
    const more = await stage.run('undo', 'job.results.csv', '--entities', 'S-0000002');
    expect(more).toMatchObject({ code: 2 });
    expect(more.stderr).toContain('was begun with entities ');
  });

  it('that can not be meant is refused with what there is, and nothing is sent', async (test) => {
    const stage = await stageFor(test);
    const refused = [
      [['--where', 'Decision'], 'without = or !='],
      [['--where', 'Decisions=keep'], 'There is no column "Decisions"'],
      [['--where', 'Decision=keeep'], 'There are: "remove", "keep".'],
      [['--where', 'Decision="keep'], 'no line of CSV'],
      [['--entities', 'S-0000003'], 'There are: "S-0000001", "S-0000002"'],
      [['--entities', ','], 'one value or more'],
      [['--where', 'Decision=keep', '--where', 'Opportunity ID=O3'], 'All 5 rows would be left out'],
    ] as const;
    for (const [args, words] of refused) {
      const { code, stderr } = await stage.run('disassociate', 'job.csv', ...args);
      expect(stderr).toContain(words);
      expect(code).toBe(2);
    }
    const where = ['--where', 'Decision=keeep'];
    const check = await runHere(['check', 'job.csv', ...where], stage.surroundings);
    for (const { code, stderr } of [check, await stage.run('plan', 'job.csv', ...where)]) {
      expect(stderr).toContain('No cell in column "Decision" is "keeep"');
      expect(code).toBe(2);
    }
    expect(await stage.emulator.calls()).toEqual([]);
    expect(stage.folder.names().filter((name) => name.includes('job.'))).toEqual(['job.csv']);
  });
});
