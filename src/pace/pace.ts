import type { Clock, Dice } from '../model/clock.ts';
import { RunError } from '../model/run-error.ts';
import { createGate, type Gate } from './gate.ts';
import type { Ledger } from './ledger.ts';
import { onAbort } from '../model/on-abort.ts';
import { describePace, expectFinish, type PaceState } from './pace-state.ts';
import { shortWindow } from './short-window.ts';
import { createSpacedSlots, createUnspacedSlots, type Slots } from './slots.ts';
import { createTurnstile } from './turnstile.ts';
import { createWaitingLine, type Priority } from './waiting-line.ts';

export interface PaceOptions {
  readonly callsPerSecond: number | 'unlimited';
  readonly callsPerDay: number | 'unlimited';
  /** How much of `callsPerDay` is left to other tools. */
  readonly reserve: number;
  /** Calls in flight at most. */
  readonly concurrency: number;
  /** False: a used-up daily quota rejects with `RunError` `quota_reached`. */
  readonly waitForQuota: boolean;
  /** Closed with the pace. */
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly dice: Dice;
}

export interface PacedJob<T> {
  /** The write-ahead note: made after the wait for the daily quota, shortly before the call. */
  readonly prepare?: () => Promise<void>;
  readonly call: () => Promise<T>;
  readonly priority: Priority;
  /** Aborted while the job waits, `call` never starts and the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

export interface Pace {
  /** Runs one call when the quotas allow it. It is in the ledger before `call` starts; retries go ahead of new rows. */
  readonly schedule: <T>(job: PacedJob<T>) => Promise<T>;
  readonly noteAnswer: (answer: 'accepted' | 'throttled') => void;
  readonly state: () => PaceState;
  /** When the last of so many more calls would start, epoch milliseconds. */
  readonly expectedFinishMs: (remainingCalls: number) => number;
  /** Rejects what waits, lets what is calling finish, closes the ledger. */
  readonly close: () => Promise<void>;
}

interface QueuedJob {
  readonly run: () => Promise<void>;
  readonly reject: (reason: unknown) => void;
}

export function createPace(options: PaceOptions): Pace {
  const { ledger } = options;
  const limits = { ...options, callsPerDay: usableQuota(options) };
  const gate = createGate(limits);
  const passages = createPassages(gate, options);
  const line = createWaitingLine<QueuedJob>();
  const slots = createSlots(options);
  const underWay = new Set<Promise<void>>();
  let closedFor: Error | undefined;
  let closing: Promise<void> | undefined;

  const runFirst = async (): Promise<void> => {
    const first = line.first();
    if (first === undefined) return;
    line.leave(first);
    const running = first.run();
    underWay.add(running);
    await running;
    underWay.delete(running);
  };
  const schedule = <T>(job: PacedJob<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closedFor !== undefined) return reject(closedFor);
      // The caller's own reason, whatever it is.
      if (job.signal.aborted) return reject(job.signal.reason as Error);
      const abandon = (): void => {
        if (line.leave(queued)) reject(job.signal.reason as Error);
      };
      const queued: QueuedJob = {
        run: () => {
          stay();
          return passages.through(job).then(resolve, reject);
        },
        reject,
      };
      const stay = onAbort(job.signal, abandon);
      line.join(queued, job.priority);
      return slots.take(runFirst);
    });

  const close = async (): Promise<void> => {
    closedFor = new Error('The pace was closed while calls were waiting.');
    for (const queued of line.leaveAll()) queued.reject(closedFor);
    passages.close(closedFor);
    slots.close();
    await Promise.all(underWay);
    await ledger.close();
  };

  return {
    schedule,
    noteAnswer: gate.noteAnswer,
    state: () => describePace(gate.state(), limits),
    expectedFinishMs: (remainingCalls) => expectFinish(remainingCalls, gate.state(), limits),
    close: () => (closing ??= close()),
  };
}

interface Passages {
  readonly through: <T>(job: PacedJob<T>) => Promise<T>;
  readonly close: (reason: Error) => void;
}

/** Takes a job through both questions of the gate, its note between them. */
function createPassages(gate: Gate, { clock, waitForQuota, concurrency }: PaceOptions): Passages {
  const admissionDelayMs = (): number => {
    const { delayMs, why } = gate.admission();
    if (why === 'daily_quota' && delayMs > SHORT_WAIT_MS && !waitForQuota)
      throw quotaReached(clock.wallMs() + delayMs);
    return delayMs;
  };
  const admission = createTurnstile({ delayMs: admissionDelayMs, passed: gate.admitted }, clock);
  const start = createTurnstile({ delayMs: () => gate.start().delayMs, passed: gate.started }, clock);
  const calls = createUnspacedSlots(concurrency);
  const inCallSlot = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      calls.take(() => work().then(resolve, reject));
    });
  return {
    through: async (job) => {
      let started = false;
      await admission.pass(job);
      try {
        await job.prepare?.();
        return await inCallSlot(async () => {
          await start.pass(job);
          started = true;
          admission.wake();
          return job.call();
        });
      } catch (error) {
        if (!started) {
          gate.withdrawn();
          admission.wake();
        }
        throw error;
      }
    },
    close: (reason) => {
      admission.close(reason);
      start.close(reason);
    },
  };
}

/**
 * A wait for the daily quota that is no longer than this is taken even by a run that does not wait for it: at the same
 * hour as the day before, places come free at the pace they were taken.
 */
const SHORT_WAIT_MS = 60_000;

function quotaReached(freesAtMs: number): RunError {
  const freesAt = new Date(freesAtMs).toISOString();
  return new RunError('quota_reached', `The daily quota is used up; the next call may go at ${freesAt}.`);
}

function usableQuota({ callsPerDay, reserve }: PaceOptions): number | 'unlimited' {
  if (callsPerDay === 'unlimited') return 'unlimited';
  if (callsPerDay - reserve >= 1) return callsPerDay - reserve;
  throw new RunError('usage', `A reserve of ${reserve} leaves nothing of a daily quota of ${callsPerDay}.`, {
    code: 'lower_reserve',
  });
}

/** Jobs in hand: those that are being noted leave their place among the calls to others. */
const JOBS_A_CALL = 2;

function createSlots({ callsPerSecond, concurrency, clock }: PaceOptions): Slots {
  const jobs = concurrency * JOBS_A_CALL;
  if (callsPerSecond === 'unlimited') return createUnspacedSlots(jobs);
  const { windowMs, calls } = shortWindow(callsPerSecond, 1);
  return createSpacedSlots({ concurrency: jobs, spacingMs: windowMs / calls, clock });
}
