import { COUNT_LASTS_MS } from '../model/quota/quota-day.ts';
import type { Departure, Gate } from './gate.ts';
import type { Hold } from '../model/call.ts';
import { elapsedMs, momentOf, SHORT_SLEEP_MS, type Clock, type Moment } from '../model/clock.ts';
import { isWait, LONGEST_SLEEP_MS, type QuotaAnswer, type QuotaRule } from './quota-rule.ts';
import { sleepUnless } from './sleep-unless.ts';

/** A call whose turn has come. */
export interface CallAtGate {
  /** When it was counted in the account's quota, at the earliest; `undefined` where it was not. */
  readonly countedAt: Moment | undefined;
  /** Counts it, or counts it again. */
  readonly count: () => Promise<QuotaAnswer>;
  /** Any of them ends its waits. */
  readonly signals: readonly AbortSignal[];
  readonly hold?: Hold | undefined;
}

export interface GateKeeping {
  readonly gate: Gate;
  readonly rule: QuotaRule;
  readonly clock: Clock;
}

/**
 * Holds a call until it may leave, and notes that it does: it must leave at once, and tell when its request is written
 * and answered. Gives `undefined` where it came too early to be waited
 * for, as after the machine slept, or is kept from leaving: it is to queue again. Rejects with the reason of its signals.
 */
export async function passGate(
  call: CallAtGate,
  { gate, rule, clock }: GateKeeping,
): Promise<Departure | undefined> {
  let { countedAt } = call;
  let heldMs = 0;
  const sleep = (delayMs: number): Promise<void> =>
    sleepUnless(call.signals, Math.min(Math.ceil(delayMs), LONGEST_SLEEP_MS), clock);
  for (;;) {
    for (const signal of call.signals) signal.throwIfAborted();
    if (call.hold?.isOn() === true) return undefined;
    const pauseMs = gate.pauseDelayMs();
    const windowMs = gate.windowDelayMs();
    if (pauseMs > 0) {
      await sleep(pauseMs);
    } else if (windowMs > gate.patienceMs()) {
      return undefined;
    } else if (windowMs > 0) {
      const fromMs = clock.monotonicMs();
      await sleepUnless(call.signals, wholeOrShort(windowMs), clock);
      heldMs += clock.monotonicMs() - fromMs;
    } else if (!stillCounts(countedAt, momentOf(clock))) {
      const askedAt = momentOf(clock);
      const answer = await call.count();
      if (isWait(answer)) await sleep(rule.sleepMs(answer));
      else countedAt = askedAt;
    } else {
      return gate.started(heldMs);
    }
  }
}

/** Timers end whole milliseconds, and what they are late by each window would lose again: the rest is a short sleep. */
function wholeOrShort(delayMs: number): number {
  return delayMs <= SHORT_SLEEP_MS ? delayMs : Math.floor(delayMs);
}

/**
 * Whether a call may leave on what was counted then. One that leaves later is counted again, since the service counts it from then
 * on: its place in the day's quota must not come free too early.
 */
export function stillCounts(countedAt: Moment | undefined, now: Moment): boolean {
  if (countedAt === undefined) return false;
  return elapsedMs(countedAt, now) <= COUNT_LASTS_MS;
}
