import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/disk/system-clock.ts';
import type { Hold } from '../../../src/model/call.ts';
import type { Clock } from '../../../src/model/clock.ts';
import type { PostgresHome } from '../../../src/store/postgres/postgres-home.ts';
import { SESSION, termsOf, told } from '../../contract/run-store.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { askDirectly, homeAt } from './homes.ts';

const stage = postgresForFile();
const folder = mkdtempSync(join(tmpdir(), 'oppsweep-hold-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAME = join(folder, 'people.results.csv');
const OTHER = join(folder, 'others.results.csv');
const OWNER = { account: '123456789012', endpoint: 'https://partnercentral-selling.example' };
const USE = { purpose: 'oppsweep disassociate', writes: 'lease', writesPerDay: 1_000_000 } as const;
const NEVER = new AbortController().signal;

interface Scene {
  readonly url: string;
  readonly home: PostgresHome;
  readonly hold: Hold;
  /** Lets so many seconds pass for the holder, in which it said nothing. */
  readonly standStill: (seconds: number, by?: 'wallMs' | 'monotonicMs') => void;
}

/** A run, and its account, that were seen to be ours. Its holder speaks where it is asked to alone. */
async function begin(): Promise<Scene> {
  const url = await stage.database();
  const ahead = { wallMs: 0, monotonicMs: 0 };
  const clock: Clock = {
    wallMs: () => systemClock.wallMs() + ahead.wallMs,
    monotonicMs: () => systemClock.monotonicMs() + ahead.monotonicMs,
    sleep: (delayMs, signal) => systemClock.sleep(delayMs === 4_000 ? 2 ** 30 : delayMs, signal),
  };
  const home = await homeAt({ url }, clock);
  const { hold, begin: beginSession } = await home.runs.open(termsOf(NAME), told);
  await beginSession(SESSION, await home.quotas.open(OWNER, USE));
  expect(hold.isOn()).toBe(true);
  await hold.over(NEVER);
  expect(hold.isOn()).toBe(false);
  return { url, home, hold, standStill: (seconds, by = 'monotonicMs') => (ahead[by] += seconds * 1_000) };
}

/** The store takes the holder's silence for its end. */
async function another(url: string): Promise<PostgresHome> {
  await askDirectly(url, "update oppsweep.process set alive_until = clock_timestamp() - interval '1 second'");
  return homeAt({ url }, systemClock);
}

describe.skipIf(stage.absent)('calls of a run in a store', () => {
  it('are held from when its connection breaks until it is back, and seen to be ours', async () => {
    const { hold } = await begin();
    await stage.server().stop('kill');
    while (!hold.isOn()) await new Promise((resolve) => setImmediate(resolve));
    let ended = false;
    const over = hold.over(NEVER).then(() => (ended = true));
    await expect(hold.over(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect([ended, hold.isOn()]).toEqual([false, true]);
    await stage.server().start();
    await over;
    expect(hold.isOn()).toBe(false);
  });

  it.each(['wallMs', 'monotonicMs'] as const)('are held after a silence, by %s', async (by) => {
    const { hold, standStill } = await begin();
    standStill(9, by);
    expect(hold.isOn()).toBe(false);
    standStill(2, by);
    expect(hold.isOn()).toBe(true);
    await hold.over(NEVER);
    expect(hold.isOn()).toBe(false);
  });

  it('never leave where another process took the run over meanwhile, though the word is given again', async () => {
    const { url, home, hold, standStill } = await begin();
    const taker = await another(url);
    const taken = await taker.runs.open(termsOf(NAME), told);
    standStill(21);
    for (const time of [1, 2]) {
      expect([time, hold.isOn()]).toEqual([time, true]);
      await expect(hold.over(NEVER)).rejects.toMatchObject({ code: 'run_taken_over' });
    }
    await taken.release();
    await home.close();
  });

  it('never leave where another run took their account over meanwhile', async () => {
    const { url, hold, standStill } = await begin();
    const taker = await another(url);
    const other = await taker.runs.open(termsOf(OTHER), told);
    const quota = await taker.quotas.open(OWNER, USE);
    standStill(21);
    await expect(hold.over(NEVER)).rejects.toMatchObject({ code: 'run_taken_over' });
    expect(hold.isOn()).toBe(true);
    await quota.close();
    await other.release();
  });

  it('keeps the hold from whoever is about to take it, once the word is given again', async () => {
    const { url, hold, standStill } = await begin();
    const taker = await another(url);
    standStill(21);
    await hold.over(NEVER);
    await expect(taker.runs.open(termsOf(NAME), told)).rejects.toMatchObject({ code: 'run_held' });
    expect(hold.isOn()).toBe(false);
  });
});
