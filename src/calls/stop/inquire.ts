import type { Clock } from '../../model/clock.ts';
import type { Fault } from '../../model/fault.ts';
import { outlasted, serviceUnreachable } from './stop-reasons.ts';
import type { Answer } from './service-health.ts';

/** What asking whether the service is there takes. */
export interface Inquiry extends Pick<OutageNews, 'outageBegan'> {
  /** One call that changes nothing. */
  readonly probe: () => Promise<Answer>;
  /** Throws what stops the run. */
  readonly isUsable: (answer: Answer) => boolean;
  /** Whether the session has met the service at all. */
  readonly everAnswered: () => boolean;
  /** How long the service is waited for, milliseconds. */
  readonly waitMs: number;
  readonly clock: Clock;
}

/** Told of what every row meets. */
export interface OutageNews {
  /**
   * The service gives no usable answer, the last of them this one. It is waited for so long, in milliseconds; `undefined`
   * where it was never met, and is asked a few times more.
   */
  readonly outageBegan: (fault: Fault, waitMs: number | undefined) => void;
  readonly outageEnded: (lastedMs: number) => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A service that was never met is given so many probes; a wrong address or proxy is to be told soon. */
const FIRST_PROBES = 5;
/** The same where no call even left. */
const FIRST_PROBES_UNREACHABLE = 3;

/**
 * Probes, one call at a time, until one has a usable answer; gives how many had none before. Rejects with what stops the
 * run, or with the signal's reason.
 */
export async function inquire(inquiry: Inquiry, signal: AbortSignal): Promise<number> {
  const { clock, waitMs } = inquiry;
  const sinceMs = clock.monotonicMs();
  for (let failedProbes = 0; ;) {
    const answer = await inquiry.probe();
    signal.throwIfAborted();
    const lastedMs = clock.monotonicMs() - sinceMs;
    if (inquiry.isUsable(answer) || answer.ok) return failedProbes;
    const { fault } = answer;
    const metBefore = inquiry.everAnswered();
    failedProbes += 1;
    if (!metBefore && failedProbes >= firstProbes(fault)) {
      throw serviceUnreachable(fault, 'none of the first calls was answered');
    }
    if (failedProbes === 1) inquiry.outageBegan(fault, metBefore ? waitMs : undefined);
    if (lastedMs >= waitMs) throw outlasted(fault, waitMs);
    await clock.sleep(Math.min(pauseMs(failedProbes), waitMs - lastedMs), signal);
  }
}

function firstProbes({ kind }: Fault): number {
  return kind === 'unreachable' ? FIRST_PROBES_UNREACHABLE : FIRST_PROBES;
}

function pauseMs(failedProbes: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failedProbes - 1));
}
