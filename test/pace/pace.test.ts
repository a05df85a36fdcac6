import { describe, expect, it } from 'vitest';
import { createMemoryLedger, type Ledger } from '../../src/pace/ledger.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import { createPace, type Pace, type PaceOptions } from '../../src/pace/pace.ts';
import { createDeferred } from './deferred.ts';
import { createVirtualClock, START_MS, type VirtualClock } from './virtual-clock.ts';

interface Scene {
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly pace: Pace;
}

function scene(change: Partial<PaceOptions> = {}): Scene {
  const clock = createVirtualClock();
  const ledger = createMemoryLedger(clock);
  const pace = createPace({
    callsPerSecond: 'unlimited',
    callsPerDay: 'unlimited',
    reserve: 0,
    concurrency: 4,
    waitForQuota: true,
    ledger,
    clock,
    dice: () => 0,
    ...change,
  });
  return { clock, ledger, pace };
}

const never = new AbortController().signal;

function job<T>(
  call: () => Promise<T>,
): Parameters<Pace['schedule']>[0] & { readonly call: () => Promise<T> } {
  return { call, priority: 'new', signal: never };
}

describe('createPace', () => {
  it('gives the call’s answer, or its error, back', async () => {
    const { pace } = scene();
    expect(await pace.schedule(job(async () => 42))).toBe(42);
    await expect(pace.schedule(job(() => Promise.reject(new Error('no route'))))).rejects.toThrow('no route');
    await pace.close();
  });

  it('makes the note first, then has the call in the ledger, then calls', async () => {
    const { pace, ledger } = scene();
    const seen: string[] = [];
    const note = (what: string) => async (): Promise<void> => {
      seen.push(`${what} with ${ledger.times.length} in the ledger`);
    };
    await pace.schedule({ ...job(note('call')), prepare: note('note') });
    expect(seen).toEqual(['note with 0 in the ledger', 'call with 1 in the ledger']);
    await pace.close();
  });

  it('does not call, nor use quota, where the note fails', async () => {
    const { pace, ledger } = scene({ callsPerDay: 1 });
    const failing = { ...job(async () => 1), prepare: () => Promise.reject(new Error('disk full')) };
    await expect(pace.schedule(failing)).rejects.toThrow('disk full');
    expect(ledger.times.length).toBe(0);
    expect(await pace.schedule(job(async () => 2))).toBe(2);
    await pace.close();
  });

  it('has no more calls in flight than told', async () => {
    const { pace } = scene({ concurrency: 3 });
    let inFlight = 0;
    let most = 0;
    const call = async (): Promise<void> => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => pace.schedule(job(call))));
    expect(most).toBe(3);
    await pace.close();
  });

  it('calls a retry before new rows that have waited longer', async () => {
    const { pace } = scene({ concurrency: 1 });
    const called: string[] = [];
    const call = (name: string) => async (): Promise<void> => {
      called.push(name);
    };
    await Promise.all([
      pace.schedule(job(call('first'))),
      // In hand already: its note is being made while the first one calls.
      pace.schedule(job(call('second'))),
      pace.schedule(job(call('third'))),
      pace.schedule({ ...job(call('retry')), priority: 'retry' }),
    ]);
    expect(called).toEqual(['first', 'second', 'retry', 'third']);
    await pace.close();
  });

  it('keeps the rate in every window, at a fractional rate too', async () => {
    const { pace, clock } = scene({ callsPerSecond: 2.5 });
    const starts: number[] = [];
    const call = async (): Promise<void> => {
      starts.push(clock.trueMs());
    };
    await clock.run(Promise.all(Array.from({ length: 5 }, () => pace.schedule(job(call)))));
    for (const [index, start] of starts.entries()) {
      expect((starts[index + 2] ?? Number.POSITIVE_INFINITY) - start).toBeGreaterThan(802);
    }
    await pace.close();
  });

  it('waits in the open for the daily quota, and goes on by itself', async () => {
    const { pace, clock, ledger } = scene({ callsPerDay: 3, reserve: 1 });
    const all = Promise.all(Array.from({ length: 3 }, () => pace.schedule(job(async () => clock.trueMs()))));
    await new Promise((resolve) => setImmediate(resolve));
    expect(ledger.times.length).toBe(2);
    expect(pace.state()).toEqual({
      usedInDay: 2,
      leftInDay: 0,
      freesAtMs: START_MS + QUOTA_DAY_MS,
      paused: { untilMs: START_MS + QUOTA_DAY_MS, why: 'daily_quota' },
      throttled: { count: 0 },
      callsPerSecond: 'unlimited',
    });
    expect(await clock.run(all)).toEqual([0, 0, QUOTA_DAY_MS]);
    await pace.close();
  });

  it('makes no note while it waits for the daily quota', async () => {
    const { pace, clock } = scene({ callsPerDay: 2, concurrency: 8 });
    const noted: number[] = [];
    const prepare = async (): Promise<void> => {
      noted.push(clock.trueMs());
    };
    await clock.run(
      Promise.all(Array.from({ length: 6 }, () => pace.schedule({ ...job(async () => 1), prepare }))),
    );
    expect(noted).toEqual([0, 0, QUOTA_DAY_MS, QUOTA_DAY_MS, 2 * QUOTA_DAY_MS, 2 * QUOTA_DAY_MS]);
    await pace.close();
  });

  it('stops at a used-up daily quota where it is not to wait, and says when it frees', async () => {
    const { pace } = scene({ callsPerDay: 1, waitForQuota: false });
    await pace.schedule(job(async () => 1));
    await expect(pace.schedule(job(async () => 2))).rejects.toMatchObject({
      code: 'quota_reached',
      message: `The daily quota is used up; the next call may go at ${new Date(START_MS + QUOTA_DAY_MS).toISOString()}.`,
    });
    await pace.close();
  });

  it('takes a wait of seconds even where it is not to wait: a day later places come free one by one', async () => {
    const { pace, clock } = scene({ callsPerDay: 1, waitForQuota: false });
    await pace.schedule(job(async () => 1));
    clock.advance(QUOTA_DAY_MS - 5000);
    expect(await clock.run(pace.schedule(job(async () => clock.trueMs())))).toBe(QUOTA_DAY_MS);
    await pace.close();
  });

  it('refuses a reserve that leaves nothing', () => {
    expect(() => scene({ callsPerDay: 100, reserve: 100 })).toThrow(/leaves nothing/);
  });

  it('pauses every call after a throttle, and says so', async () => {
    const { pace, clock } = scene();
    pace.noteAnswer('throttled');
    expect(pace.state()).toMatchObject({
      paused: { untilMs: START_MS + 100, why: 'throttled' },
      throttled: { count: 1, sinceMs: START_MS },
    });
    expect(await clock.run(pace.schedule(job(async () => clock.trueMs())))).toBe(100);
    pace.noteAnswer('accepted');
    expect(pace.state().throttled).toEqual({ count: 0 });
    await pace.close();
  });

  it('expects to finish when rate and quota let it', async () => {
    const { pace, clock } = scene({ callsPerDay: 10 });
    await Promise.all(Array.from({ length: 10 }, () => pace.schedule(job(async () => 1))));
    clock.advance(3_600_000);
    expect(pace.expectedFinishMs(0)).toBe(START_MS + 3_600_000);
    expect(pace.expectedFinishMs(10)).toBe(START_MS + DAY_MS);
    expect(pace.expectedFinishMs(11)).toBe(START_MS + 2 * DAY_MS);
    await pace.close();
  });
});

describe('a pace that is stopped', () => {
  it('rejects what waits with the signal’s reason, and never starts it', async () => {
    const { pace, ledger } = scene({ callsPerDay: 1, concurrency: 2 });
    const stop = new AbortController();
    await pace.schedule(job(async () => 1));
    const waiting = Array.from({ length: 5 }, () =>
      pace.schedule({ ...job(async () => 2), signal: stop.signal }),
    );
    stop.abort(new Error('SIGINT'));
    const ended = await Promise.allSettled(waiting);
    expect(ended.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
      Array.from({ length: 5 }, () => 'Error: SIGINT'),
    );
    await expect(pace.schedule({ ...job(async () => 2), signal: stop.signal })).rejects.toThrow('SIGINT');
    expect(ledger.times.length).toBe(1);
    await pace.close();
  });

  it('lets what is calling finish', async () => {
    const { pace } = scene();
    const stop = new AbortController();
    const answer = createDeferred<string>();
    const called = createDeferred();
    const call = (): Promise<string> => {
      called.resolve();
      return answer.promise;
    };
    const calling = pace.schedule({ ...job(call), signal: stop.signal });
    await called.promise;
    stop.abort(new Error('SIGINT'));
    const closing = pace.close();
    answer.resolve('done');
    expect(await calling).toBe('done');
    await closing;
  });

  it('does not call once aborted between its note and its call', async () => {
    const { pace, ledger } = scene();
    const stop = new AbortController();
    const prepare = async (): Promise<void> => stop.abort(new Error('SIGINT'));
    const stopped = pace.schedule({ ...job(async () => 1), prepare, signal: stop.signal });
    await expect(stopped).rejects.toThrow('SIGINT');
    expect(ledger.times.length).toBe(0);
    await pace.close();
  });

  it('rejects what waits for quota when it is closed, and what comes later', async () => {
    const { pace } = scene({ callsPerDay: 1, concurrency: 1 });
    await pace.schedule(job(async () => 1));
    const waiting = [pace.schedule(job(async () => 2)), pace.schedule(job(async () => 3))];
    const closing = pace.close();
    const ended = await Promise.allSettled(waiting);
    expect(ended.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    await closing;
    await expect(pace.schedule(job(async () => 4))).rejects.toThrow(/closed/);
  });
});
