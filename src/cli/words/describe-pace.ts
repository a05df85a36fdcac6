import { DAY_MS } from '../../model/quota/quota-day.ts';
import { isQuotaGoneElsewhere } from '../../calls/stop/stop-reasons.ts';
import type { SoundStatus } from '../../run/record/read-status.ts';
import type { CallLimits } from '../../run/service/call-limits.ts';
import { realDuration } from '../../run/service/real-duration.ts';
import type { CallCounts } from '../../store/journal-line.ts';
import { about, count, counted, dateTime, moment, perSecond, span } from './amounts.ts';

/** `1 write a second, 10,000 in any 24 hours`. */
export function paceWords({ writesPerSecond, writesPerDay, reserve }: CallLimits): string {
  const pace =
    writesPerSecond === 'unlimited' ? 'unlimited writes a second' : perSecond(writesPerSecond, 'write');
  if (writesPerDay === 'unlimited') return pace;
  const left = reserve > 0 ? ` (${count(reserve)} of them left to other tools)` : '';
  return `${pace}, ${count(writesPerDay)} in any 24 hours${left}`;
}

/** What a rehearsal went through at once, as the real run's time. */
export function realRunLine(
  calls: CallCounts,
  limits: CallLimits,
  { beginsMs, readAtMs }: { readonly beginsMs: number; readonly readAtMs: number | undefined },
): string {
  const durationMs = realDuration(calls, limits);
  return `The real run, at ${paceWords(limits)}, would take ${about(durationMs)}; begun now, it would end ${dateTime(beginsMs + durationMs, readAtMs)}.`;
}

/** This machine's clock against the service's. */
export function clockWords(aheadMs: number): string {
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  return `This machine’s clock is ${span(Math.abs(aheadMs))} ${side} the service’s: calls are counted and noted by the service’s.\n`;
}

/** The account's quota, and why it has other writes than the run's sessions tell of. */
export function quotaLines(found: SoundStatus, nowMs: number): string[] {
  if (found.quota === undefined) return [];
  const { usedInDay, leftInDay, freesAtMs } = found.quota;
  const frees = freesAtMs === undefined ? '' : `, frees ${moment(freesAtMs, nowMs)}`;
  const left = isQuotaGoneElsewhere(found.stop)
    ? 'none left by the service’s word, as it stopped'
    : leftInDay === 'unlimited'
      ? 'no limit'
      : `${count(leftInDay)} left`;
  const why = otherWrites(found, usedInDay, nowMs);
  return [`Quota: ${counted(usedInDay, 'write')} in the last 24 hours, ${left}${frees}${why}`];
}

/** Of a run at work the one is read a moment after the other. */
function otherWrites({ state, sessions, job }: SoundStatus, usedInDay: number, nowMs: number): string {
  const own = state === 'running' ? undefined : writesOfDay(sessions, nowMs);
  if (own === undefined || own === usedInDay) return '';
  if (own < usedInDay)
    return `; ${count(own)} of this run, the others of other runs, or taken for calls that were then not sent`;
  return job.terms['endpoint'] === 'emulator'
    ? `; the ${counted(own, 'write')} of this rehearsal ended with its process`
    : '';
}

/** Not known of a session that was at work 24 hours ago: nobody counts which of its writes were later. */
function writesOfDay(sessions: SoundStatus['sessions'], nowMs: number): number | undefined {
  const fromMs = nowMs - DAY_MS;
  const ofDay = sessions.filter(({ lastEntryAt }) => Date.parse(lastEntryAt) > fromMs);
  if (ofDay.some(({ startedAt }) => Date.parse(startedAt) <= fromMs)) return undefined;
  return ofDay.reduce((sum, { writes }) => sum + writes, 0);
}
