import type { WriteAnswer } from '../model/call.ts';
import { assertNever } from '../model/fault.ts';
import type { RunError } from '../model/run-error.ts';
import { onAbort } from '../pace/on-abort.ts';
import type { StopSwitch } from './stop-switch.ts';
import type { AnswerWatch, Verdict } from './watch-answers.ts';
import { accessDenied } from './stop-reasons.ts';

/** Judges each answer, and holds a row whose refusal may be everybody's until more is known. */
export interface AnswerJudge {
  /** `excused`: every row would have met it. Rejects with what stops the run. */
  readonly judge: (ordinal: number, answer: WriteAnswer) => Promise<'row' | 'excused'>;
  readonly pauseMs: () => number;
  /** A row's work begins or ends; the input has no more rows. Tells when only held rows are left. */
  readonly rowBegun: () => void;
  readonly rowEnded: () => void;
  readonly inputEnded: () => void;
}

interface HeldRow {
  readonly answer: WriteAnswer;
  readonly release: () => void;
}

export function judgeAnswers(watch: AnswerWatch, stopSwitch: StopSwitch): AnswerJudge {
  const held: HeldRow[] = [];
  let rows = 0;
  let noMoreRows = false;

  const stop = (verdict: Extract<Verdict, { kind: 'stop' }>): never => {
    stopSwitch.stop(verdict.reason);
    throw verdict.reason;
  };
  const releaseAll = (): void => {
    for (const row of held.splice(0)) row.release();
  };
  const hold = (answer: WriteAnswer): Promise<void> =>
    new Promise((resolve, reject) => {
      const { signal } = stopSwitch;
      // The switch is thrown with nothing but a RunError.
      const stay = onAbort(signal, () => {
        reject(signal.reason as RunError);
      });
      held.push({
        answer,
        release: () => {
          stay();
          resolve();
        },
      });
      stopIfAllAreHeld();
    });
  /** Nothing else will come that could tell: what was denied to all is denied to the run. */
  const stopIfAllAreHeld = (): void => {
    const first = held[0];
    if (!noMoreRows || first === undefined || held.length < rows || first.answer.ok) return;
    stopSwitch.stop(accessDenied(first.answer.fault));
  };

  return {
    judge: async (ordinal, answer) => {
      const verdict = watch.judge(ordinal, answer);
      switch (verdict.kind) {
        case 'stop':
          return stop(verdict);
        case 'held':
          await hold(answer);
          return 'row';
        case 'row':
          if (answer.ok || answer.fault.kind === 'refused') releaseAll();
          return 'row';
        case 'excused':
          return 'excused';
        default:
          return assertNever(verdict);
      }
    },
    pauseMs: watch.pauseMs,
    rowBegun: () => {
      rows += 1;
    },
    rowEnded: () => {
      rows -= 1;
      stopIfAllAreHeld();
    },
    inputEnded: () => {
      noMoreRows = true;
      stopIfAllAreHeld();
    },
  };
}
