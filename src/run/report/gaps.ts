import { isOperation } from '../../model/operation.ts';
import type { CallFacts } from '../../report/calls/call-facts.ts';
import type { RunRecord } from '../../store/run-store.ts';
import type { Summary } from '../../store/summary.ts';
import type { RunStatus } from '../record/read-status.ts';

/** What tells of gaps. */
interface FoundToTell {
  readonly run: RunRecord;
  readonly status: RunStatus;
  readonly summary: Summary | undefined;
  readonly calls: CallFacts;
}

/** The folder of a later run may have been moved, and other tools have none. */
export const DONE_ELSEWHERE: string =
  'Whether rows were taken back, or done, otherwise than by an undo or a later run of these results whose folder stands beside this run’s is not known.';

const OTHERS_WRITES: Readonly<Record<CallFacts['quotaBy'], string>> = {
  account:
    'Of other runs’ writes, those that the account’s count had as a session began are taken off the quota that is shown as left, for 24 hours from then; writes of other tools are not.',
  run: 'Writes of other runs and other tools of the account are not in the quota that is shown as left.',
};

/** Of a run whose folder is there. Sentences. */
export function gapsOf({ run, status, calls, summary }: FoundToTell): readonly string[] {
  const { end, settled } = run.state;
  const sessions = run.state.sessions;
  return [
    ...(status.journalFault === undefined
      ? []
      : ['The journal was changed: what it tells of sessions and calls, above, is not to be relied on.']),
    ...(sessions.some(({ host }) => host === null)
      ? ['Who worked on the run, and on which host, is not known of sessions of the first version.']
      : []),
    ...(sessions.some(({ ended }) => ended === 'unknown') && status.state !== 'running'
      ? [
          'Of a session that was cut off it is not known why, nor how many reads it made and how many of its calls were throttled. Its last writes were noted, and may never have left.',
        ]
      : []),
    ...(end !== undefined && summary === undefined
      ? [
          'The summary is not beside the results: who ran it and with which options is known from the journal alone.',
        ]
      : []),
    ...(isOperation(run.job.terms['command']) && settled.rows > 0 ? [DONE_ELSEWHERE] : []),
    ...(calls.points.some(({ quotaLeft }) => quotaLeft !== undefined) ? [OTHERS_WRITES[calls.quotaBy]] : []),
  ];
}
