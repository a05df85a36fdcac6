import { describe, expect, test } from 'vitest';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { cases } from '../../soak.ts';
import { askDirectly } from '../../store/postgres/homes.ts';
import { fleetStage } from '../stage/fleet-stage.ts';
import { parseResults } from '../stage/results-file.ts';
import { accountsOf, isWrite, servedFor } from '../stage/server-record.ts';
import { hasStores } from './hosts.ts';

/** Of each kind. */
const OUTAGES = cases(10);
const ACCOUNTS = 4;
/** At 20 a second: more than go through between outages. */
const ROWS = 20 + 80 * OUTAGES;
const PACE = ['--rate', '20', '--read-rate', 'unlimited', '--read-lag', '0', '--daily-quota', 'unlimited'];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a fleet whose store goes away', () => {
  const postgres = postgresForFile();

  test('makes no call meanwhile, has lost no acknowledged line, and goes on by itself: each row once', async (task) => {
    const url = await postgres.database();
    const stage = await fleetStage(task, url, { accounts: ACCOUNTS, rows: ROWS });
    const { oppsweep, begin, emulator, accounts, folder } = stage;
    const submitted = await oppsweep('fleet', 'submit', 'in/fleet.csv', '--catalog', 'Sandbox', ...PACE);
    expect(submitted.code).toBe(0);
    const asked = async (): Promise<number> => (await emulator.calls()).length;
    const writes = async (): Promise<number> => (await emulator.calls()).filter(isWrite).length;
    const worker = begin('worker', '--drain');
    const dice = seededDice(20_261_129);
    let meanwhile = 0;
    const outages = Array.from({ length: OUTAGES }, () => ['kill', 'immediate'] as const).flat();
    for (const [before, how] of outages.entries()) {
      const goneOn = (await writes()) + ACCOUNTS;
      while ((await writes()) < goneOn);
      await new Promise((resolve) => setTimeout(resolve, dice() * 1_000));
      await postgres.server().stop(how);
      await worker.says(new RegExp(`(can’t be reached[^]*){${before + 1}}`));
      const atMost = await settled(asked);
      for (let look = 0; look < 20; look += 1) meanwhile = Math.max(meanwhile, (await asked()) - atMost);
      const written = await writes();
      await postgres.server().start();
      // A write leaves only once its note was acknowledged.
      const [tries] = await askDirectly<{ noted: number }>(
        url,
        `select count(*)::int as noted from oppsweep.line where text like '%"t":"try"%'`,
      );
      expect(tries?.noted).toBeGreaterThanOrEqual(written);
      await worker.says(new RegExp(`(is back: the run goes on[^]*){${before + 1}}`));
    }
    expect(await writes()).toBeLessThan(ACCOUNTS * ROWS);
    expect(meanwhile).toBe(0);
    const ended = await worker.ended;
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/Z {2}The store .* can’t be reached: no new call is noted until it is back/);
    expect(ended.stderr).toMatch(/Z {2}The store .* is back: the run goes on/);
    expect((await oppsweep('fleet', 'results', 'fleet', '-o', 'out')).code).toBe(0);

    const calls = await emulator.calls();
    let byRead = 0;
    for (const account of accounts) {
      const lines = parseResults(folder.read(`out/${account}/fleet.results.csv`));
      expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: ROWS }, () => 'disassociated'));
      // Of a row whose answer could not be noted any more a read has told, which has no request id.
      const served = servedFor(lines, calls);
      const told = accountsOf(lines).map(({ requestIds, ...line }, index) => ({
        ...line,
        requestIds: requestIds === '' ? served[index]?.requestIds : requestIds,
      }));
      expect(served).toEqual(told);
      byRead += lines.filter((line) => line['request_ids'] === '').length;
    }
    expect(calls.filter(isWrite)).toHaveLength(ACCOUNTS * ROWS);
    expect(await emulator.held()).toEqual([]);
    const verified = await oppsweep('status', '--run', `${accounts[0]}/fleet`, '--verify');
    expect(verified.code).toBe(0);
    process.stderr.write(
      `${2 * OUTAGES} times a store was killed: ${meanwhile} calls while it was away, ${calls.filter(isWrite).length} writes for ${ACCOUNTS * ROWS} rows, ${byRead} of them told by a read\n`,
    );
  });
});

/** What was noted before the store went, and on its way, may still arrive. */
async function settled(calls: () => Promise<number>): Promise<number> {
  let seen = await calls();
  for (let same = 0; same < 10; same += 1) {
    const now = await calls();
    if (now !== seen) same = 0;
    seen = now;
  }
  return seen;
}
