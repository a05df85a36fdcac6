import { describe, expect, test } from 'vitest';
import { parseResults } from '../../e2e/stage/results-file.ts';
import { isWrite } from '../../e2e/stage/server-record.ts';
import { hasStores, twoHosts } from '../../e2e/store/hosts.ts';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';

const PACE = ['--catalog', 'Sandbox', '--read-rate', 'unlimited', '--read-lag', '0', '--no-progress'];
const ROWS = 200;

describe.skipIf(postgresFolder() === undefined || !hasStores)('a holder that stands still', () => {
  const postgres = postgresForFile();

  test('for longer than its word lasts makes no call once it goes on: another has taken over', async (task) => {
    const { stage, first, second } = await twoHosts(task, ROWS, await postgres.database());
    const writes = async (): Promise<number> => (await stage.emulator.calls()).filter(isWrite).length;
    const stopped = first.start('disassociate', 'people.csv', ...PACE, '--rate', '100');
    while ((await writes()) < 5);
    stopped.send('SIGSTOP');
    const takeOver = (): ReturnType<typeof second.run> =>
      second.run('disassociate', '--run', 'people', ...PACE, '--rate', '200');
    let taken = await takeOver();
    while (taken.code === 3) taken = await takeOver();
    const before = await writes();
    stopped.send('SIGCONT');
    const ended = await stopped.ended;
    const late = (await writes()) - before;
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('Stopped (run_taken_over): ');
    // One may have passed the gate already, on its way to the socket.
    expect(late).toBeLessThanOrEqual(1);
    expect(await stage.emulator.held()).toEqual([]);
    expect(taken.code).toBe(0);
    expect(parseResults(second.folder.read('people.results.csv'))).toHaveLength(ROWS);
  });
});
