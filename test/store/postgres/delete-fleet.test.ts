import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/disk/system-clock.ts';
import { runName, type FleetStore, type SubmittedFleet } from '../../../src/store/fleet/fleet-store.ts';
import { memoryQuota } from '../../../src/store/memory/memory-quotas.ts';
import type { PostgresHome } from '../../../src/store/postgres/postgres-home.ts';
import type { RunLease } from '../../../src/store/run-store.ts';
import { bytesOf, SESSION, termsOf, told } from '../../contract/run-store.ts';
import { hasStores } from '../../e2e/store/hosts.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { textWith } from '../../text-with.ts';
import { askDirectly, homeAt } from './homes.ts';

const ACCOUNTS = ['111122223333', '444455556666'];
const [FIRST, SECOND] = ACCOUNTS.map((account) => `${account}/spring`);

const FLEET: SubmittedFleet = {
  name: 'spring',
  options: '{}',
  runs: ACCOUNTS.map((account) => ({
    account,
    inputName: 'a.csv',
    input: Buffer.from('Opportunity ID,Entity\nO0,S-0000000\n'),
    rows: 1,
    rowsToRun: 1,
  })),
};

const postgres = postgresForFile();

interface Scene {
  readonly url: string;
  readonly home: PostgresHome;
  readonly fleets: FleetStore;
  /** As a worker opens it that has a slice of it. */
  readonly open: (run: string) => Promise<RunLease>;
  readonly rowsIn: (table: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

async function submitStopped(fleets: FleetStore): Promise<void> {
  await fleets.submit(FLEET);
  for (const run of await fleets.runs()) await fleets.stop(run);
}

/** A fleet that was submitted, and then stopped. */
async function stoppedFleet(): Promise<Scene> {
  const url = await postgres.database();
  const home = await homeAt({ url }, systemClock);
  const fleets = await home.fleets({ supervise: false });
  await submitStopped(fleets);
  return {
    url,
    home,
    fleets,
    open: (run) => {
      const input = bytesOf('Opportunity ID,Entity\nO0,S-0000000\n');
      return home.runs.open({ ...termsOf(run), inputBytes: input, resultsStay: true }, told);
    },
    rowsIn: async (table) => (await askDirectly(url, `select from oppsweep.${table}`)).length,
    close: () => fleets.close(),
  };
}

const notAtRest = (words: string): object => ({
  code: 'run_held',
  message: textWith(`The fleet spring is not at rest: ${words}`),
  advice: { code: 'stop_fleet', fleet: 'spring' },
});

describe.skipIf(postgres.absent || !hasStores)('a fleet is deleted', () => {
  it('not while a run of it is queued, or held by a worker that somebody has told to stop', async () => {
    const { fleets, open, rowsIn, close } = await stoppedFleet();
    const [run] = await fleets.runs();
    if (run === undefined) throw new Error('Two were submitted.');
    await fleets.resume(run, { settledBefore: 0 });
    const queued = notAtRest(`${FIRST} is queued`);
    await expect(fleets.atRest('spring')).rejects.toMatchObject(queued);
    await expect(fleets.delete('spring')).rejects.toMatchObject(queued);
    const lease = await open(runName(run));
    await fleets.stop(run);
    await expect(fleets.delete('spring')).rejects.toMatchObject(notAtRest(`${FIRST} is under way`));
    await lease.release();
    await fleets.delete('spring');
    expect(await rowsIn('fleet_run')).toBe(0);
    await close();
  });

  it('with journals and results, and what its accounts have called stays counted; its name is free then', async () => {
    const { home, fleets, open, rowsIn, close } = await stoppedFleet();
    const quota = await home.quotas.open(
      { account: ACCOUNTS[0] ?? '', endpoint: 'e' },
      { purpose: '', writes: 'lease', writesPerDay: 10 },
    );
    await quota.takeWrite(10);
    await quota.close();
    const lease = await open(FIRST ?? '');
    await lease.begin(SESSION, memoryQuota(systemClock));
    await lease.release();
    const others = await home.runs.open(termsOf('people.results.csv'), told);
    await others.begin(SESSION, memoryQuota(systemClock));
    await others.release();
    const [run] = await fleets.runs();
    if (run !== undefined) await fleets.fetched(run);
    expect(await fleets.atRest('spring')).toMatchObject([
      { run: FIRST, state: 'unfinished', fetched: true },
      { run: SECOND, state: 'not begun', fetched: false },
    ]);
    // Its answer may have been lost: the same again changes nothing.
    for (let times = 0; times < 2; times += 1) await fleets.delete('spring');
    expect(await fleets.atRest('spring')).toEqual([]);
    for (const table of ['fleet', 'fleet_run']) expect(await rowsIn(table)).toBe(0);
    for (const table of ['run', 'account', 'call']) expect(await rowsIn(table)).toBe(1);
    expect(await home.runs.list()).toEqual(['none/people']);
    await fleets.submit(FLEET);
    await close();
  });

  it('or one of its runs begun, never both, by whichever comes first', async () => {
    const { fleets, open, rowsIn, close } = await stoppedFleet();
    for (let round = 0; round < 20; round += 1) {
      // A worker has a slice that was stopped, and has not heard of it yet.
      const opening = round % 2 === 0 ? open(FIRST ?? '') : fleets.runs().then(() => open(FIRST ?? ''));
      const [lease, deleted] = await Promise.allSettled([opening, fleets.delete('spring')]);
      expect([lease.status, deleted.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      if (lease.status === 'fulfilled') await lease.value.release();
      expect(await rowsIn('run')).toBe(0);
      await fleets.delete('spring');
      await submitStopped(fleets);
    }
    await close();
  });

  it('or one of its runs queued again, never both', async () => {
    const { url, fleets, close } = await stoppedFleet();
    const other = await (await homeAt({ url }, systemClock)).fleets({ supervise: false });
    for (let round = 0; round < 20; round += 1) {
      const [run] = await fleets.runs();
      if (run === undefined) throw new Error('Two were submitted.');
      const [resumed, deleted] = await Promise.allSettled([
        fleets.resume(run, { settledBefore: 0 }),
        other.delete('spring'),
      ]);
      const isQueued = resumed.status === 'fulfilled' && resumed.value;
      expect(deleted.status).toBe(isQueued ? 'rejected' : 'fulfilled');
      expect((await other.take(5)).map((slice) => runName(slice.run))).toEqual(isQueued ? [FIRST] : []);
      await fleets.stop(run);
      await fleets.delete('spring');
      await submitStopped(fleets);
    }
    await close();
    await other.close();
  });

  it('and a worker that has a slice of it begins no run any more', async () => {
    const { fleets, open, rowsIn, close } = await stoppedFleet();
    await fleets.delete('spring');
    await expect(open(FIRST ?? '')).rejects.toMatchObject({
      code: 'interrupted',
      message: 'The fleet spring was deleted.',
    });
    expect(await rowsIn('run')).toBe(0);
    await close();
  });
});
