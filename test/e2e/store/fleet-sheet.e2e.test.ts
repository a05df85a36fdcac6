import { describe, expect, test } from 'vitest';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { textWith } from '../../text-with.ts';
import { fleetStage } from '../stage/fleet-stage.ts';
import { isWrite } from '../stage/server-record.ts';
import { hasStores } from './hosts.ts';

const ROWS = 4;
const PACE = ['--catalog', 'Sandbox', '--rate', '50', '--read-rate', 'unlimited', '--read-lag', '0'];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a fleet', () => {
  const postgres = postgresForFile();

  test('of one sheet does the rows that a condition means, whether or not an account has some', async (task) => {
    const { oppsweep, emulator, folder, accounts } = await fleetStage(task, await postgres.database(), {
      accounts: 3,
      rows: ROWS,
    });
    const rows = accounts.flatMap((account, n) =>
      folder
        .read(`in/${account}.csv`)
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => `p${account},${'abc'[n]},${row}`),
    );
    const [header = ''] = folder.read(`in/${accounts[0]}.csv`).split('\n');
    folder.write('all.csv', [`AWS Account,Note,${header}`, ...rows, ''].join('\n'));
    const meant = ['--account-column', 'AWS Account', '--where', 'Note=a,b'];
    expect((await oppsweep('fleet', 'submit', 'all.csv', ...meant, ...PACE)).code).toBe(0);
    expect((await oppsweep('worker', '--drain')).code).toBe(0);
    expect((await emulator.calls()).filter(isWrite)).toHaveLength(2 * ROWS);
    const verified = await oppsweep('status', '--run', `${accounts[2]}/all`, '--verify');
    expect(verified).toMatchObject({ code: 0, stdout: textWith(/4 rows:\n +4 {2}skipped/) });
  });
});
