import { createOpenQueue, type CallQueue, type Priority } from './call-queue.ts';
import { createClaims, type Claims } from './claims.ts';
import { createGate, type Gate, type GateOptions, type PaceCounts } from './gate.ts';
import { describePace, expectFinish, type DayUsage, type PaceLimits, type PaceState } from './pace-state.ts';
import type { Hold, Leaves } from '../model/call.ts';
import { momentOf, type Clock, type Moment } from '../model/clock.ts';
import { passGate, stillCounts, type GateKeeping } from './pass-gate.ts';
import { quotaRule, type QuotaAnswer } from './quota-rule.ts';
import { sleepUnless } from './sleep-unless.ts';
import { createSpacedQueue } from './spaced-queue.ts';

export interface PaceOptions extends GateOptions {
  /** False: a used-up daily quota rejects with `RunError` `quota_reached`. */
  readonly waitForQuota: boolean;
}

export interface PacedJob<T> {
  /**
   * Counts the call in the account's quota and notes that it may leave, before it queues. Absent, it is counted as it leaves.
   */
  readonly claim?: () => Promise<QuotaAnswer>;
  /** Counts the call as it leaves, where it was not claimed, or so long ago that the claim doesn't stand for it. */
  readonly count: () => Promise<QuotaAnswer>;
  /** Its answer counts for nothing where `leaves` has kept it back: it is called again, in its turn. */
  readonly call: (leaves: Leaves) => Promise<T>;
  readonly priority: Priority;
  /** While it is on, the call is neither claimed nor does it leave; what was claimed before waits, and has no turn. */
  readonly hold?: Hold;
  /** Aborted while the job waits, `call` never starts and the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** When the calls of one quota may go. */
export interface Pace {
  /** Runs one call when the quotas allow it: it is counted before `call` starts. Retries go ahead of new rows. */
  readonly schedule: <T>(job: PacedJob<T>) => Promise<T>;
  /** `leastPauseMs`: the least wait that a throttled answer asks for; no call leaves before. */
  readonly noteAnswer: (answer: 'accepted' | 'throttled', leastPauseMs?: number) => void;
  readonly counts: () => PaceCounts;
  readonly state: (day: DayUsage) => PaceState;
  /** Calls that have left, and are not answered yet. */
  readonly inFlight: () => number;
  /** When the last of so many calls, those under way among them, would start; epoch milliseconds. */
  readonly expectedFinishMs: (unansweredCalls: number, day: DayUsage) => number;
  /** Rejects what waits, lets what is calling finish. */
  readonly close: () => Promise<void>;
}

/** The parts of a pace, so that a bench can show what each of them does. */
export interface PaceParts {
  readonly createGate: (options: GateOptions) => Gate;
  readonly openQueue: (options: GateOptions, spacingMs: number) => CallQueue;
}

export const PACE_PARTS: PaceParts = {
  createGate,
  openQueue: ({ callsPerSecond, concurrency, clock }, spacingMs) =>
    callsPerSecond === 'unlimited'
      ? createOpenQueue(concurrency)
      : createSpacedQueue({ concurrency, spacingMs, clock }),
};

export function createPace(options: PaceOptions, parts: PaceParts = PACE_PARTS): Pace {
  const { clock } = options;
  const gate = parts.createGate(options);
  const rule = quotaRule(options.waitForQuota, clock);
  const closing = new AbortController();
  const ways: Ways = {
    claims: createClaims(gate, rule, clock),
    queue: parts.openQueue(options, gate.spacingMs()),
    keeping: { gate, rule, clock },
    restMs: () => 2 * gate.patienceMs() * (0.5 + options.dice()),
    closing: closing.signal,
    counted: new Map(),
  };
  const underWay = new Set<Promise<unknown>>();
  const limits = (day: DayUsage): PaceLimits => ({ ...options, day, counted: countedCalls(ways, clock) });

  const close = async (): Promise<void> => {
    const reason = new Error('The pace was closed while calls were waiting.');
    closing.abort(reason);
    ways.claims.close(reason);
    ways.queue.close(reason);
    await Promise.allSettled(underWay);
  };

  return {
    schedule: (job) => {
      const calling = makeCall(job, ways);
      underWay.add(calling);
      const ended = (): void => void underWay.delete(calling);
      calling.then(ended, ended);
      return calling;
    },
    noteAnswer: gate.noteAnswer,
    counts: gate.counts,
    state: (day) => describePace(gate.state(), limits(day)),
    inFlight: () => [...ways.counted.values()].filter((since) => since === 'left').length,
    expectedFinishMs: (unansweredCalls, day) => expectFinish(unansweredCalls, gate.state(), limits(day)),
    close,
  };
}

/** The parts that a call passes on its way. */
interface Ways {
  readonly claims: Claims;
  readonly queue: CallQueue;
  readonly keeping: GateKeeping;
  /** How long a call that came too early rests before it queues again. */
  readonly restMs: () => number;
  readonly closing: AbortSignal;
  /** The calls that are counted, since when, and not answered yet. */
  readonly counted: Map<PacedJob<unknown>, Moment | 'left'>;
}

/** Those whose place in the quota stands: what has waited too long is counted again. */
function countedCalls({ counted }: Pick<Ways, 'counted'>, clock: Clock): number {
  const now = momentOf(clock);
  let calls = 0;
  for (const since of counted.values()) if (since === 'left' || stillCounts(since, now)) calls += 1;
  return calls;
}

/** Claims a call, queues for its turn, passes the gate, calls. */
async function makeCall<T>(job: PacedJob<T>, ways: Ways): Promise<T> {
  const { claims, queue, keeping, restMs, closing, counted } = ways;
  const { claim, count, call, priority, signal, hold } = job;
  if (hold?.isOn() === true) await hold.over(signal);
  const countedAt = claim && (await claims.make({ claim, priority, signal }));
  const signals = [signal, closing];
  let ahead = claim !== undefined;
  const noLongerAhead = (): void => {
    if (ahead) claims.spent();
    ahead = false;
  };
  if (countedAt !== undefined) counted.set(job, countedAt);
  try {
    for (;;) {
      if (hold?.isOn() === true) await hold.over(signal);
      const turn = await queue.turn(priority, signal);
      try {
        const departure = await passGate({ countedAt, count, signals, hold }, keeping);
        if (departure !== undefined) {
          queue.space(keeping.gate.spacingMs());
          noLongerAhead();
          counted.set(job, 'left');
          let kept = false;
          const answer = await call(() => {
            // A process that stood still since the call's turn learns of it here, or the call leaves all the same.
            kept = hold?.isOn() === true;
            return kept ? false : departure.written;
          });
          if (!kept) {
            departure.answered();
            return answer;
          }
        }
      } finally {
        turn.end();
      }
      // Calls that came together, or were held, come again each after a time of its own.
      await sleepUnless(signals, restMs(), keeping.clock);
    }
  } finally {
    noLongerAhead();
    counted.delete(job);
  }
}
