import type { RunProgress } from '../../run/progress.ts';
import type { RunEvents } from '../../run/run-events.ts';
import { about, count, counted, dateTime } from '../words/amounts.ts';
import { describeReason, takenBackLines } from '../words/describe-end.ts';
import { clockWords, paceWords } from '../words/describe-pace.ts';
import { describeInput } from '../words/describe-input.ts';
import { describeChanges } from '../words/describe-sessions.ts';
import { outageOverWords, outageWords } from '../words/progress/describe-outage.ts';
import { describeStillUnreplaced, describeUnmapped } from '../words/describe-unmapped.ts';
import { helperWords } from '../words/progress/describe-helper.ts';
import { signInBackWords, signInEndsWords, signInWords } from '../words/progress/describe-sign-in.ts';
import type { RunEventName } from '../words/progress/run-event.ts';
import type { RunFlags } from '../options/run-flags.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import { isFast, isRehearsal, realLimitsOf } from '../../run/request/run-options.ts';
import { realDuration } from '../../run/service/real-duration.ts';
import type { RunOutlets } from './run-outlets.ts';
import type { ProgressDisplay } from './keep-drawn.ts';
import { showProgress } from './show-progress.ts';
import { readAtOf, type ProcessContext, type ReadAt } from '../process/process-context.ts';

/** The screen of a run while it goes. */
export interface RunScreen {
  readonly events: RunEvents;
  /** To the log, and to the screen, where it reads otherwise, unless it is to be quiet. */
  readonly say: (text: string, shown?: string) => void;
  readonly stopping: (signal: string) => void;
  readonly helperSlow: (profile: string) => void;
  /** Gives the terminal back as it was; may be called twice. */
  readonly end: () => void;
}

/** So many reasons are told as they come; all of them at the end. */
const REASONS_AS_THEY_COME = 5;

export function createRunScreen(
  spec: JobSpec,
  flags: RunFlags,
  outlets: RunOutlets,
  context: ProcessContext,
): RunScreen {
  let display: ProgressDisplay | undefined;
  let firstReasons = 0;
  let standing: (() => RunProgress) | undefined;
  const nowMs = context.clock.wallMs;
  const show = (text: string): void => {
    if (display === undefined) context.terminal.err(text);
    else display.say(text);
  };
  const say = (text: string, shown = text): void => {
    outlets.words(text);
    if (flags.quiet !== true) show(shown);
  };
  const warn = (event: RunEventName, words: string): void => {
    say(words);
    outlets.event(event, words);
  };
  // What fails beside the screen is an error, which --quiet tells too.
  outlets.tellTroubleBy(show);
  return {
    say,
    events: {
      setAside: (paths) => {
        for (const path of paths) say(`Set aside as ${path}\n`);
      },
      understood: (table, tally, toRun) => {
        // The rows of an undo are its own, told already; nobody wrote that table.
        if (spec.command === 'undo') return;
        say(describeInput(table, tally, toRun));
      },
      stillUnreplaced: (rows) => say(describeStillUnreplaced(rows)),
      unmapped: (rows) => say(describeUnmapped(rows)),
      resumed: ({ begunAt, rowsDone, rowsInDoubt, takenBack }) => {
        const doubt =
          rowsInDoubt === 0
            ? ''
            : `, ${counted(rowsInDoubt, 'row')} in doubt, each settled by a read before it is sent again`;
        const words = ({ nowMs: readAtMs }: ReadAt): string =>
          `Going on with the run begun ${dateTime(Date.parse(begunAt), readAtMs)}: ${counted(rowsDone, 'row')} done${doubt}.\n`;
        say(words({}), words(readAtOf(context)));
        for (const line of takenBackLines(takenBack)) say(`${line}\n`);
      },
      changed: (changes) => {
        say(describeChanges(changes));
      },
      quotaRestored: (writes) => {
        say(
          `The account’s ledger of writes was lost or damaged: ${counted(writes, 'write')} of the last 24 hours restored to it from this run’s journal.\n`,
        );
      },
      clockSetRight: (aheadMs) => {
        say(clockWords(aheadMs));
      },
      preflightOff: ({ exception }) => {
        say(
          `Reading opportunities is not permitted (${exception}): rows are sent without a look beforehand.\n`,
        );
      },
      troubled: (reason) => {
        if (firstReasons >= REASONS_AS_THEY_COME) return;
        firstReasons += 1;
        say(`${describeReason(reason)}\n`);
      },
      underReview: (opportunityId) => {
        say(
          `${opportunityId} is under review, the first of those that are: the service may refuse changes of them. Their rows are sent all the same; --skip-locked leaves them out.\n`,
        );
      },
      outageBegan: (fault, waitMs) => {
        warn('outage', outageWords(fault, waitMs));
      },
      outageEnded: (lastedMs) => {
        say(outageOverWords(lastedMs));
      },
      signInEnded: (why, waitMs) => {
        warn('credentials_expiring', signInWords(why, waitMs));
      },
      signInBack: (lastedMs) => {
        say(signInBackWords(lastedMs));
      },
      signInEndsFirst: (endsAtMs, finishMs) => {
        const waits = flags.waitForCredentials;
        warn('credentials_expiring', signInEndsWords({ endsAtMs, finishMs, waits, nowMs: nowMs() }));
      },
      began: (progress) => {
        standing = progress;
        const words = beginning(progress(), spec, flags, context.clock.wallMs());
        say(`${words}\n`);
        outlets.began(progress, words);
        if (flags.quiet === true || !flags.progress) return;
        display = showProgress(progress, flags.progressEvery, context);
      },
    },
    stopping: (signal) => {
      say(`${signal}: no new calls; those in flight finish. Once more ends at once (nothing is lost).\n`);
    },
    helperSlow: (profile) => {
      // While a sign-in is waited for, the helper is asked each minute.
      if (standing?.().awaited === undefined) say(helperWords(profile));
    },
    end: () => {
      display?.end();
      display = undefined;
    },
  };
}

function where(flags: RunFlags): string {
  return isRehearsal(flags)
    ? 'Rehearsal against the embedded emulator (nothing leaves this machine)'
    : `Catalog ${flags.catalog ?? ''}`;
}

/** Where, at which pace, how much, how long. */
function beginning(progress: RunProgress, { planOnly }: JobSpec, flags: RunFlags, nowMs: number): string {
  const { rowsLeft, rowsAhead, callsLeft, expectedFinishMs } = progress;
  const of = rowsAhead < rowsLeft ? `${count(rowsAhead)} of ` : '';
  const work = `${of}${counted(rowsLeft, 'row')} to ${planOnly ? 'look at' : 'send'}`;
  const limits = realLimitsOf(flags);
  if (!isFast(flags)) {
    const pace = planOnly ? 'reading only' : paceWords(limits);
    return `${where(flags)}, ${pace}: ${work}, ${about(expectedFinishMs - nowMs)}.`;
  }
  const calls = planOnly ? { writes: 0, reads: callsLeft } : { writes: callsLeft, reads: rowsAhead };
  const real = `${planOnly ? 'the real plan' : `the real run, at ${paceWords(limits)},`} takes ${about(realDuration(calls, limits))}`;
  return `${where(flags)}, as fast as it goes: ${work}; ${real}.`;
}
