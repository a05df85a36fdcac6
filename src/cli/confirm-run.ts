import { createInterface } from 'node:readline/promises';
import { RunError } from '../model/run-error.ts';
import type { OpenService } from '../run/open-service.ts';
import type { Survey } from '../run/survey-input.ts';
import { count, counted, moment } from './amounts.ts';
import type { RunFlags } from './run-flags.ts';
import type { World } from './world.ts';

/** Before anything is asked of the service: a run on live data needs somebody to say yes. */
export function assertMayConfirm(catalog: string, flags: RunFlags, { terminal }: World): void {
  if (catalog !== 'AWS' || flags.yes === true || terminal.canAsk) return;
  throw new RunError(
    'confirmation_missing',
    'A run on catalog AWS changes live data, and there is no terminal to ask in.',
    {
      hint: 'Add --yes if that is meant. To rehearse, use --emulator or --catalog Sandbox.',
    },
  );
}

/** Asks once, with what is about to happen; rejects where the answer is not yes. */
export async function confirmRun(
  survey: Survey,
  service: OpenService,
  flags: RunFlags,
  world: World,
): Promise<void> {
  if (service.catalog !== 'AWS' || flags.yes === true) return;
  const { terminal, clock } = world;
  const { leftInDay, usedInDay } = service.writePace.state();
  const finishMs = service.writePace.expectedFinishMs(survey.rowsToRun);
  terminal.err(
    [
      `Catalog  AWS: live data, at ${service.endpoint}`,
      service.caller === null
        ? 'Account  not told by STS'
        : `Account  ${service.caller.account}, as ${service.caller.arn}`,
      `Rows     ${count(survey.rowsToRun)} to send, ${count(survey.tally.invalid)} invalid, ${count(survey.tally.duplicate)} duplicate`,
      `Quota    ${leftInDay === 'unlimited' ? 'unlimited' : `${counted(leftInDay, 'write')} left of the last 24 hours (${count(usedInDay)} used)`}`,
      `Finish   ${moment(finishMs, clock.wallMs())} at the latest pace`,
      '',
    ].join('\n'),
  );
  const question = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await question.question(
      `Send up to ${counted(survey.rowsToRun, 'write')} to live data? [y/N] `,
    );
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    question.close();
  }
  throw new RunError('confirmation_missing', 'The answer was not yes: nothing was sent.', {
    hint: 'Run the same command again, or with --yes.',
  });
}
