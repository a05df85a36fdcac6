import { RunError } from '../../model/run-error.ts';
import { viewPace } from '../../pace/pace-view.ts';
import type { OpenService } from '../../run/service/open-service.ts';
import type { WorkAhead } from '../../run/job-context.ts';
import { changesOf, writesOf } from '../../run/request/changes-at-most.ts';
import { count, counted, zoned } from '../words/amounts.ts';
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

/** Asks once, with what is about to happen; rejects where the answer is not yes. */
export async function confirmRun(
  ahead: WorkAhead,
  service: OpenService,
  flags: RunFlags,
  context: Pick<ProcessContext, 'terminal' | 'clock'> & { readonly signal?: AbortSignal },
): Promise<void> {
  const { survey, rowsDone } = ahead;
  const rowsLeft = survey.rowsToRun - rowsDone;
  if (service.catalog !== 'AWS' || flags.yes === true || rowsLeft === 0) return;
  const rows = Math.min(rowsLeft, flags.limit ?? rowsLeft);
  context.terminal.err(describeAhead(ahead, rows, service, context));
  const changes = changesOf(rows, survey);
  await askForYes(harmQuestion(changes, service.caller?.account), context.terminal, context.signal);
}

/** Rejects where the answer is not yes. */
export async function askForYes(
  question: string,
  { ask }: Pick<Terminal, 'ask'>,
  signal?: AbortSignal,
): Promise<void> {
  const answer = await ask(`${question} [y/N] `, signal);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new RunError('confirmation_missing', 'The answer was not yes: nothing was sent.', {
    code: 'confirm',
  });
}

function describeAhead(
  { survey, rowsDone }: WorkAhead,
  rows: number,
  service: OpenService,
  { clock }: Pick<ProcessContext, 'clock'>,
): string {
  const { tally, rowsToRun } = survey;
  const pace = viewPace(service.writePace, service.writeDay);
  const { leftInDay, usedInDay } = pace.state();
  const finishMs = pace.expectedFinishMs(writesOf(rows, survey));
  const rowsLeft = rowsToRun - rowsDone;
  const asked = rows < rowsLeft ? `${count(rows)} of ` : '';
  const done = rowsDone === 0 ? '' : `, ${count(rowsDone)} done before`;
  return [
    `Catalog  AWS: live data, at ${service.endpoint}`,
    `Account  ${describeCaller(service)}`,
    `Rows     ${asked}${count(rowsLeft)} to send${done}, ${count(tally.invalid)} invalid, ${count(tally.duplicate)} duplicate${tally.skipped > 0 ? `, ${count(tally.skipped)} left out` : ''}`,
    `Quota    ${leftInDay === 'unlimited' ? 'unlimited' : `${counted(leftInDay, 'write')} left of the last 24 hours (${count(usedInDay)} used)`}`,
    `Finish   ${zoned(finishMs, clock.wallMs())}, if every row needs its write`,
    '',
  ].join('\n');
}

function describeCaller({ caller, callerRefused }: OpenService): string {
  if (caller !== null) return `${caller.account}, as ${caller.arn}`;
  return callerRefused === undefined
    ? 'not known: STS is not asked at this endpoint'
    : `not known: STS refused to tell (${callerRefused})`;
}
