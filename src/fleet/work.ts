import type { Clock } from '../model/clock.ts';
import { RunError } from '../model/run-error.ts';
import type { AfterSlice, FleetRun, FleetStore, Slice } from '../store/fleet/fleet-store.ts';
import type { RunningSlice } from './run-slice.ts';

export interface WorkOptions {
  /** Runs under way at once, at most. */
  readonly runs: number;
  /** Ends once no run is left that goes on by itself. */
  readonly drain: boolean;
}

/** Events of a worker. */
export interface WorkEvents {
  readonly began: (run: FleetRun) => void;
  readonly ended: (run: FleetRun, after: AfterSlice) => void;
}

const LOOK_MS = 1_000;
const BEATS_EVERY = 3;
/** A worker takes this part of what it could at each look: others take theirs in between. */
const SHARE = 4;
/** So long a slice has its place for sure, where other runs wait for one. Each slice costs a sign-in and a session in the journal. */
const TURN_MS = 5 * 60_000;

/** What a worker works with. */
export interface WorkContext {
  readonly fleets: Pick<FleetStore, 'runs' | 'take' | 'waiting' | 'beat' | 'settle'>;
  readonly clock: Clock;
  /** Goes on with a slice's run. */
  readonly start: (slice: Slice) => RunningSlice;
  readonly events: WorkEvents;
  /** Ends the work. */
  readonly signal: AbortSignal;
}

/**
 * Takes slices and works at them, until the signal, or `drain`, ends it: calls under way are finished then, and every run is given back.
 * Rejects with what kept a slice from being settled, such as a store that stays away.
 */
export async function work({ runs, drain }: WorkOptions, context: WorkContext): Promise<void> {
  const { fleets, signal, clock } = context;
  const hands = handsOf(context);
  try {
    for (let turn = 0; !signal.aborted; turn += 1) {
      hands.assertSound();
      hands.assertOfUse();
      const free = runs - hands.busy();
      if (free > 0) for (const slice of await fleets.take(Math.ceil(free / SHARE))) hands.begin(slice);
      if (turn % BEATS_EVERY === 0) {
        await hands.beat();
        if (hands.busy() === runs) hands.makeRoom(Math.min(await fleets.waiting(), Math.ceil(runs / SHARE)));
      }
      if (drain && hands.busy() === 0 && !(await isAnyLeft(fleets))) return;
      await Promise.race([clock.sleep(LOOK_MS, signal).catch(() => undefined), hands.anyEnds()]);
    }
  } finally {
    await hands.giveBack();
  }
  hands.assertSound();
}

/** The slices that a worker has in hand. */
interface Hands {
  readonly begin: (slice: Slice) => void;
  readonly busy: () => number;
  /** Says that they are worked at; what somebody has stopped is stopped here as by Ctrl-C. */
  readonly beat: () => Promise<void>;
  /** Gives back so many at most, of those whose turn is over, the longest ones first. */
  readonly makeRoom: (most: number) => void;
  /** Resolves with the next that ends; only who asked last is told. */
  readonly anyEnds: () => Promise<void>;
  /** Resolves once all are settled. */
  readonly giveBack: () => Promise<void>;
  /** Throws what kept one from being settled. */
  readonly assertSound: () => void;
  /** Throws what keeps this host from working at some, once it works at no other. */
  readonly assertOfUse: () => void;
}

function handsOf({ fleets, events, clock, start }: WorkContext): Hands {
  const running = new Map<string, RunningSlice & { readonly atMs: number }>();
  const ends = new Map<string, Promise<void>>();
  let failure: unknown;
  let hostFault: RunError | undefined;
  let anyEnded: (() => void) | undefined;

  const settle = async ({ slice, done }: RunningSlice): Promise<void> => {
    try {
      const { hostFault: fault, ...after } = await done;
      hostFault ??= fault;
      await fleets.settle(running.get(slice.id)?.slice ?? slice, after);
      events.ended(slice.run, after);
    } catch (error) {
      failure ??= error;
    } finally {
      running.delete(slice.id);
      ends.delete(slice.id);
      anyEnded?.();
    }
  };
  const beat = async (): Promise<void> => {
    const lost = await fleets.beat([...running.values()].map(({ slice }) => slice));
    for (const { id, why } of lost)
      running.get(id)?.stopSwitch.stop(why === 'stopped' ? stoppedByHand() : givenOutAgain());
  };
  return {
    begin: (slice) => {
      const own = running.get(slice.id);
      // Its word came late, as where the store was away, and the queue has given it out once more: to this worker.
      if (own !== undefined) return void running.set(slice.id, { ...own, slice });
      const started = start(slice);
      running.set(slice.id, { ...started, atMs: clock.monotonicMs() });
      events.began(slice.run);
      ends.set(slice.id, settle(started));
      return undefined;
    },
    busy: () => ends.size,
    beat,
    makeRoom: (most) => {
      const over = [...running.values()].filter(({ atMs }) => clock.monotonicMs() - atMs >= TURN_MS);
      for (const { stopSwitch } of over.slice(0, most)) stopSwitch.stop(turnOver());
    },
    // A race of all of them, each second, would leave something at each until it ends.
    anyEnds: () => new Promise((resolve) => (anyEnded = resolve)),
    giveBack: async () => {
      for (const { stopSwitch } of running.values()) stopSwitch.stop(givenBack());
      const over = new AbortController();
      const beating = keepBeating(beat, clock, over.signal);
      await Promise.all(ends.values());
      over.abort();
      await beating;
    },
    assertSound: () => {
      if (failure !== undefined) throw failure;
    },
    assertOfUse: () => {
      if (hostFault !== undefined && running.size === 0) throw hostFault;
    },
  };
}

/** Calls under way take their time. */
async function keepBeating(beat: () => Promise<void>, clock: Clock, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await beat().catch(() => undefined);
    await clock.sleep(LOOK_MS * BEATS_EVERY, over).catch(() => undefined);
  }
}

async function isAnyLeft(fleets: WorkContext['fleets']): Promise<boolean> {
  return (await fleets.runs()).some(({ state }) => state === 'queued');
}

function givenBack(): RunError {
  return new RunError('terminated', 'The worker ends, and has given the run back.');
}

function turnOver(): RunError {
  return new RunError('terminated', 'Its turn is over: other runs wait for its place.');
}

/** Its word came late: the machine slept, or the store was away. */
function givenOutAgain(): RunError {
  return new RunError('terminated', 'The queue has given the run to another worker.');
}

function stoppedByHand(): RunError {
  return new RunError('interrupted', 'Stopped by fleet stop.');
}
