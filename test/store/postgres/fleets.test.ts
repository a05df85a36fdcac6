import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/disk/system-clock.ts';
import type { FleetStore, SubmittedFleet } from '../../../src/store/fleet/fleet-store.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { hasStores } from '../../e2e/store/hosts.ts';
import { askDirectly, homeAt } from './homes.ts';

const FLEET: SubmittedFleet = {
  name: 'spring',
  options: '{}',
  by: 'ann on db1',
  runs: ['111122223333', '444455556666'].map((account) => ({
    account,
    roleArn: `arn:aws:iam::${account}:role/partner`,
    inputName: 'a.csv',
    input: Buffer.from(`of ${account}\n`),
    rows: 3,
    rowsToRun: 2,
  })),
};

const postgres = postgresForFile();

describe.skipIf(postgres.absent || !hasStores)('fleets in a store', () => {
  async function fleetsAt(url: string): Promise<FleetStore> {
    const home = await homeAt({ url }, systemClock);
    return home.fleets({ supervise: false });
  }

  it('queue all runs of a submission, and hand each to one worker with its input', async () => {
    const url = await postgres.database();
    const [one, other] = [await fleetsAt(url), await fleetsAt(url)];
    await one.submit(FLEET);
    const [first] = await one.take(1);
    const rest = await other.take(10);
    expect(new Set([first, ...rest].map((slice) => slice?.run.account))).toEqual(
      new Set(['111122223333', '444455556666']),
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of first?.input() ?? []) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe(`of ${first?.run.account}\n`);
    expect(await one.take(10)).toEqual([]);
    await one.close();
    await other.close();
  });

  it('give a large input piece by piece, whole', async () => {
    const fleets = await fleetsAt(await postgres.database());
    const input = Buffer.alloc(100_000, 'O1000001,S-0000001\n');
    await fleets.submit({ ...FLEET, runs: FLEET.runs.slice(0, 1).map((run) => ({ ...run, input })) });
    const [slice] = await fleets.take(1);
    const pieces: Uint8Array[] = [];
    for await (const piece of slice?.input() ?? []) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(input)).toBe(true);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(16_384);
    await fleets.close();
  });

  it('refuse a second fleet of that name, and queue nothing of it', async () => {
    const fleets = await fleetsAt(await postgres.database());
    await fleets.submit(FLEET);
    await expect(fleets.submit({ ...FLEET, runs: [] })).rejects.toThrow('has a fleet spring already');
    expect(await fleets.runs()).toHaveLength(2);
    await fleets.close();
  });

  it('schedule the next slice in the step that ends this one, for when its quota frees', async () => {
    const url = await postgres.database();
    const fleets = await fleetsAt(url);
    await fleets.submit(FLEET);
    const [slice] = await fleets.take(1);
    if (slice === undefined) throw new Error('Nothing was taken.');
    const stop = { code: 'quota_reached', message: 'Used up.' };
    await fleets.settle(slice, { kind: 'again', inMs: 3_600_000, stop });
    // The answer may have been lost: the same again changes nothing.
    await fleets.settle(slice, { kind: 'again', inMs: 3_600_000, stop });
    const jobs = await askDirectly<{ state: string; hours: number }>(
      url,
      'select state::text, round(extract(epoch from start_after - created_on) / 3600)::int as hours from oppsweep_queue.job where singleton_key = $1 order by created_on',
      [
        (
          await askDirectly<{ id: string }>(
            url,
            'select id from oppsweep.fleet_run where stop_code is not null',
          )
        )[0]?.id,
      ],
    );
    expect(jobs).toEqual([
      { state: 'completed', hours: 0 },
      { state: 'created', hours: 1 },
    ]);
    const [run] = (await fleets.runs()).filter(({ account }) => account === slice.run.account);
    expect(run).toMatchObject({ state: 'queued', stop });
    await fleets.close();
  });

  it('tell a worker’s next beat of a run that was stopped, leave its end alone, and queue it when it is resumed', async () => {
    const fleets = await fleetsAt(await postgres.database());
    await fleets.submit(FLEET);
    const slices = await fleets.take(2);
    const [slice] = slices;
    if (slice === undefined) throw new Error('Nothing was taken.');
    expect(await fleets.beat(slices)).toEqual([]);
    expect(await fleets.stop(slice.run, 'bob on db2')).toBe(true);
    expect((await fleets.runs()).find(({ account }) => account === slice.run.account)).toMatchObject({
      stop: { message: 'Stopped by fleet stop, by bob on db2.' },
      submitted: { by: 'ann on db1' },
    });
    expect(await fleets.stop(slice.run)).toBe(false);
    expect(await fleets.beat(slices)).toEqual([{ id: slice.id, why: 'stopped' }]);
    await fleets.settle(slice, { kind: 'again', inMs: 0 });
    const stateOf = async (): Promise<unknown> =>
      (await fleets.runs()).find(({ account }) => account === slice.run.account)?.state;
    expect(await stateOf()).toBe('stopped');
    expect(await fleets.take(5)).toEqual([]);
    expect(await fleets.resume(slice.run, { settledBefore: 0 })).toBe(true);
    expect((await fleets.take(5)).map(({ run }) => run.account)).toEqual([slice.run.account]);
    // Whoever still had it did not hear of the stop.
    expect(await fleets.beat(slices)).toEqual([{ id: slice.id, why: 'given out again' }]);
    await fleets.close();
  });

  it('park a run with its reason, and finish one for good', async () => {
    const fleets = await fleetsAt(await postgres.database());
    await fleets.submit(FLEET);
    const [one, two] = await fleets.take(2);
    if (one === undefined || two === undefined) throw new Error('Nothing was taken.');
    const stop = { code: 'access_denied', message: 'Denied.' };
    await fleets.settle(one, { kind: 'parked', stop });
    await fleets.settle(two, { kind: 'finished' });
    expect((await fleets.runs()).map(({ state }) => state).toSorted()).toEqual(['finished', 'parked']);
    expect(await fleets.resume(two.run, { settledBefore: 0 })).toBe(false);
    expect(await fleets.resume(one.run, { settledBefore: 0 })).toBe(true);
    await fleets.close();
  });
});
