import type { Fault } from '../model/fault.ts';
import type { Pace } from '../pace/pace.ts';

/** Tells a pace of an answer: what a throttle asks for holds for all calls. */
export function notePace(
  pace: Pick<Pace, 'noteAnswer'>,
  answer: { readonly ok: true } | { readonly ok: false; readonly fault: Fault },
): void {
  if (!answer.ok && answer.fault.kind === 'throttled') {
    pace.noteAnswer('throttled', answer.fault.retryAfterMs);
  } else {
    pace.noteAnswer('accepted');
  }
}
