import { describe, expect, test } from 'vitest';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { askDirectly } from '../../store/postgres/homes.ts';
import { fleetStage, SECRET } from '../stage/fleet-stage.ts';
import { parseResults } from '../stage/results-file.ts';
import { isWrite } from '../stage/server-record.ts';
import { hasStores } from './hosts.ts';

const ROWS = 4;
const SIZE = { accounts: 3, rows: ROWS };
const PACE = ['--catalog', 'Sandbox', '--rate', '50', '--read-rate', 'unlimited', '--read-lag', '0'];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a fleet', () => {
  const postgres = postgresForFile();

  test('is submitted whole, worked at by two workers, each row once, and gives results of each account', async (task) => {
    const url = await postgres.database();
    const { oppsweep, folder, emulator, accounts } = await fleetStage(task, url, SIZE);
    expect((await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE)).code).toBe(0);
    const waiting = await oppsweep('fleet', 'status');
    expect(waiting).toMatchObject({ code: 4, stdout: expect.stringContaining('3 waiting') as string });

    expect((await oppsweep('fleet', 'stop', '111122223303/fleet')).code).toBe(0);
    const drained = await Promise.all([oppsweep('worker', '--drain'), oppsweep('worker', '--drain')]);
    expect(drained.map(({ code }) => code)).toEqual([0, 0]);
    expect((await oppsweep('fleet', 'status')).code).toBe(3);
    expect((await oppsweep('fleet', 'results', 'fleet', '-o', 'out')).code).toBe(3);

    expect((await oppsweep('fleet', 'resume', 'fleet')).stderr).toContain('111122223303/fleet queued');
    expect((await oppsweep('worker', '--drain')).code).toBe(0);
    const status = await oppsweep('fleet', 'status', '--json');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({
      accounts: accounts.map((account) => ({ account, state: 'finished', rowsDone: ROWS, rowsLeft: 0 })),
    });
    expect((await oppsweep('fleet', 'results', 'fleet', '-o', 'out')).code).toBe(0);
    for (const account of accounts) {
      const lines = parseResults(folder.read(`out/${account}/fleet.results.csv`));
      expect(lines.map(({ status: word }) => word)).toEqual(
        Array.from({ length: ROWS }, () => 'disassociated'),
      );
    }
    expect((await emulator.calls()).filter(isWrite)).toHaveLength(ROWS * accounts.length);
    expect(await emulator.held()).toEqual([]);
    const kept = await askDirectly(url, 'select r.*, f.options from oppsweep.fleet_run r, oppsweep.fleet f');
    const jobs = await askDirectly(url, 'select * from oppsweep_queue.job');
    expect(JSON.stringify([kept, jobs])).not.toContain(SECRET);
  });

  test('is not queued where one file or one account is not good; each is named, and nothing was asked', async (task) => {
    const { oppsweep, folder, accounts } = await fleetStage(task, await postgres.database(), SIZE);
    folder.write(
      'in/fleet.csv',
      `account,profile,file\n${accounts[0]},p${accounts[1]},${accounts[0]}.csv\n,p${accounts[1]},gone.csv\n`,
    );
    const refused = await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/row 2: The row is account 111122223301's, and profile p111122223302/);
    expect(refused.stderr).toMatch(/row 3: .*gone\.csv/);
    expect((await oppsweep('fleet', 'status')).stderr).toContain('There is no fleet');
    const unasked = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--catalog', 'AWS');
    expect(unasked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no terminal to ask in') as string,
    });
  });

  test('parks the run whose account is denied, and only that one', async (task) => {
    const { oppsweep, emulator } = await fleetStage(task, await postgres.database(), SIZE);
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
    await emulator.script([{ kind: 'denied', operation: 'GetCallerIdentity', times: 1 }]);
    expect((await oppsweep('worker', '--drain', '--runs', '1')).code).toBe(0);
    const { stdout, code } = await oppsweep('fleet', 'status');
    expect(code).toBe(3);
    expect(stdout).toMatch(/1 parked, 2 finished/);
    expect(stdout).toContain('credentials_refused');
  });
});
