import type { AccountStatus } from '../../../fleet/read-fleet.ts';
import type { AfterSlice, FleetRun } from '../../../store/fleet/fleet-store.ts';
import { runName } from '../../../store/fleet/fleet-store.ts';
import { assertNever } from '../../../model/fault.ts';
import { count, counted, moment } from '../amounts.ts';
import { withFlags } from '../option-spelling.ts';

/** A line an account, and a line of all. */
export function describeFleets(accounts: readonly AccountStatus[], nowMs: number): string {
  const widest = Math.max(0, ...accounts.map(({ run }) => run.length));
  const lines = accounts.map((account) => `${account.run.padEnd(widest)}  ${accountWords(account, nowMs)}`);
  return [...lines, totals(accounts), ''].join('\n');
}

function accountWords(account: AccountStatus, nowMs: number): string {
  const { state, rowsDone, rowsLeft, quota, holder, expectedFinishMs, stop, asWished } = account;
  const rows = `${count(rowsDone)} done, ${count(rowsLeft)} left`.padEnd(22);
  const quotaLeft =
    quota && (quota.leftInDay === 'unlimited' ? 'no daily quota' : `${count(quota.leftInDay)} quota left`);
  const words = [
    state === 'finished' && asWished === false ? 'some rows to see to' : undefined,
    state === 'finished' ? undefined : quotaLeft,
    holder && `by process ${holder.pid} on ${holder.host}`,
    expectedFinishMs === undefined ? undefined : `finish ${moment(expectedFinishMs, nowMs)}`,
    state === 'waiting' ? waitWords(account, nowMs) : undefined,
    state === 'waiting' || stop === undefined ? undefined : `${stop.code}: ${withFlags(stop.message)}`,
  ];
  return `${state.padEnd(8)}  ${rows}  ${words.filter((word) => word !== undefined).join(' · ')}`.trimEnd();
}

function waitWords({ nextAtMs, stop }: AccountStatus, nowMs: number): string {
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
  return `${counted(accounts.length, 'account')}: ${[...parts, rows].join(', ')}`;
}

/** What a worker tells of a slice that has ended. */
export function describeAfter(run: FleetRun, after: AfterSlice): string {
  const name = runName(run);
  switch (after.kind) {
    case 'finished':
      return `${name}  finished`;
    case 'again':
      if (after.stop === undefined) return `${name}  given back`;
      return `${name}  goes on in ${counted(Math.ceil(after.inMs / 1_000), 'second')} (${after.stop.code}): ${withFlags(after.stop.message)}`;
    case 'stopped':
    case 'parked':
      return `${name}  ${after.kind} (${after.stop.code}): ${withFlags(after.stop.message)}`;
    default:
      return assertNever(after);
  }
}
