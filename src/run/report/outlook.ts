import { isQuotaGoneElsewhere } from '../../calls/stop/stop-reasons.ts';
import type { Wait } from '../../report/calls/wait-facts.ts';
import type { Outlook } from '../../report/report.ts';
import type { RunStatus } from '../record/read-status.ts';

/** What a run that is not finished waits for, when its next call may go, and when it would end: as `status` tells it. */
export function outlookOf(status: RunStatus, nowMs: number): Outlook {
  if (status.journalFault !== undefined || status.state === 'finished') return {};
  const { waits, quota, stop, expectedFinishMs: finishMs } = status;
  const nextCallMs = quota?.freesAtMs;
  return {
    ...(waits !== undefined && { waits }),
    ...(nextCallMs !== undefined && nextCallMs > nowMs && { nextCallMs }),
    ...(finishMs !== undefined && { finishMs }),
    ...(isQuotaGoneElsewhere(stop) && { quotaGone: true }),
  };
}

/** Those that the journal tells, and that for the day's quota by which a run stands now, or stood as it stopped. */
export function waitsOf(told: readonly Wait[], status: RunStatus, nowMs: number): readonly Wait[] {
  const quota = status.journalFault === undefined ? quotaWait(status, nowMs) : undefined;
  return quota === undefined ? told : [...told, quota];
}

function quotaWait(
  status: Extract<RunStatus, { readonly journalFault?: undefined }>,
  nowMs: number,
): Wait | undefined {
  const { waits, quota, stop, lastCallMs, sessions } = status;
  if (waits?.for === 'daily_quota')
    return { for: 'daily_quota', fromMs: waits.sinceMs, toMs: nowMs, end: 'goes_on' };
  const stoppedMs = Date.parse(stop?.at ?? '');
  const begunMs = Date.parse(sessions.at(-1)?.startedAt ?? '');
  if (quota?.freesAtMs === undefined || !(quota.freesAtMs > stoppedMs)) return undefined;
  return {
    for: 'daily_quota',
    fromMs: Math.max(lastCallMs ?? begunMs, begunMs),
    toMs: stoppedMs,
    end: 'session_ended',
  };
}
