import { RunError } from '../../model/run-error.ts';
import type { OpenService } from '../../run/service/open-service.ts';
import type { WorkAhead } from '../../run/job-context.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import { changesOf } from '../../run/request/changes-at-most.ts';
import { aheadUnasked, describeAhead, type Ahead } from '../words/progress/describe-ahead.ts';
import { harmQuestion } from '../words/describe-harm.ts';
import type { RunFlags } from '../options/run-flags.ts';
import type { ProcessContext } from '../process/process-context.ts';
import type { Terminal } from '../process/terminal.ts';

/** Before anything is asked of the service: a run on live data needs somebody to say yes. */
export function assertMayConfirm(
  catalog: string | undefined,
  flags: Pick<RunFlags, 'yes'>,
  { terminal }: ProcessContext,
  otherwise: 'confirm_or_rehearse' | 'confirm_or_sandbox' = 'confirm_or_rehearse',
): void {
  if (catalog !== 'AWS' || flags.yes === true || terminal.canAsk) return;
  throw new RunError(
    'confirmation_missing',
    'A run on catalog AWS changes live data, and there is no terminal to ask in.',
    { code: otherwise },
  );
}

/** What is about to happen is told of every run: to the log at length, and where nobody is asked to the screen in short. */
export interface ToldAhead {
  /** To the log alone. */
  readonly words: (text: string) => void;
  /** `shown`: on the screen, unless it is to be quiet. */
  readonly say: (text: string, shown: string) => void;
}

interface ConfirmContext extends Pick<ProcessContext, 'terminal' | 'clock'> {
  readonly request: Ahead['request'] & Pick<RunRequest, 'undoes'>;
  readonly told: ToldAhead;
  readonly signal?: AbortSignal;
}

/** Tells what is about to happen, and asks once where it is to live data; rejects where the answer is not yes. */
export async function confirmRun(
  work: WorkAhead,
  service: OpenService,
  flags: RunFlags,
  { terminal, clock, request, told, signal }: ConfirmContext,
): Promise<void> {
  const { survey, rowsDone } = work;
  const rowsLeft = survey.rowsToRun - rowsDone;
  if (rowsLeft === 0) return;
  const rows = Math.min(rowsLeft, flags.limit ?? rowsLeft);
  const ahead = { work, rows, service, request, nowMs: clock.wallMs() };
  if (request.planOnly || service.endpoint === 'emulator') {
    told.words(describeAhead(ahead));
    return;
  }
  if (service.catalog !== 'AWS' || flags.yes === true) {
    const { text, shown } = aheadUnasked(ahead);
    told.say(text, shown);
    return;
  }
  const facts = describeAhead(ahead);
  told.words(facts);
  terminal.err(facts);
  const question = harmQuestion(changesOf(rows, survey), service.caller?.account, request.undoes?.run);
  await askForYes(question, terminal, { signal, told: told.words });
}

interface Asking {
  readonly signal?: AbortSignal | undefined;
  /** Hears question and answer. */
  readonly told?: (words: string) => void;
  /** What a no leaves undone, a clause. */
  readonly kept?: string;
}

/** Rejects where the answer is not yes. */
export async function askForYes(
  question: string,
  { ask }: Pick<Terminal, 'ask'>,
  { signal, told, kept = 'nothing was sent' }: Asking = {},
): Promise<void> {
  const asked = `${question} [y/N] `;
  const answer = (await ask(asked, signal)).trim();
  told?.(`${asked}${answer}\n`);
  if (/^y(es)?$/i.test(answer)) return;
  throw new RunError('confirmation_missing', `The answer was not yes: ${kept}.`, {
    code: 'confirm',
  });
}
