import { describe, expect, test } from 'vitest';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { fleetStage, type FleetStage } from '../stage/fleet-stage.ts';
import { runProgram } from '../stage/program.ts';
import { isWrite } from '../stage/server-record.ts';
import type { Test } from '../stage/work-folder.ts';
import { hasStores } from './hosts.ts';

const ROWS = 3;
const PACE = ['--catalog', 'Sandbox', '--rate', '50', '--read-rate', 'unlimited', '--read-lag', '0'];
/** Of the keys that the environment has, as a host's own. */
const HOSTS = '123456789012';

/** Two accounts whose runs are finished, as `111122223301/fleet` and `111122223302/fleet`. */
async function finishedFleet(task: Test, store: string): Promise<FleetStage> {
  const stage = await fleetStage(task, store, { accounts: 2, rows: ROWS });
  await stage.oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
  expect((await stage.oppsweep('worker', '--drain')).code).toBe(0);
  return stage;
}

describe.skipIf(postgresFolder() === undefined || !hasStores)('runs of several accounts in a store', () => {
  const postgres = postgresForFile();

  test.concurrent('are taken back by their own account alone, and told apart', async (task) => {
    const { oppsweep, emulator, folder } = await finishedFleet(task, await postgres.database());
    const sent = (await emulator.calls()).filter(isWrite).length;
    for (const [profile, account] of [
      [[], HOSTS],
      [['--profile', 'p111122223302'], '111122223302'],
    ] as const) {
      for (const more of [[], ['--plan']]) {
        const refused = await oppsweep('undo', '111122223301/fleet', ...PACE, ...profile, ...more);
        expect(refused.code).toBe(2);
        expect(refused.stderr).toContain(
          `The run is of account 111122223301, and these credentials sign in to ${account}.`,
        );
      }
    }
    const begun = ['disassociate', 'in/111122223302.csv', '--run', '111122223302/mine', ...PACE];
    expect(await oppsweep(...begun)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        `of account 111122223302, and these credentials sign in to ${HOSTS}.`,
      ) as string,
    });
    expect((await emulator.calls()).filter(isWrite)).toHaveLength(sent);
    const undone = await oppsweep('undo', '111122223301/fleet', ...PACE, '--profile', 'p111122223301');
    expect(undone.stderr).toContain('To undo 111122223301/fleet (fleet.results.csv): 3 rows');
    expect(undone.code).toBe(0);
    expect(await emulator.held()).toHaveLength(ROWS);
    const other = await oppsweep('undo', '111122223302/fleet', ...PACE, '--profile', 'p111122223302');
    expect(other.code).toBe(0);
    expect(await emulator.held()).toHaveLength(2 * ROWS);
    const reports = await Promise.all(
      ['111122223301', '111122223302'].map((account) => oppsweep('report', `${account}/fleet`)),
    );
    expect(reports).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(folder.names()).toEqual(
      expect.arrayContaining(
        ['111122223301', '111122223302'].flatMap((account) => [
          `fleet.${account}.undo.csv`,
          `fleet.${account}.report.html`,
        ]),
      ),
    );
  });

  test.concurrent('tell what was taken back of each, by the file that says so', async (task) => {
    const { oppsweep } = await finishedFleet(task, await postgres.database());
    const some = ['--limit', '2', '-o', 'some.csv', '--profile', 'p111122223301'];
    expect((await oppsweep('undo', '111122223301/fleet', ...PACE, ...some)).code).toBe(3);
    const told = await oppsweep('status', '--run', '111122223301/fleet');
    expect(told.stdout).toContain('2 of its rows were taken back by some.csv\n');
    for (const names of [['111122223301/fleet'], ['out.csv', '--run', '111122223301/fleet']]) {
      const json = await oppsweep('status', ...names, '--json');
      expect(JSON.parse(json.stdout)).toMatchObject({ takenBack: [{ results: 'some.csv', rows: 2 }] });
    }
    expect((await oppsweep('status', '--run', '111122223302/fleet')).stdout).not.toContain('taken back');
  });

  test.concurrent('are verified, and reported, by the file that is named, and else by the store’s copy, which is said', async (task) => {
    const { oppsweep, folder, accounts } = await finishedFleet(task, await postgres.database());
    await oppsweep('fleet', 'results', 'fleet', '-o', 'out');
    const [file = '', others = ''] = accounts.map((account) => `out/${account}/fleet.results.csv`);
    const ofRun = ['--run', '111122223301/fleet'];
    const verify = (...named: readonly string[]): ReturnType<typeof oppsweep> =>
      oppsweep('status', ...named, ...ofRun, '--verify');
    const ofStore = 'any file that the results were written to: the store’s own copy of them was looked at';
    const sound = await verify(file);
    expect([sound.code, sound.stdout.includes(ofStore)]).toEqual([0, false]);
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining(ofStore) as string });
    const anothers = await verify(others);
    expect(anothers.code).toBe(1);
    expect(anothers.stdout).toContain(
      `BAD  the results have the SHA-256 they were published with: ${others} has`,
    );

    expect((await oppsweep('report', file, ...ofRun)).code).toBe(0);
    const page = folder.read('out/111122223301/fleet.report.html');
    const [, undo = ''] =
      /oppsweep (undo 111122223301\/fleet --catalog Sandbox [^<]*?) --store/.exec(page) ?? [];
    expect(undo).not.toContain('--run');
    folder.write(file, folder.read(file).replace(',disassociated,', ',already_absent,'));
    const changed = await verify(file);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain(`published with: ${file} has`);
    await oppsweep('report', file, ...ofRun, '-o', 'changed.html');
    expect(folder.read('changed.html')).toContain(`${file} has`);
    folder.remove(file);
    expect(await verify(file)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`there is no ${file}`) as string,
    });

    const ambiguous = await oppsweep('undo', 'fleet.results.csv', ...PACE);
    expect(ambiguous.stderr).toContain(
      'Say which: 111122223301/fleet 111122223302/fleet. undo takes it in place',
    );
    const undone = await oppsweep(
      ...undo.split(' '),
      '--profile',
      'p111122223301',
      '--read-lag',
      '0',
      '--rate',
      '50',
    );
    expect(undone.code).toBe(0);
  });
});

test.concurrent('a run of files is gone on with, and taken back, by its own account alone', async (task) => {
  const stage = await fleetStage(task, '', { accounts: 2, rows: ROWS });
  const { emulator, surroundings } = stage;
  const { OPPSWEEP_STORE: _, ...env } = surroundings.env;
  const oppsweep = (...args: readonly string[]): ReturnType<typeof runProgram> =>
    runProgram([...args, ...PACE], { ...surroundings, env });
  const disassociate = ['disassociate', 'in/111122223301.csv'];
  await oppsweep(...disassociate, '--profile', 'p111122223301', '--limit', '2');
  const refusal = (account: string): object => ({
    code: 2,
    stderr: expect.stringContaining(`111122223301, and these credentials sign in to ${account}.`) as string,
  });
  expect(await oppsweep(...disassociate)).toMatchObject(refusal(HOSTS));
  expect((await oppsweep(...disassociate, '--profile', 'p111122223301')).code).toBe(0);
  const undo = ['undo', 'in/111122223301.results.csv'];
  expect(await oppsweep(...undo, '--profile', 'p111122223302')).toMatchObject(refusal('111122223302'));
  expect((await emulator.calls()).filter(isWrite)).toHaveLength(ROWS);
  expect((await oppsweep(...undo, '--profile', 'p111122223301')).code).toBe(0);
  expect(await emulator.held()).toHaveLength(2 * ROWS);
});
