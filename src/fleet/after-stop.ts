import { callsSince } from '../model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../model/quota/quota-day.ts';
import { assertNever } from '../model/fault.ts';
import type { RunError, RunErrorCode } from '../model/run-error.ts';
import type { QuotaUsage } from '../store/account-quota.ts';
import type { AfterSlice } from '../store/fleet/fleet-store.ts';

const SOON_MS = 5_000;
const LATER_MS = 60_000;
/** Where the count says nothing: another tool has used the quota up. */
const UNKNOWN_MS = 15 * 60_000;
/** A slice is worth beginning once so many calls have room. */
const ROOM = 60;

type Then = 'at its quota' | 'at once' | 'soon' | 'later' | 'parked' | 'stopped';

/** What passes by itself is tried again, and nobody is asked; all else waits for somebody. */
const THEN: Readonly<Record<RunErrorCode, Then>> = {
  quota_reached: 'at its quota',
  // By somebody, who resumes it.
  interrupted: 'stopped',
  // Given back by its worker.
  terminated: 'at once',
  run_held: 'soon',
  account_held: 'soon',
  run_taken_over: 'soon',
  service_unreachable: 'later',
  store_unreachable: 'later',
  usage: 'parked',
  input_unreadable: 'parked',
  input_format: 'parked',
  input_columns: 'parked',
  input_changed: 'parked',
  output_unwritable: 'parked',
  results_exist: 'parked',
  credentials_missing: 'parked',
  confirmation_missing: 'parked',
  state_damaged: 'parked',
  address_in_use: 'parked',
  too_many_failures: 'parked',
  credentials_expired: 'parked',
  credentials_refused: 'parked',
  clock_skewed: 'parked',
  access_denied: 'parked',
  limit_reached: 'parked',
  results_unwritable: 'parked',
};

/** What follows a slice that was stopped. */
export function afterStop(
  { code, message }: Pick<RunError, 'code' | 'message'>,
  untilQuotaMs: number,
): AfterSlice {
  const stop = { code, message };
  const then = THEN[code];
  switch (then) {
    case 'at its quota':
      return { kind: 'again', inMs: untilQuotaMs, stop };
    case 'at once':
      return { kind: 'again', inMs: 0 };
    case 'soon':
      return { kind: 'again', inMs: SOON_MS, stop };
    case 'later':
      return { kind: 'again', inMs: LATER_MS, stop };
    case 'parked':
    case 'stopped':
      return { kind: then, stop };
    default:
      return assertNever(then);
  }
}

/**
 * How long until a used-up day has room for so many calls as are worth a slice, or for all that are left; milliseconds. The first place
 * that frees would be used up again at once.
 */
export function untilRoom(
  { nowMs, times }: Pick<QuotaUsage, 'nowMs' | 'times'>,
  callsPerDay: number | 'unlimited',
  callsLeft: number,
): number {
  if (callsPerDay === 'unlimited') return UNKNOWN_MS;
  const now = nowMs();
  const used = callsSince(times, now - QUOTA_DAY_MS);
  const wanted = Math.max(1, Math.min(ROOM, callsLeft, callsPerDay));
  if (used + wanted <= callsPerDay) return UNKNOWN_MS;
  const last = times.at(-used + (used + wanted - callsPerDay) - 1);
  return last === undefined ? UNKNOWN_MS : Math.max(0, last + QUOTA_DAY_MS - now) + 1_000;
}
