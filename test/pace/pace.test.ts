import { describe, expect, it } from 'vitest';
import { QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import { createDeferred } from './deferred.ts';
import { never, paceScene } from './pace-scene.ts';
import { START_MS } from './virtual-clock.ts';

describe('createPace', () => {
  it('gives the call’s answer, or its error, back', async () => {
    const { pace, job } = paceScene();
    expect(await pace.schedule(job(async () => 42))).toBe(42);
    await expect(pace.schedule(job(() => Promise.reject(new Error('no route'))))).rejects.toThrow('no route');
    await pace.close();
  });

  it('tells how many calls have left and are not answered', async () => {
    const { pace, clock, job } = paceScene();
    const { promise, resolve } = createDeferred();
    expect(pace.inFlight()).toBe(0);
    const calling = pace.schedule(job(() => promise));
    await clock.run(expect.poll(pace.inFlight).toBe(1));
    resolve();
    await calling;
    expect(pace.inFlight()).toBe(0);
    await pace.close();
  });

  it('counts the call, then makes its note, then calls', async () => {
    const { pace, day, job } = paceScene();
    const seen: string[] = [];
    const note = (what: string) => async (): Promise<void> => {
      seen.push(`${what} with ${day.times.length} in the ledger`);
    };
    await pace.schedule(job(note('call'), note('note')));
    expect(seen).toEqual(['note with 1 in the ledger', 'call with 1 in the ledger']);
    await pace.close();
  });

  it('counts a call that was not claimed as it leaves', async () => {
    const { pace, day } = paceScene();
    const call = async (): Promise<number> => day.times.length;
    const read = { count: day.take, call, priority: 'new', signal: never } as const;
    expect([await pace.schedule(read), await pace.schedule(read)]).toEqual([1, 2]);
    await pace.close();
  });

  it('counts a claimed call once that a pause after a throttle holds for some seconds', async () => {
    const { pace, clock, day, job } = paceScene({ callsPerSecond: 1 });
    const pause = async (): Promise<void> => pace.noteAnswer('throttled', 5_000);
    expect(await clock.run(pace.schedule(job(async () => clock.trueMs(), pause)))).toBeGreaterThan(4_999);
    expect(day.times.length).toBe(1);
    await pace.close();
  });

  it('counts a call again that leaves long after it was claimed, and not one that leaves soon after', async () => {
    const { pace, clock, day, job } = paceScene();
    const soon = async (): Promise<void> => clock.advance(1_900);
    await pace.schedule(job(async () => 1, soon));
    expect(day.times.length).toBe(1);
    const late = async (): Promise<void> => clock.suspend(8 * 3_600_000);
    await pace.schedule(job(async () => 2, late));
    expect(day.times.length).toBe(3);
    expect(day.times.at(-1)).toBe(clock.wallMs());
    await pace.close();
  });

  it('does not call where the note fails, and goes on with the next', async () => {
    const { pace, job } = paceScene({ callsPerDay: 2 });
    const called: string[] = [];
    const failing = job(
      async () => called.push('called'),
      () => Promise.reject(new Error('disk full')),
    );
    await expect(pace.schedule(failing)).rejects.toThrow('disk full');
    expect(await pace.schedule(job(async () => 2))).toBe(2);
    expect(called).toEqual([]);
    await pace.close();
  });

  it('has no more calls in flight than told', async () => {
    const { pace, job } = paceScene({ concurrency: 3 });
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
    const { pace, job } = paceScene({ concurrency: 1 });
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
    const { pace, clock, job } = paceScene({ callsPerSecond: 2.5 });
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
    const { pace, clock, day, job } = paceScene({ callsPerDay: 2 });
    const all = Promise.all(Array.from({ length: 3 }, () => pace.schedule(job(async () => clock.trueMs()))));
    await new Promise((resolve) => setImmediate(resolve));
    expect(day.times.length).toBe(2);
    expect(pace.state(day.usage())).toEqual({
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

  it('neither pauses for the quota, nor asks for more of it, on account of calls that are counted and under way', async () => {
    const { pace, clock, day, job } = paceScene({ callsPerDay: 2, callsPerSecond: 10 });
    const answer = createDeferred<number>();
    const [slow, other] = [job(() => answer.promise), job(async () => 2)].map((one) => pace.schedule(one));
    await clock.run(Promise.resolve(other));
    const { leftInDay, freesAtMs, paused } = pace.state(day.usage());
    expect([leftInDay, paused]).toEqual([0, undefined]);
    // Wall clocks tell whole milliseconds, and the second call left between two of them.
    expect(freesAtMs).toBeCloseTo(START_MS + QUOTA_DAY_MS, -1);
    expect(pace.expectedFinishMs(1, day.usage())).toBe(clock.wallMs());
    expect(pace.expectedFinishMs(2, day.usage())).toBeCloseTo(START_MS + QUOTA_DAY_MS, -1);
    answer.resolve(1);
    await slow;
    expect(pace.state(day.usage()).paused).toMatchObject({ why: 'daily_quota' });
    expect(pace.expectedFinishMs(1, day.usage())).toBeCloseTo(START_MS + QUOTA_DAY_MS, -1);
    await pace.close();
  });

  it('makes no note while it waits for the daily quota', async () => {
    const { pace, clock, job } = paceScene({ callsPerDay: 2, concurrency: 8 });
    const noted: number[] = [];
    const note = async (): Promise<void> => {
      noted.push(clock.trueMs());
    };
    await clock.run(Promise.all(Array.from({ length: 6 }, () => pace.schedule(job(async () => 1, note)))));
    expect(noted).toEqual([0, 0, QUOTA_DAY_MS, QUOTA_DAY_MS, 2 * QUOTA_DAY_MS, 2 * QUOTA_DAY_MS]);
    await pace.close();
  });

  it('tells of no pause for a used-up daily quota where it is not to wait', async () => {
    const { pace, day, job } = paceScene({ callsPerDay: 1, waitForQuota: false });
    await pace.schedule(job(async () => 1));
    expect(pace.state(day.usage()).paused).toBeUndefined();
    expect(pace.state(day.usage())).toMatchObject({ leftInDay: 0, freesAtMs: START_MS + QUOTA_DAY_MS });
    await pace.close();
  });

  it('stops at a used-up daily quota where it is not to wait, and says when it frees', async () => {
    const { pace, job } = paceScene({ callsPerDay: 1, waitForQuota: false });
    await pace.schedule(job(async () => 1));
    await expect(pace.schedule(job(async () => 2))).rejects.toMatchObject({
      code: 'quota_reached',
      message: `The daily quota is used up; the next call may go at ${new Date(START_MS + QUOTA_DAY_MS).toISOString()}.`,
    });
    await pace.close();
  });

  it('takes a wait of seconds even where it is not to wait: a day later places come free one by one', async () => {
    const { pace, clock, job } = paceScene({ callsPerDay: 1, waitForQuota: false });
    await pace.schedule(job(async () => 1));
    clock.advance(QUOTA_DAY_MS - 5000);
    expect(await clock.run(pace.schedule(job(async () => clock.trueMs())))).toBe(QUOTA_DAY_MS);
    await pace.close();
  });

  it('pauses every call after a throttle, and says so', async () => {
    const { pace, clock, day, job } = paceScene();
    pace.noteAnswer('throttled');
    expect(pace.state(day.usage())).toMatchObject({
      paused: { untilMs: START_MS + 100, why: 'throttled' },
      throttled: { count: 1, sinceMs: START_MS },
    });
    expect(await clock.run(pace.schedule(job(async () => clock.trueMs())))).toBe(100);
    pace.noteAnswer('accepted');
    expect(pace.state(day.usage()).throttled).toEqual({ count: 0 });
    await pace.close();
  });

  it('expects to finish when rate and quota let it', async () => {
    const { pace, clock, day, job } = paceScene({ callsPerDay: 10 });
    await Promise.all(Array.from({ length: 10 }, () => pace.schedule(job(async () => 1))));
    clock.advance(3_600_000);
    expect(pace.expectedFinishMs(0, day.usage())).toBe(START_MS + 3_600_000);
    expect(pace.expectedFinishMs(10, day.usage())).toBe(START_MS + QUOTA_DAY_MS);
    expect(pace.expectedFinishMs(11, day.usage())).toBe(START_MS + 2 * QUOTA_DAY_MS);
    await pace.close();
  });
});
