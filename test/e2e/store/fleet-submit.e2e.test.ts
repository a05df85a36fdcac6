import { describe, expect, test } from 'vitest';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { textWith } from '../../text-with.ts';
import { fleetStage } from '../stage/fleet-stage.ts';
import { parseResults } from '../stage/results-file.ts';
import { hasStores } from './hosts.ts';

/** Of the last account, which has no profile; with this id it can be assumed. */
const ROLE = 'arn:aws:iam::111122223303:role/partner';
const EXTERNAL_ID = 'customer/1';

const SIZE = { accounts: 3, rows: 4 };
const PACE = ['--catalog', 'Sandbox', '--rate', '50', '--read-rate', 'unlimited', '--read-lag', '0'];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a fleet that is submitted', () => {
  const postgres = postgresForFile();

  test.concurrent('is not queued where one file or one account is not good; each is named, and nothing was asked', async (task) => {
    const { oppsweep, folder, emulator, accounts } = await fleetStage(task, await postgres.database(), SIZE);
    await emulator.demand({ [ROLE]: EXTERNAL_ID });
    folder.write(
      'in/fleet.csv',
      `account,profile,role_arn,external_id,file\n${accounts[0]},p${accounts[1]},,,${accounts[0]}.csv\n` +
        `,p${accounts[1]},,,gone.csv\n,,${ROLE},wrong/2,${accounts[2]}.csv\n`,
    );
    const refused = await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/row 2: The row is account 111122223301's, and profile p111122223302/);
    expect(refused.stderr).toMatch(/row 3: .*gone\.csv/);
    expect(refused.stderr).toContain(`row 4: The role ${ROLE} was refused: AccessDenied: User: `);
    expect(refused.stderr).not.toContain('wrong/2');
    expect((await oppsweep('fleet', 'status')).stderr).toContain('There is no fleet');
    for (const name of ['.x', 'a/b']) {
      const unnamed = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--run', name, ...PACE);
      expect(unnamed).toMatchObject({ code: 2, stderr: textWith('is no name for a fleet') });
    }
    const unasked = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--catalog', 'AWS');
    expect(unasked).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no terminal to ask in') as string,
    });
  });

  test.concurrent('is refused by a name that is taken before anybody is asked, with all else that is wrong', async (task) => {
    const { oppsweep, folder } = await fleetStage(task, await postgres.database(), SIZE);
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
    const taken = /The store .* has a fleet fleet already\./;
    const again = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--catalog', 'AWS', '--yes');
    expect(again).toMatchObject({ code: 2, stderr: textWith(taken) });
    expect(again.stderr).not.toContain('Mend the file');
    expect(again.stderr).not.toContain('to send');
    folder.remove('in/111122223301.csv');
    expect((await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE)).stderr).toMatch(
      new RegExp(`submitted:\\n {2}${taken.source}\\n {2}row 2: There is no file .*\\n.*\\n.* --run`),
    );
  });

  test.concurrent('takes identifiers that only some accounts have, and leaves all else where it is', async (task) => {
    const { oppsweep, emulator } = await fleetStage(task, await postgres.database(), {
      accounts: 2,
      rows: 2,
    });
    const only = ['--entities', 'S-0000003'];
    expect((await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, ...only)).stderr).toContain(
      '1 to send, 0 invalid, 0 duplicate, 3 left out',
    );
    expect((await oppsweep('worker', '--drain')).code).toBe(0);
    expect((await oppsweep('fleet', 'status')).code).toBe(0);
    expect(await emulator.held()).toEqual(['1', '2', '4'].map((n) => `O100000${n} Solutions S-000000${n}`));
  });

  test.concurrent('replaces by a map that was read where it was submitted: no worker has its file', async (task) => {
    const { oppsweep, folder, emulator } = await fleetStage(task, await postgres.database(), {
      accounts: 1,
      rows: 3,
    });
    folder.write('map.csv', 'old,new\nS-0000001,S-0000011\nS-0000002,S-0000012\n');
    const submitted = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--replace-map', 'map.csv', ...PACE);
    expect(submitted.stderr).toMatch(/2 to send.*1 left out\nReplaced by map\.csv \(2 pairs\): /);
    expect(submitted.stderr).toMatch(/nothing for 1 identifier;.*\n {4}"S-0000003": 1 row/);
    folder.remove('map.csv');
    expect((await oppsweep('worker', '--drain')).code).toBe(0);
    await oppsweep('fleet', 'results', 'fleet', '-o', 'out');
    const lines = parseResults(folder.read('out/111122223301/fleet.results.csv'));
    expect(lines.map(({ status }) => status)).toEqual(['replaced', 'replaced', 'skipped']);
    expect(await emulator.held()).toEqual([
      'O1000001 Solutions S-0000011',
      'O1000002 Solutions S-0000012',
      'O1000003 Solutions S-0000003',
    ]);
  });
});
