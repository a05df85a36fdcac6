import type { AccountStatus } from '../../../fleet/read-fleet.ts';
import type { AfterSlice, FleetRun, FleetStop } from '../../../store/fleet/fleet-store.ts';
import { runName } from '../../../store/fleet/fleet-store.ts';
import { isSettledAsWished, ROW_STATUSES } from '../../../model/outcome.ts';
import { assertNever } from '../../../model/fault.ts';
import { count, counted, dateTime, moment, span, withMoments } from '../amounts.ts';
import { atEndpoint } from '../describe-harm.ts';
import { withFlags } from '../option-spelling.ts';

/** A line an account, and a line of all. */
export function describeFleets(accounts: readonly AccountStatus[], nowMs: number): string {
  const widest = Math.max(0, ...accounts.map(({ run }) => run.length));
  const lines = accounts.map((account) => `${account.run.padEnd(widest)}  ${accountWords(account, nowMs)}`);
  return [...lines, ...places(accounts, nowMs), totals(accounts), ''].join('\n');
}

/** A line a fleet: where its calls go, and who submitted it, is no matter of one account. */
function places(accounts: readonly AccountStatus[], nowMs: number): readonly string[] {
  const fleets = new Map(accounts.map((account) => [account.fleet, account]));
  return [...fleets].map(
    ([fleet, place]) =>
      `Fleet ${fleet}: catalog ${place.catalog ?? 'not known'}${atEndpoint(place)}${submittedWords(place, nowMs)}`,
  );
}

function submittedWords({ submitted }: AccountStatus, nowMs: number): string {
  if (submitted === undefined) return '';
  const { atMs, by } = submitted;
  return `; submitted ${moment(atMs, nowMs)}${by === undefined ? '' : ` by ${by}`}`;
}

function accountWords(account: AccountStatus, nowMs: number): string {
  const { state, rowsDone, rowsLeft, rowsNeverSent, quota, holder, expectedFinishMs, stop } = account;
  const rows = `${count(rowsDone)} done, ${count(rowsLeft)} left`.padEnd(22);
  const quotaLeft =
    quota && (quota.leftInDay === 'unlimited' ? 'no daily quota' : `${count(quota.leftInDay)} quota left`);
  const words = [
    toSeeTo(account),
    rowsNeverSent === 0 ? undefined : `${count(rowsNeverSent)} never sent`,
    state === 'finished' ? undefined : quotaLeft,
    holder && `by process ${holder.pid} on ${holder.host}`,
    expectedFinishMs === undefined ? undefined : `finish ${moment(expectedFinishMs, nowMs)}`,
    state === 'waiting' ? waitWords(account, nowMs) : undefined,
    state === 'waiting' || stop === undefined ? undefined : `${stop.code}: ${withFlags(stop.message)}`,
  ];
  return `${state.padEnd(8)}  ${rows}  ${words.filter((word) => word !== undefined).join(' · ')}`.trimEnd();
}

/** Rows that did not end as wished, of a run that is under way too. */
function toSeeTo({ byStatus }: AccountStatus): string | undefined {
  const rows = ROW_STATUSES.flatMap((status) => {
    const of = isSettledAsWished(status) ? 0 : (byStatus[status] ?? 0);
    return of === 0 ? [] : [`${count(of)} ${status}`];
  });
  return rows.length === 0 ? undefined : `to see to: ${rows.join(', ')}`;
}

function waitWords({ nextAtMs, stop }: AccountStatus, nowMs: number): string {
  // Tried again every few seconds: whoever holds it is what matters.
  const held = heldElsewhere(stop);
  if (held !== undefined)
    return `${held.code}: ${withMoments(withFlags(held.message), (atMs) => moment(atMs, nowMs))}`;
  if (nextAtMs === undefined || nextAtMs <= nowMs) return 'for a worker';
  const why = stop === undefined ? '' : ` (${stop.code})`;
  return `until ${moment(nextAtMs, nowMs)}${why}`;
}

const STATES = ['running', 'waiting', 'parked', 'stopped', 'finished'] as const;

function totals(accounts: readonly AccountStatus[]): string {
  const parts = STATES.flatMap((state) => {
    const of = accounts.filter((account) => account.state === state).length;
    return of === 0 ? [] : [`${count(of)} ${state}`];
  });
  const sum = (of: (account: AccountStatus) => number): number =>
    accounts.reduce((total, account) => total + of(account), 0);
  const rows = `${count(sum(({ rowsDone }) => rowsDone))} rows done, ${count(sum(({ rowsLeft }) => rowsLeft))} left`;
  const neverSent = sum(({ rowsNeverSent }) => rowsNeverSent);
  const never = neverSent === 0 ? [] : [`${count(neverSent)} never sent (invalid, duplicate or left out)`];
  const known = new Set(accounts.map(({ account }) => account)).size;
  const runs = known < accounts.length ? `, ${counted(accounts.length, 'run')}` : '';
  return `${counted(known, 'account')}${runs}: ${[...parts, rows, ...never].join(', ')}`;
}

/** The stop, where it is that another process has the run, or its account. */
export function heldElsewhere(stop: FleetStop | undefined): FleetStop | undefined {
  return stop?.code === 'account_held' || stop?.code === 'run_held' ? stop : undefined;
}

/** What a worker tells of a run that it tries again and again. */
export function describeHeld(name: string, stop: FleetStop): string {
  return `${name}  waits until it is let go ${stopWords(stop)}`;
}

/** What a worker tells of a slice that has ended. */
export function describeAfter(run: FleetRun, after: AfterSlice): string {
  const name = runName(run);
  switch (after.kind) {
    case 'finished':
      return `${name}  finished`;
    case 'again':
      if (after.stop === undefined) return `${name}  given back`;
      return `${name}  goes on in ${span(after.inMs)} ${stopWords(after.stop)}`;
    case 'stopped':
    case 'parked':
      return `${name}  ${after.kind} ${stopWords(after.stop)}`;
    default:
      return assertNever(after);
  }
}

/** For a log: its moments are UTC. */
function stopWords({ code, message }: FleetStop): string {
  return `(${code}): ${withMoments(withFlags(message), (atMs) => dateTime(atMs, undefined))}`;
}
