import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROLE_SECRETS } from '../../../src/emulator/partner/roles.ts';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { PASSWORD } from '../../postgres/server.ts';
import { askDirectly, everythingIn } from '../../store/postgres/homes.ts';
import { fleetStage, SECRET } from '../stage/fleet-stage.ts';
import { parseResults } from '../stage/results-file.ts';
import { isWrite } from '../stage/server-record.ts';
import { textWith } from '../../text-with.ts';
import { hasStores } from './hosts.ts';

/** Of the last account, which has no profile; with this id it can be assumed. */
const ROLE = 'arn:aws:iam::111122223303:role/partner';
const EXTERNAL_ID = 'customer/1';

const ROWS = 4;
const SIZE = { accounts: 3, rows: ROWS };
const PACE = ['--catalog', 'Sandbox', '--rate', '50', '--read-rate', 'unlimited', '--read-lag', '0'];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a fleet', () => {
  const postgres = postgresForFile();

  test.concurrent('is submitted whole, worked at by two workers, each row once, gives results of each account, and no secret', async (task) => {
    const url = await postgres.database();
    const { oppsweep, begin, folder, emulator, accounts } = await fleetStage(task, url, SIZE);
    await emulator.demand({ [ROLE]: EXTERNAL_ID });
    const profiles = accounts.slice(0, 2).map((account) => `p${account},,,${account}.csv\n`);
    const role = `,${ROLE},${EXTERNAL_ID},${accounts[2]}.csv\n`;
    folder.write('in/fleet.csv', `profile,role_arn,external_id,file\n${profiles.join('')}${role}`);
    const submitted = await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
    expect(submitted.code).toBe(0);
    const waiting = await oppsweep('fleet', 'status');
    expect(waiting).toMatchObject({ code: 4, stdout: expect.stringContaining('3 waiting') as string });

    expect((await oppsweep('fleet', 'stop', '111122223303/fleet')).code).toBe(0);
    const listed = await oppsweep('status');
    expect(listed).toMatchObject({
      code: 3,
      stdout: textWith(/111122223301\.csv +waiting +0 of 4 rows +111122223301\/fleet\n/),
    });
    expect(listed.stdout).toMatch(/stopped \(interrupted\) +0 of 4 rows +111122223303\/fleet\n/);
    expect(await oppsweep('status', '--run', '111122223303/fleet')).toMatchObject({
      code: 3,
      stdout: textWith(/stopped; it has not begun\n4 rows to send\n.*\nGo on: {2}oppsweep fleet resume 1111/),
    });
    expect(
      JSON.parse((await oppsweep('status', '--run', '111122223301/fleet', '--json')).stdout),
    ).toMatchObject({ version: 1, run: '111122223301/fleet', state: 'waiting', rowsToRun: 4 });
    expect(await oppsweep('report', '111122223301/fleet')).toMatchObject({
      code: 2,
      stderr: textWith('111122223301/fleet is waiting, and has not begun'),
    });
    expect(await oppsweep('disassociate', '--run', '111122223303/fleet', ...PACE)).toMatchObject({
      code: 2,
      stderr: textWith(/is a fleet's: workers go on with it\.\n.* oppsweep fleet resume 111122223303\/fleet/),
    });
    const drained = await Promise.all([oppsweep('worker', '--drain'), oppsweep('worker', '--drain')]);
    expect(drained.map(({ code }) => code)).toEqual([0, 0]);
    expect((await oppsweep('fleet', 'status')).code).toBe(3);
    expect((await oppsweep('fleet', 'results', 'fleet', '-o', 'out')).code).toBe(3);

    expect((await oppsweep('fleet', 'resume', 'fleet')).stderr).toContain('111122223303/fleet queued');
    const worker = begin('worker', '--drain');
    const list = readFileSync(`/proc/${worker.pid}/cmdline`, 'utf8');
    await worker.says(/taken up/);
    const midway = [await everythingIn(url), list];
    const last = await worker.ended;
    expect(last.code).toBe(0);
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
    const [changed, ...others] = accounts.map((account) => `out/${account}/fleet.results.csv`);
    folder.write(changed ?? '', 'of somebody else\n');
    for (const name of others) folder.remove(name);
    const again = await oppsweep('fleet', 'results', 'fleet', '-o', 'out');
    expect(again).toMatchObject({
      code: 3,
      stderr: textWith(/111122223301\/fleet: .*\nMove that file elsewhere, then run the same command again/),
    });
    expect(others.filter((name) => !folder.names().includes(name))).toEqual([]);
    expect((await emulator.calls()).filter(isWrite)).toHaveLength(ROWS * accounts.length);
    expect(await emulator.held()).toEqual([]);
    const kept = await everythingIn(url);
    const told = JSON.stringify([submitted, waiting, drained, last, status]);
    const files = folder.names().filter((name) => name.startsWith('out/'));
    const written = [...midway, kept, told, ...files.map(folder.read)].join('\n');
    expect(kept).toContain(EXTERNAL_ID);
    expect(kept).toContain('111122223303:assumed-role/partner/');
    expect(told).not.toContain(EXTERNAL_ID);
    for (const secret of [SECRET, ROLE_SECRETS, PASSWORD, encodeURIComponent(PASSWORD)])
      expect(written).not.toContain(secret);
  });

  test.concurrent('with a limit does as many rows more each time it is resumed, and all the others once that is lifted', async (task) => {
    const { oppsweep, emulator } = await fleetStage(task, await postgres.database(), SIZE);
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, '--limit', '1');
    const writes: number[] = [];
    const hints = new Set<string>();
    for (const more of [undefined, [], ['--limit', 'unlimited']]) {
      if (more !== undefined) await oppsweep('fleet', 'resume', 'fleet', ...more);
      expect((await oppsweep('worker', '--drain')).code).toBe(0);
      writes.push((await emulator.calls()).filter(isWrite).length);
      if (writes.length < 3) hints.add((await oppsweep('status', '--run', '111122223301/fleet')).stdout);
    }
    for (const told of hints)
      expect(told).toMatch(
        /limit_reached: .*\n {2}Look at the results so far\. oppsweep fleet resume 111122223301\/fleet then does as many more; with --limit unlimited, all/,
      );
    expect(writes).toEqual([3, 6, 12]);
    expect((await oppsweep('fleet', 'status')).code).toBe(0);
  });

  test.concurrent('counts a limit over all workers that have a run one after the other', async (task) => {
    const { oppsweep, begin, emulator } = await fleetStage(task, await postgres.database(), {
      accounts: 1,
      rows: 30,
    });
    const writes = async (): Promise<number> => (await emulator.calls()).filter(isWrite).length;
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, '--rate', '4', '--limit', '12');
    const first = begin('worker');
    while ((await writes()) < 5);
    first.send('SIGTERM');
    await first.ended;
    expect((await oppsweep('worker', '--drain')).code).toBe(0);
    expect(await writes()).toBe(12);
    await oppsweep('fleet', 'resume', 'fleet', '--limit', '3');
    expect((await oppsweep('worker', '--drain')).code).toBe(0);
    expect(await writes()).toBe(15);
  });

  test.concurrent('parks the run whose account is denied, and only that one', async (task) => {
    const { oppsweep, emulator } = await fleetStage(task, await postgres.database(), SIZE);
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
    await emulator.script([{ kind: 'denied', operation: 'GetCallerIdentity', times: 1 }]);
    expect((await oppsweep('worker', '--drain', '--runs', '1')).code).toBe(0);
    const { stdout, code } = await oppsweep('fleet', 'status');
    expect(code).toBe(3);
    expect(stdout).toMatch(/1 parked, 2 finished/);
    expect(stdout).toContain('credentials_refused');
  });

  test('waits out a used-up day without a place: the next slice is scheduled as the last one ends, and goes on by itself', async (task) => {
    const url = await postgres.database();
    const { oppsweep, begin, emulator } = await fleetStage(task, url, { accounts: 1, rows: 20 });
    await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, '--daily-quota', '10');
    const worker = begin('worker', '--drain');
    await worker.says(/goes on in (1 d|23 h \d+ min) \(quota_reached\)/);
    expect((await emulator.calls()).filter(isWrite)).toHaveLength(10);
    expect((await oppsweep('fleet', 'status')).stdout).toMatch(/waiting .* until .*\(quota_reached\)/);
    const told = (await oppsweep('status', '--run', '111122223301/fleet')).stdout;
    expect(told).toMatch(/waiting; a worker goes on with it by itself, at /);
    expect(told).not.toContain('Go on:');
    const jobs = await askDirectly<{
      state: string;
      created: string;
      completed: string | null;
      wait: number;
    }>(
      url,
      `select state::text, created_on::text as created, completed_on::text as completed,
         extract(epoch from start_after - clock_timestamp())::float8 as wait
       from oppsweep_queue.job order by created_on`,
    );
    expect(jobs.map(({ state }) => state)).toEqual(['completed', 'created']);
    // One transaction has one time.
    expect(jobs[1]?.created).toBe(jobs[0]?.completed);

    // So much time passes for the store.
    const passed = jobs[1]?.wait ?? 0;
    await askDirectly(url, 'update oppsweep.call set at_ms = at_ms - $1::float8 * 1000', [passed]);
    await askDirectly(
      url,
      `update oppsweep_queue.job set start_after = start_after - make_interval(secs => $1::float8) where state = 'created'`,
      [passed],
    );
    const { code, stderr } = await worker.ended;
    expect(code).toBe(0);
    expect(stderr.match(/quota_reached/g)).toHaveLength(1);
    expect((await emulator.calls()).filter(isWrite)).toHaveLength(20);
    expect(await emulator.held()).toEqual([]);
  });
});
