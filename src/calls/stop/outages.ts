import type { WriteAnswer } from '../../model/call.ts';
import { assertNever } from '../../model/fault.ts';
import type { RunError } from '../../model/run-error.ts';
import { onAbort } from '../../model/on-abort.ts';
import type { StopSwitch } from './stop-switch.ts';
import type { ServiceHealth, AnswerMeaning } from './service-health.ts';
import { accessDenied } from './stop-reasons.ts';

/** Judges each answer, and holds a row whose refusal may be everybody's until more is known. */
export interface Denials {
  /** `excused`: every row would have met it. Rejects with what stops the run. */
  readonly judge: (ordinal: number, answer: WriteAnswer) => Promise<'row' | 'excused'>;
  readonly pauseMs: () => number;
  /** A row takes a slot, its turn comes where it has to wait for it, and it ends: tells when only held rows are left. */
  readonly rowTaken: (waits: boolean) => void;
  readonly turnCame: () => void;
  readonly rowEnded: () => void;
  readonly inputEnded: () => void;
}

interface HeldRow {
  readonly answer: WriteAnswer;
  readonly release: () => void;
}

/** `slots`: rows that may be under way at once. */
export function watchDenials(health: ServiceHealth, stopSwitch: StopSwitch, slots: number): Denials {
  const held: HeldRow[] = [];
  let rows = 0;
  let waiting = 0;
  let noMoreRows = false;

  const stop = (meaning: Extract<AnswerMeaning, { kind: 'stop' }>): never => {
    stopSwitch.stop(meaning.reason);
    throw meaning.reason;
  };
  const releaseAll = (): void => {
    for (const row of held.splice(0)) row.release();
  };
  const hold = (answer: WriteAnswer): Promise<void> =>
    new Promise((resolve, reject) => {
      const { signal } = stopSwitch;
      const leave = (): void => {
        // The switch is thrown with nothing but a RunError.
        reject(signal.reason as RunError);
      };
      if (signal.aborted) return leave();
      const stay = onAbort(signal, leave);
      held.push({
        answer,
        release: () => {
          stay();
          resolve();
        },
      });
      return checkSoon();
    });
  /** Nothing else will come that could tell: what was denied to all is denied to the run. */
  const stopIfAllAreHeld = (): void => {
    const first = held[0];
    const othersMayCome = !noMoreRows && rows < slots;
    if (first === undefined || othersMayCome || held.length + waiting < rows || first.answer.ok) return;
    stopSwitch.stop(accessDenied(first.answer.fault));
  };
  /** Once round the event loop: the turn of a row that waited for one that has ended comes first. */
  const checkSoon = (): void => {
    if (held.length > 0) setImmediate(stopIfAllAreHeld);
  };

  return {
    judge: async (ordinal, answer) => {
      const meaning = health.judge(ordinal, answer);
      switch (meaning.kind) {
        case 'stop':
          return stop(meaning);
        case 'held':
          await hold(answer);
          return 'row';
        case 'row':
          if (answer.ok || answer.fault.kind === 'refused') releaseAll();
          return 'row';
        case 'excused':
          return 'excused';
        default:
          return assertNever(meaning);
      }
    },
    pauseMs: health.pauseMs,
    rowTaken: (waits) => {
      rows += 1;
      if (waits) waiting += 1;
      checkSoon();
    },
    turnCame: () => {
      waiting -= 1;
    },
    rowEnded: () => {
      rows -= 1;
      checkSoon();
    },
    inputEnded: () => {
      noMoreRows = true;
      checkSoon();
    },
  };
}
