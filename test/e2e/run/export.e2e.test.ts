import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../stage/program.ts';
import { runHere } from '../stage/program-here.ts';
import { startStageEmulator, type StageEmulator } from '../stage/stage-emulator.ts';
import { associationsOf, linesOf, ofExport, readsOf, setExportStage } from '../stage/export-stage.ts';

const FAULTS = ['throttle', 'error', 'reset', 'unavailable', 'garbage', 'gzip'] as const;

describe('oppsweep export', () => {
  it('writes the whole pipeline, one read an opportunity and one a page, as it stands', async (task) => {
    const { folder, emulator, runBuilt } = await setExportStage(task, 250);
    const { code, stderr } = await runBuilt('-o', 'now.csv');
    expect([code, stderr.match(/Exported: .*$/m)?.[0]]).toEqual([
      0,
      'Exported: 267 lines of 200 opportunities, out of 250 read.',
    ]);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
    expect(ofExport(folder)).toEqual(['now.csv', 'now.summary.json']);
    const { operations } = await emulator.counts();
    expect([operations.GetOpportunity.received, operations.ListOpportunities.received]).toEqual([250, 3]);
  });

  it('gives the service the filters that it has, and applies the others to what is read', async (task) => {
    const { folder, emulator, run } = await setExportStage(task, 60);
    const filters = ['--review-status', 'In review', '--customer', '"Customer, 0","Customer, 1"'];
    await run('-o', 'now.csv', ...filters, '--entities', 'S-9000001');
    const expected = associationsOf(folder).filter(
      (line) => /In review,"Customer, [01]"/.test(line) && line.includes('S-9000001'),
    );
    expect(linesOf(folder.read('now.csv'))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
    const read = (await emulator.calls()).filter(({ operation }) => operation === 'GetOpportunity');
    expect(read.length).toBeLessThan(10);
  });

  it('reads the opportunities that a file names, and lists those that can not be read', async (task) => {
    const { folder, run } = await setExportStage(task, 10);
    folder.write('ids.csv', 'Opportunity ID,Note\nO1000003,x\nO404,y\nnone,z\nO1000001,\nO1000005,\n');
    const { code, stderr } = await run('ids.csv', '--include-empty');
    expect(code).toBe(1);
    expect(stderr).toContain('2 opportunities could not be read: ids.export.unread.csv says why.');
    expect(linesOf(folder.read('ids.export.csv')).map((line) => line.split(',').slice(0, 3).join())).toEqual([
      'O1000003,Solutions,S-0000003',
      'O1000001,Solutions,S-0000001',
      'O1000001,Solutions,S-9000001',
      'O1000005,,',
    ]);
    expect(linesOf(folder.read('ids.export.unread.csv')).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['O404', 'ResourceNotFoundException'],
      ['none', 'InvalidRow'],
    ]);
    const summary: unknown = JSON.parse(folder.read('ids.export.summary.json'));
    expect(summary).toMatchObject({
      command: 'export',
      counts: { opportunities: 5, read: 3, unread: 2, empty: 1, written: 3, lines: 4 },
    });
  });

  it('is the same file, killed three times on the way, and what was kept is not read again', async (task) => {
    const { folder, emulator, start, run } = await setExportStage(task, 170, ['--latency', '20']);
    for (let kill = 1; kill <= 3; kill += 1) {
      const running = start('-o', 'now.csv', '--concurrency', '2');
      await expect.poll(async () => readsOf(emulator), { timeout: 60_000 }).toBeGreaterThanOrEqual(kill * 30);
      running.send('SIGKILL');
      await running.ended;
      expect(ofExport(folder).filter((name) => !name.startsWith('now.export/'))).toEqual([]);
    }
    expect((await run('-o', 'now.csv')).code).toBe(0);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
    expect(ofExport(folder)).toEqual(['now.csv', 'now.summary.json']);
    // What was under way at a kill is read again: six at most.
    expect(await readsOf(emulator)).toBeLessThanOrEqual(170 + 3 * 6);
  });

  it('stops at Ctrl-C with 130, and the same command goes on', async (task) => {
    const { folder, emulator, start, run } = await setExportStage(task, 60, ['--latency', '20']);
    const running = start('-o', 'now.csv', '--concurrency', '1');
    await expect.poll(() => readsOf(emulator), { timeout: 60_000 }).toBeGreaterThanOrEqual(10);
    running.send('SIGINT');
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([130, expect.stringMatching(/Go on: {2}oppsweep export -o now\.csv/)]);
    const again = await run('-o', 'now.csv', '--concurrency', '1');
    expect([again.code, again.stderr]).toEqual([
      0,
      expect.stringContaining('Going on with the export begun'),
    ]);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
  });

  it('begins the list again where a page token is refused, and not the reads', async (task) => {
    const { folder, emulator, run } = await setExportStage(task, 250);
    await emulator.script([{ kind: 'bad-token', times: 1 }]);
    expect((await run('-o', 'now.csv')).code).toBe(0);
    const { operations } = await emulator.counts();
    expect([operations.GetOpportunity.received, operations.ListOpportunities.received]).toEqual([250, 5]);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
  });

  it('tries again what the service is in no state to answer', async (task) => {
    const { folder, emulator, run } = await setExportStage(task, 40);
    await emulator.script(
      FAULTS.flatMap((kind, index) => [
        { kind, times: 2, operation: 'GetOpportunity', opportunityId: `O${1_000_003 + 5 * index}` } as const,
        { kind, times: 1, operation: 'ListOpportunities' } as const,
      ]),
    );
    expect((await run('-o', 'now.csv', '--max-attempts', '12')).code).toBe(0);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
  });

  it('denied from the first opportunity on, stops with 3 and keeps what it has', async (task) => {
    const { folder, emulator, run } = await setExportStage(task, 20);
    await emulator.script([{ kind: 'denied', times: 'always', operation: 'GetOpportunity' }]);
    const { code, stderr } = await run('-o', 'now.csv');
    expect([code, stderr]).toEqual([3, expect.stringContaining('access_denied')]);
    await emulator.clearScript();
    expect((await run('-o', 'now.csv')).code).toBe(0);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
  });

  it('shares the reads with a run that is under way: neither holds the other up', async (task) => {
    const { folder, emulator, surroundings, run } = await setExportStage(task, 40, ['--latency', '5']);
    folder.write('some.csv', 'Opportunity ID,Related Entity\nO1000002,S-0000002\nO1000003,S-0000003\n');
    const removing = startProgram(
      ['disassociate', 'some.csv', '--catalog', 'Sandbox', '--rate', '0.5', '--read-rate', '20'],
      surroundings,
    );
    await expect.poll(() => changesOf(emulator), { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
    const exported = await run('-o', 'now.csv', '--read-rate', '20');
    expect([exported.code, exported.stderr]).toEqual([0, exported.stderr]);
    expect((await removing.ended).code).toBe(0);
    expect(linesOf(folder.read('now.csv')).length).toBeGreaterThan(30);
  });

  it('is an input of other commands as it stands, and a seed', async (task) => {
    const { folder, run, surroundings } = await setExportStage(task, 12);
    await run('-o', 'now.csv', '--include-empty');
    const again = await startStageEmulator(task, folder.at('now.csv'), []);
    const theirs = (await again.held()).toSorted();
    expect(theirs).toEqual(
      associationsOf(folder)
        .map((line) => line.split(',').slice(0, 3).join(' '))
        .toSorted(),
    );
    await run('-o', 'some.csv', '--entities', 'S-9000001');
    const checked = await runHere(['check', 'some.csv'], surroundings);
    expect([checked.code, checked.stderr + checked.stdout]).toEqual([0, expect.stringContaining('3 valid')]);
  });
});

describe('an export that can not be meant', () => {
  it.each([
    ['without a name', [], 'The export has no name.'],
    ['with filters and a file', ['ids.csv', '--stage', 'Launched'], 'filters of the pipeline are given, too'],
    ['of eleven customers', ['-o', 'x.csv', '--customer', 'a,b,c,d,e,f,g,h,i,j,k'], 'more than 10 values'],
    ['since no date', ['-o', 'x.csv', '--modified-after', 'yesterday'], 'It takes a date'],
    ['of no type', ['-o', 'x.csv', '--types', 'Gadgets'], 'is no entity type'],
    ['of a stage that there is not', ['-o', 'x.csv', '--stage', 'Proposal'], '"Proposal" is none of them'],
    ['of a file that is not there', ['absent.csv'], 'There is no file absent.csv'],
    ['of a file without opportunities', ['note.csv'], 'No column of opportunities was found'],
  ])('%s is exit code 2 and a sentence; nothing is read', async (_, args, sentence) => {
    const { folder, emulator, run } = await setExportStage({ onTestFinished }, 3);
    folder.write('ids.csv', 'Opportunity ID\nO1000001\n');
    folder.write('note.csv', 'Customer,Note\nAcme,x\n');
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect((await emulator.counts()).operations.GetOpportunity.received).toBe(0);
  });

  it('in the place of a file that is there is refused, and --restart sets that aside', async (task) => {
    const { folder, run } = await setExportStage(task, 3);
    folder.write('now.csv', 'mine');
    const refused = await run('-o', 'now.csv');
    expect([refused.code, folder.read('now.csv')]).toEqual([2, 'mine']);
    expect((await run('-o', 'now.csv', '--restart')).code).toBe(0);
    const aside = ofExport(folder).find((name) => /^now\.\d{4}-.*\.csv$/.test(name)) ?? '';
    expect(folder.read(aside)).toBe('mine');
  });

  it('of other terms than the one under way is refused, with what changed', async (task) => {
    const { emulator, run } = await setExportStage(task, 5);
    await emulator.script([{ kind: 'denied', times: 'always', operation: 'GetOpportunity' }]);
    expect((await run('-o', 'now.csv')).code).toBe(3);
    const { code, stderr } = await run('-o', 'now.csv', '--types', 'Solutions');
    expect([code, stderr]).toEqual([2, expect.stringContaining('selection changed')]);
  });
});

async function changesOf(emulator: StageEmulator): Promise<number> {
  return (await emulator.counts()).operations.DisassociateOpportunity.changed;
}
