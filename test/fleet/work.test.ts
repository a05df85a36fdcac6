import { describe, expect, it } from 'vitest';
import { createStopSwitch } from '../../src/calls/stop/stop-switch.ts';
import type { RunningSlice } from '../../src/fleet/run-slice.ts';
import { work, type WorkContext } from '../../src/fleet/work.ts';
import { RunError, stopOf } from '../../src/model/run-error.ts';
import type { AfterSlice, FleetRun, Slice } from '../../src/store/fleet/fleet-store.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';

const MINUTE_MS = 60_000;

/** A queue in the order in which its runs were put there, and a worker that has each until it is told to stop. */
interface Scene {
  readonly clock: VirtualClock;
  readonly context: WorkContext;
  /** What the worker has in hand, by account, the longest first. */
  readonly inHand: () => readonly string[];
  readonly waiting: string[];
  /** How often it took one. */
  readonly taken: () => number;
  readonly end: AbortController;
}

function scene(accounts: readonly string[]): Scene {
  const clock = createVirtualClock();
  const end = new AbortController();
  const waiting = [...accounts];
  const hands = new Set<string>();
  let slices = 0;
  const sliceOf = (account: string): Slice => {
    slices += 1;
    return { id: `${slices}`, settledBefore: 0, run: runOf(account), input: async function* () {} };
  };
  const fleets: WorkContext['fleets'] = {
    runs: async () => [],
    take: async (most) => waiting.splice(0, most).map(sliceOf),
    waiting: async () => waiting.length,
    beat: async () => [],
    settle: async ({ run: { account } }) => {
      hands.delete(account);
      waiting.push(account);
    },
  };
  const start = (slice: Slice): RunningSlice => {
    const stopSwitch = createStopSwitch();
    hands.add(slice.run.account);
    const done = new Promise<{ readonly kind: 'again'; readonly inMs: 0 }>((resolve) => {
      stopSwitch.signal.addEventListener('abort', () => {
        expect(stopOf(stopSwitch.signal.reason)?.code).toBe('terminated');
        resolve({ kind: 'again', inMs: 0 });
      });
    });
    return { slice, stopSwitch, done };
  };
  const events = { began: () => undefined, ended: () => undefined };
  return {
    clock,
    context: { fleets, clock, start, events, signal: end.signal },
    inHand: () => [...hands],
    waiting,
    taken: () => slices,
    end,
  };
}

const runOf = (account: string): FleetRun => ({
  fleet: 'spring',
  account,
  options: '{}',
  inputName: 'a.csv',
  rows: 1,
  rowsToRun: 1,
  state: 'queued',
  nextAtMs: 0,
  stop: undefined,
});

function again(slice: Slice, options: string): Slice {
  return { ...slice, run: { ...slice.run, options } };
}

/** What the worker has in hand after each minute. */
async function overMinutes(
  minutes: number,
  runs: number,
  { clock, context, inHand, end }: Scene,
): Promise<readonly (readonly string[])[]> {
  const seen: (readonly string[])[] = [];
  const working = work({ runs, drain: false }, context);
  for (let minute = 0; minute < minutes; minute += 1) {
    await clock.run(clock.sleep(MINUTE_MS));
    seen.push(inHand());
  }
  end.abort();
  await clock.run(working);
  return seen;
}

describe('a worker with fewer places than runs', () => {
  it('gives each run its turn: who had a place longest gives it to who waits longest', async () => {
    const stage = scene(['a', 'b', 'c', 'd', 'e']);
    const seen = await overMinutes(30, 2, stage);
    expect(seen.every((hands) => hands.length === 2)).toBe(true);
    // A turn is five minutes.
    expect(new Set(seen.slice(0, 4).flat())).toEqual(new Set(['a', 'b']));
    const minutesOf = (account: string): number => seen.filter((hands) => hands.includes(account)).length;
    for (const account of ['a', 'b', 'c', 'd', 'e']) expect(minutesOf(account)).toBeGreaterThanOrEqual(10);
  });

  it('takes no place from a run while none waits', async () => {
    const stage = scene(['a', 'b']);
    await overMinutes(30, 2, stage);
    expect(stage.taken()).toBe(2);
  });

  it('goes on with a run that the queue gives it once more, and settles it by its newest attempt', async () => {
    const stage = scene(['a']);
    const [slice] = await stage.context.fleets.take(1);
    if (slice === undefined) throw new Error('There was one to take.');
    const attempts = [slice, again(slice, 'again'), again(slice, 'once more')];
    const settled: Slice[] = [];
    const fleets: WorkContext['fleets'] = {
      ...stage.context.fleets,
      take: async () => attempts.splice(0, 1),
      settle: async (one) => void settled.push(one),
    };
    const hands = await overMinutes(1, 3, { ...stage, context: { ...stage.context, fleets } });
    expect(hands).toEqual([['a']]);
    expect(settled.map(({ run }) => run.options)).toEqual(['once more']);
  });

  it('ends where its host can work at no run, and leaves each to others; not while it works at one', async () => {
    const stage = scene(['a', 'b', 'c']);
    const hostFault = new RunError('credentials_missing', 'None here.');
    const settled: AfterSlice[] = [];
    const fleets: WorkContext['fleets'] = {
      ...stage.context.fleets,
      settle: async (_slice, after) => void settled.push(after),
    };
    const good = new AbortController();
    const ends: RunningSlice['done'] = new Promise((resolve) => {
      good.signal.addEventListener('abort', () => resolve({ kind: 'finished' }));
    });
    const start: WorkContext['start'] = (slice) => {
      const left = { kind: 'again', inMs: 60_000, hostFault } as const;
      return {
        slice,
        stopSwitch: createStopSwitch(),
        done: slice.run.account === 'a' ? ends : Promise.resolve(left),
      };
    };
    const working = work({ runs: 3, drain: false }, { ...stage.context, fleets, start });
    working.catch(() => undefined);
    await stage.clock.run(stage.clock.sleep(MINUTE_MS));
    expect(settled).toEqual([
      { kind: 'again', inMs: 60_000 },
      { kind: 'again', inMs: 60_000 },
    ]);
    good.abort();
    await expect(stage.clock.run(working)).rejects.toBe(hostFault);
    expect(settled).toHaveLength(3);
  });

  it('fills a place at once where a run ends', async () => {
    const stage = scene(['a', 'b']);
    const first = new AbortController();
    const ending: RunningSlice['done'] = new Promise((resolve) => {
      first.signal.addEventListener('abort', () => resolve({ kind: 'finished' }));
    });
    const settle = async (): Promise<void> => undefined;
    const start: WorkContext['start'] = (slice) =>
      slice.run.account === 'a'
        ? { slice, stopSwitch: createStopSwitch(), done: ending }
        : stage.context.start(slice);
    const fleets = { ...stage.context.fleets, settle };
    const working = work({ runs: 1, drain: false }, { ...stage.context, start, fleets });
    // In the middle between two looks.
    await stage.clock.run(stage.clock.sleep(1_500));
    first.abort();
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(stage.inHand()).toEqual(['b']);
    stage.end.abort();
    await stage.clock.run(working);
  });

  it('gives every run back at its end', async () => {
    const stage = scene(['a', 'b', 'c']);
    await overMinutes(1, 2, stage);
    expect(stage.inHand()).toEqual([]);
    expect(stage.waiting.toSorted()).toEqual(['a', 'b', 'c']);
  });
});
