import type { CallLimits } from '../../run/service/call-limits.ts';
import { realDuration } from '../../run/service/real-duration.ts';
import type { CallCounts } from '../../store/journal-line.ts';
import { about, count, moment, perSecond, span } from './amounts.ts';

/** `1 write a second, 10,000 in any 24 hours`. */
export function paceWords({ writesPerSecond, writesPerDay, reserve }: CallLimits): string {
  const pace =
    writesPerSecond === 'unlimited' ? 'unlimited writes a second' : perSecond(writesPerSecond, 'write');
  if (writesPerDay === 'unlimited') return pace;
  const left = reserve > 0 ? ` (${count(reserve)} of them left to other tools)` : '';
  return `${pace}, ${count(writesPerDay)} in any 24 hours${left}`;
}

/** What a rehearsal went through at once, as the real run's time. */
export function realRunLine(calls: CallCounts, limits: CallLimits, nowMs: number): string {
  const durationMs = realDuration(calls, limits);
  return `The real run, at ${paceWords(limits)}, would take ${about(durationMs)}; begun now, it would end ${moment(nowMs + durationMs, nowMs)}.`;
}

/** This machine's clock against the service's. */
export function clockWords(aheadMs: number): string {
  const side = aheadMs > 0 ? 'ahead of' : 'behind';
  return `This machine’s clock is ${span(Math.abs(aheadMs))} ${side} the service’s: calls are counted and noted by the service’s.\n`;
}
