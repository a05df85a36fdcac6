import { describe, expect, it } from 'vitest';
import { associationsOf, linesOf, ofExport, readsOf, setExportStage } from '../stage/export-stage.ts';

describe('the words of an export', () => {
  it('shows how the file of opportunities was read, and what of it is no row', async (task) => {
    const { folder, run } = await setExportStage(task, 5);
    folder.write(
      'ids.csv',
      'Opportunities of today\nOpportunity ID,Note\nO1000001,x\n,y\nO1000002,z\nTotal,2\n',
    );
    const { code, stderr } = await run('ids.csv');
    expect([code, stderr]).toEqual([0, stderr]);
    for (const line of [
      'ids.csv: UTF-8, comma, LF, 2 rows',
      '  opportunity  column "Opportunity ID"',
      '  1 row without an opportunity left out (row 4)',
      '  1 row below the table left out (row 6)',
      '  the header stands in row 2; 1 row above it left out: "Opportunities of today"',
    ]) {
      expect(stderr.split('\n')).toContain(line);
    }
    expect(folder.names()).not.toContain('ids.export.unread.csv');
  });

  it('refuses stages that there are not before anything, and leaves nothing in the way', async (task) => {
    const { folder, emulator, run } = await setExportStage(task, 5);
    const { code, stderr } = await run('-o', 'now.csv', '--stage', 'Lanched');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean Launched?')]);
    expect([ofExport(folder), await readsOf(emulator)]).toEqual([[], 0]);
    // What only the service can refuse leaves nothing, either.
    await emulator.script([{ kind: 'validation', times: 1, operation: 'ListOpportunities' }]);
    const refused = await run('-o', 'now.csv');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('nothing is kept')]);
    expect(refused.stderr).not.toContain('Go on');
    expect((await run('-o', 'now.csv', '--stage', 'Launched')).code).toBe(0);
  });

  it('says which entity nobody holds, and which is nearly that', async (task) => {
    const { run } = await setExportStage(task, 5);
    const { code, stderr } = await run('-o', 'now.csv', '--entities', 'S-9-000001');
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(
        'No opportunity that was read holds "S-9-000001". Nearly: "S-9000001"; was that meant?',
      ),
    ]);
  });

  it('stops at the daily quota of reads that it is given, and goes on', async (task) => {
    const { folder, run } = await setExportStage(task, 20);
    const stopped = await run('-o', 'now.csv', '--daily-read-quota', '10', '--no-wait');
    expect([stopped.code, stopped.stderr]).toEqual([3, expect.stringContaining('quota_reached')]);
    expect((await run('-o', 'now.csv')).code).toBe(0);
    expect(linesOf(folder.read('now.csv'))).toEqual(associationsOf(folder));
  });
});
