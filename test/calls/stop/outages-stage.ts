import type { FaultKind } from '../../../src/model/fault.ts';
import type { Answer } from '../../../src/calls/stop/service-health.ts';
import { watchOutages, type Outages } from '../../../src/calls/stop/outages.ts';
import { createStopSwitch, type StopSwitch } from '../../../src/calls/stop/stop-switch.ts';
import { createVirtualClock, type VirtualClock } from '../../pace/virtual-clock.ts';
import { fault, target } from '../../results/samples.ts';
import { settleDown } from '../../run/settle-down.ts';

export type Kind = 'ok' | FaultKind;

export interface Bench extends Omit<Outages, 'judge'> {
  readonly stopSwitch: StopSwitch;
  readonly clock: VirtualClock;
  /** Judges an answer to a row's own call, and notes what came of it: `row`, `excused`, the code of the error, or nothing yet. */
  readonly answered: (ordinal: number, kind: Kind) => { readonly came: () => string };
  readonly looked: (ordinal: number, kind: Kind) => { readonly came: () => string };
  /** The opportunities that were probed. */
  readonly probed: string[];
  readonly news: string[];
  /** Lets time pass, and whatever follows happen. */
  readonly pass: (ms: number) => Promise<void>;
}

export const WAIT_MS: number = 60_000;

/** Probes meet the answers of the script, and then the last of them again and again; without one, they hang. */
export function bench(slots: number = 16, probes: readonly Kind[] = []): Bench {
  const stopSwitch = createStopSwitch();
  const clock = createVirtualClock();
  const script = [...probes];
  const probed: string[] = [];
  const news: string[] = [];
  const outages = watchOutages({
    slots,
    waitMs: WAIT_MS,
    stopSwitch,
    clock,
    news: {
      outageBegan: ({ kind }, waitMs) => news.push(`began: ${kind}, ${waitMs}`),
      outageEnded: () => news.push('ended'),
    },
    probe: (id, signal) => {
      probed.push(id);
      const kind = script.length > 1 ? script.shift() : script[0];
      if (kind !== undefined) return Promise.resolve(answerOf(kind));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
  });
  const judged = (by: number | 'look', ordinal: number, kind: Kind): { came: () => string } => {
    let came = 'nothing yet';
    outages
      .judge({ by, opportunityId: target(ordinal).opportunityId, action: 'an action' }, answerOf(kind))
      .then(
        (verdict) => {
          came = verdict;
        },
        (error: unknown) => {
          came = error instanceof Error && 'code' in error ? String(error.code) : 'no RunError';
        },
      );
    return { came: () => came };
  };
  return {
    ...outages,
    stopSwitch,
    clock,
    probed,
    news,
    answered: (ordinal, kind) => judged(ordinal, ordinal, kind),
    looked: (ordinal, kind) => judged('look', ordinal, kind),
    pass: async (ms) => {
      await settleDown();
      clock.advance(ms);
      await settleDown();
    },
  };
}

function answerOf(kind: Kind): Answer {
  return kind === 'ok' ? { ok: true } : { ok: false, fault: fault(kind) };
}

export function stopCode({ signal }: StopSwitch): unknown {
  // The switch is thrown with nothing but a RunError.
  return signal.aborted ? (signal.reason as { readonly code: string }).code : undefined;
}

/** So many rows in hand, none behind them unless `more`. */
export function takeRows({ rowTaken, inputEnded }: Bench, rows: number, more = false): void {
  for (let row = 0; row < rows; row += 1) rowTaken(false);
  if (!more) inputEnded();
}
