import { describe, expect, it } from 'vitest';
import type { AccountStatus } from '../../../../src/fleet/read-fleet.ts';
import { describeFleets } from '../../../../src/cli/words/fleet/describe-fleet.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 12);

const RUNNING: AccountStatus = {
  fleet: 'accounts',
  account: '111122223333',
  run: '111122223333/accounts',
  state: 'running',
  catalog: 'AWS',
  endpoint: 'https://partnercentral-selling.us-east-1.api.aws',
  awsOwn: true,
  rows: 10,
  rowsDone: 4,
  rowsLeft: 6,
  rowsNeverSent: 0,
  quota: { usedInDay: 4, leftInDay: 'unlimited' },
  holder: undefined,
  expectedFinishMs: undefined,
  nextAtMs: undefined,
  stop: undefined,
  byStatus: {},
  asWished: undefined,
};

describe('the status of a fleet', () => {
  it('tells a day without a limit from one that is used up', () => {
    expect(describeFleets([RUNNING], NOW_MS)).toContain('6 left          no daily quota\n');
    const usedUp = { ...RUNNING, quota: { usedInDay: 4, leftInDay: 0 } };
    expect(describeFleets([usedUp], NOW_MS)).toContain('6 left          0 quota left\n');
  });

  it('counts rows that are never sent beside those that are, of each account and of all', () => {
    const told = describeFleets(
      [{ ...RUNNING, rowsNeverSent: 2 }, { ...RUNNING, rowsNeverSent: 1 }, RUNNING],
      NOW_MS,
    );
    expect(told).toContain('4 done, 6 left          2 never sent · no daily quota\n');
    expect(told).toMatch(/12 rows done, 18 left, 3 never sent \(invalid, duplicate or left out\)\n$/);
    expect(describeFleets([RUNNING], NOW_MS)).not.toContain('never');
  });

  it('names the catalog of each fleet, and an endpoint that is not AWS’s own', () => {
    const rehearsal = { ...RUNNING, fleet: 'try', endpoint: 'http://127.0.0.1:8080', awsOwn: false };
    const told = describeFleets([RUNNING, rehearsal, RUNNING], NOW_MS);
    expect(told).toContain(
      '\nFleet accounts: catalog AWS\nFleet try: catalog AWS, at http://127.0.0.1:8080\n',
    );
  });

  it('tells when each fleet was submitted, and by whom where that was noted', () => {
    const submitted = { atMs: NOW_MS - 60_000, by: 'ann on db1' };
    const noted = { ...RUNNING, submitted };
    const before = { ...RUNNING, fleet: 'old', submitted: { ...submitted, by: undefined } };
    expect(describeFleets([noted, before], NOW_MS)).toMatch(
      /\nFleet accounts: catalog AWS; submitted .*:59.* by ann on db1\nFleet old: catalog AWS; submitted .*:59[^b]*\n/,
    );
  });

  it('names who holds what a run waits for', () => {
    const message =
      'This account is held by process 7 on far since 2026-11-27T10:00:00.000Z (oppsweep undo).';
    const waiting = {
      ...RUNNING,
      state: 'waiting',
      nextAtMs: NOW_MS + 3_000,
      stop: { code: 'account_held', message },
    } as const;
    expect(describeFleets([waiting], NOW_MS)).toMatch(
      /account_held: This account is held by process 7 on far since .*\(oppsweep undo\)\.\n/,
    );
  });

  it('counts an account once, whatever number of fleets it has a run in', () => {
    const of = (account: string, fleet: string): AccountStatus => ({ ...RUNNING, account, fleet });
    const all = [of('1', 'a'), of('2', 'a'), of('1', 'b')];
    expect(describeFleets(all, NOW_MS)).toContain('\n2 accounts, 3 runs: 3 running, 12 rows done, 18 left\n');
    expect(describeFleets(all.slice(0, 2), NOW_MS)).toContain('\n2 accounts: 2 running,');
  });

  it('counts the rows that somebody has to see to', () => {
    const byStatus = { disassociated: 86, failed: 3, invalid: 1 };
    const finished = { ...RUNNING, state: 'finished', byStatus, asWished: false } as const;
    expect(describeFleets([finished], NOW_MS)).toMatch(
      /to see to: (3 failed, 1 invalid|1 invalid, 3 failed)\n/,
    );
  });
});
