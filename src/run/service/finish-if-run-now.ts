import type { PlanTally } from '../../model/tally.ts';
import { viewPace } from '../../pace/pace-view.ts';
import type { OpenedRun } from '../opened-run.ts';
import { realDuration } from './real-duration.ts';

/** Of a rehearsal, by the limits of the real run: how much of its day is used is not known here. A run reads, too. */
export function finishIfRunNow(
  { writesNeeded }: PlanTally,
  { request, service, survey, job }: OpenedRun,
): string {
  const { rehearses } = request;
  const calls = { writes: writesNeeded, reads: survey.opportunities };
  const finishMs =
    rehearses === undefined
      ? Math.max(
          viewPace(service.writePace, service.writeDay).expectedFinishMs(calls.writes),
          viewPace(service.readPace, service.readDay).expectedFinishMs(calls.reads),
        )
      : job.clock.wallMs() + realDuration(calls, rehearses);
  return new Date(finishMs).toISOString();
}
