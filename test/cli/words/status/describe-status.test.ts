import { describe, expect, it } from 'vitest';
import { describeStatus, statusLine } from '../../../../src/cli/words/status/describe-status.ts';
import { describeRuns, runLine } from '../../../../src/cli/words/status/describe-runs.ts';
import type { RunStatus } from '../../../../src/run/record/read-status.ts';
import { emptyTally } from '../../../../src/input/rows/input-tally.ts';
import { placesOf } from '../../../../src/store/files/run-folder/folder-contents.ts';
import { runPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import { quotaGoneElsewhere } from '../../../../src/calls/stop/stop-reasons.ts';
import { NO_LINES } from '../../../../src/store/journal-chain.ts';
import { JOB, sessionOf } from '../../../results/samples.ts';

const NOW_MS = new Date(2025, 0, 31, 14, 0).getTime();
const MINUTE_MS = 60_000;
const PLACES = placesOf(runPaths('people.results.csv'));
const HOLDER = { host: 'host', pid: 7, since: '2025-01-31T12:00:00.000Z', purpose: 'oppsweep' };

function status(part: Partial<RunStatus> = {}): RunStatus {
  return {
    version: 1,
    state: 'stopped',
    job: JOB,
    end: undefined,
    holder: undefined,
    input: { ...emptyTally(), rows: 10, valid: 10 },
    rowsToRun: 10,
    settled: { rows: 4, byStatus: { disassociated: 4 }, byException: {}, attempts: 4 },
    inDoubt: 0,
    halfReplaced: [],
    sessions: [],
    stop: undefined,
    goOn: 'oppsweep disassociate people.csv',
    lastCallMs: NOW_MS - 5 * MINUTE_MS,
    rowsPerSecond: 12.52,
    quota: { usedInDay: 4, leftInDay: 9_996 },
    expectedFinishMs: NOW_MS + 6_000,
    lastFaults: [],
    journal: NO_LINES,
    ...part,
  };
}

function words(part: Partial<RunStatus> = {}): string {
  return describeStatus(status(part), PLACES, NOW_MS);
}

describe('describeStatus', () => {
  it('of a stopped run tells the reason, what to do, the last call and the command that goes on', () => {
    const stop = {
      t: 'stop',
      code: 'credentials_expired',
      message: 'The sign-in has ended.',
      at: '2025-01-31T12:55:00.000Z',
    } as const;
    const text = words({ stop });
    expect(text).toContain('Reason: credentials_expired: The sign-in has ended.\n  Sign in again');
    expect(text).toContain('Last call: 13:55 (5 min ago)\n');
    expect(text).toContain('\nGo on:  oppsweep disassociate people.csv\n');
  });

  it('of a run whose quota others have used up tells no quota that would be left by its own count', () => {
    const at = '2025-01-31T12:55:00.000Z';
    const { code, message } = quotaGoneElsewhere(3);
    const stop = { t: 'stop', code, message, at } as const;
    expect(words({ stop })).toContain(
      'Quota: 4 writes in the last 24 hours, none left by the service’s word, as it stopped',
    );
    expect(statusLine(status({ stop }))).not.toContain('quota left');
  });

  it('of a run that waits in a queue tells when a worker goes on by itself, and asks nobody to', () => {
    const at = '2025-01-31T12:55:00.000Z';
    const stop = { t: 'stop', code: 'quota_reached', message: 'The daily quota is used up.', at } as const;
    const quota = { usedInDay: 4, leftInDay: 0, freesAtMs: NOW_MS + MINUTE_MS };
    const waiting = { stop, quota, goOn: undefined, nextAtMs: NOW_MS + 90 * MINUTE_MS };
    const text = words(waiting);
    expect(text).toMatch(/: waiting; a worker goes on with it by itself, at 15:30.* \(begun /);
    expect(text).toContain('Reason: quota_reached: The daily quota is used up.\nLast call');
    expect(text).not.toMatch(/stopped|no-wait|same command|Go on:|if it goes on/);
    expect(words({ ...waiting, nextAtMs: NOW_MS })).toContain(
      'by itself, as soon as one has a place (begun ',
    );
    expect(statusLine(status(waiting))).toMatch(/^waiting · 4 of 10/);
  });

  it.each([
    [4, {}, '4 writes in the last 24 hours, 9,996 left\n'],
    [
      3,
      {},
      '9,996 left; 3 of this run, the others of other runs, or taken for calls that were then not sent\n',
    ],
    [5, { endpoint: 'emulator' }, '9,996 left; the 5 writes of this rehearsal ended with its process\n'],
  ])('says why the quota has other writes than the %i of the sessions', (writes, terms, told) => {
    const at = new Date(NOW_MS - 5 * MINUTE_MS).toISOString();
    const sessions = [sessionOf({ startedAt: at, lastEntryAt: at, writes })];
    expect(words({ sessions, job: { ...JOB, terms } })).toContain(told);
  });

  it.each([
    ['service', 'for the service, since 13:55 (5 min), until 14:10 at most; without it the run stops then'],
    ['sign_in', 'for a sign-in, since 13:55 (5 min), until 14:10 at most; without it the run stops then'],
    ['daily_quota', 'for the day’s quota, since 13:55 (5 min), until 14:10'],
    ['daily_read_quota', 'for the day’s quota of reads, since 13:55 (5 min), until 14:10'],
  ] as const)('of a run that waits (%s) says for what, since when and until when', (what, said) => {
    const waits = { for: what, sinceMs: NOW_MS - 5 * MINUTE_MS, untilMs: NOW_MS + 10 * MINUTE_MS };
    const text = words({ state: 'running', holder: HOLDER, waits, expectedFinishMs: undefined });
    expect(text).toContain(`\nWaits: ${said}\n`);
    expect(text).not.toMatch(/Rate:|Finish:/);
  });

  it('claims no kill where no reason was written: the disk may have been full', () => {
    expect(words()).toContain(
      'Reason: not known: its process was killed, as by a second Ctrl-C, or could not write why it stopped (its disk full, or away)\n',
    );
  });

  it('shows no rate of a process that makes no calls, suspended perhaps', () => {
    const running = { state: 'running', holder: HOLDER } as const;
    expect(words(running)).not.toContain('Rate:');
    expect(words(running)).toContain('Last call: 13:55 (5 min ago)');
    expect(words({ ...running, lastCallMs: NOW_MS - 2_000 })).toContain('Rate: 12.5 rows a second lately');
  });

  it('tells when the next call may go', () => {
    const quota = { usedInDay: 10_000, leftInDay: 0, freesAtMs: NOW_MS + 90 * MINUTE_MS };
    expect(words({ quota })).toContain('Next call: 15:30 (in 1 h 30 min), if it goes on by then\n');
    expect(words({ quota, state: 'running', holder: HOLDER })).toContain(
      'Next call: 15:30 (in 1 h 30 min)\n',
    );
  });
});

describe('where a run calls', () => {
  const at = (terms: Record<string, string>): RunStatus => status({ job: { ...JOB, terms } });
  const rehearsed = at({ command: 'disassociate', catalog: 'Sandbox', endpoint: 'emulator' });

  it('is told before all counts: a rehearsal as one, its catalog of what is none', () => {
    const second = (found: RunStatus): string | undefined =>
      describeStatus(found, PLACES, NOW_MS).split('\n')[1];
    expect(second(rehearsed)).toBe('A rehearsal against the emulator: nothing was changed at AWS.');
    const live = { command: 'undo', catalog: 'AWS' };
    expect(second(at({ ...live, endpoint: 'https://partnercentral-selling.us-east-1.api.aws' }))).toBe(
      'undo on catalog AWS',
    );
    expect(second(at({ ...live, endpoint: 'http://127.0.0.1:80' }))).toBe(
      'undo on catalog AWS at http://127.0.0.1:80',
    );
  });

  it('is marked of a rehearsal in a line, and in the list', () => {
    expect(statusLine(rehearsed)).toContain('stopped · a rehearsal · 4 of 10 valid rows done');
    expect(describeRuns([runLine(rehearsed, PLACES.results)])).toBe(
      'people.csv  stopped, a rehearsal  4 of 10 rows  people.results.csv\n',
    );
  });
});

describe('a run of a name with a line feed', () => {
  const name = 'x\nforged: 9 removed.csv';
  const found = status({ job: { ...JOB, input: { ...JOB.input, name } } });
  const places = placesOf(runPaths('x\nforged: 9 removed.results.csv'));

  it('has no line that the name forges, whatever it was called by', () => {
    expect(describeStatus(found, places, NOW_MS)).not.toMatch(/^forged/m);
    expect(describeStatus(found, places, NOW_MS)).toContain(String.raw`x\nforged: 9 removed.csv: stopped`);
  });

  it('has one line in the list', () => {
    expect(describeRuns([runLine(found, places.results)])).toBe(
      String.raw`x\nforged: 9 removed.csv  stopped  4 of 10 rows  x\nforged: 9 removed.results.csv` + '\n',
    );
  });
});

describe('a run whose journal was changed', () => {
  const { version, state, job, holder, input, rowsToRun, journal } = status();
  const damaged = {
    version,
    state,
    job,
    holder,
    input,
    rowsToRun,
    journal,
    journalFault: 'line 7 does not follow the one before it',
  };

  it('has no count in a line, nor in the list', () => {
    expect(statusLine(damaged)).toBe(
      'DAMAGED: line 7 does not follow the one before it · how many of 10 valid rows are done is not known',
    );
    expect(describeRuns([runLine(damaged, PLACES.results)])).toBe(
      'people.csv  DAMAGED  rows not known  people.results.csv\n',
    );
  });
});

describe('describeRuns', () => {
  it('has a line a run, aligned', () => {
    const short = { ...JOB, input: { ...JOB.input, name: 'a.csv' } };
    const runs = [status(), status({ job: short, state: 'running', holder: HOLDER })];
    expect(describeRuns(runs.map((found) => runLine(found, PLACES.results)))).toBe(
      [
        'people.csv  stopped  4 of 10 rows  people.results.csv',
        'a.csv       running  4 of 10 rows  people.results.csv',
        '',
      ].join('\n'),
    );
  });

  it('says what kind of run it is, of all but removals', () => {
    const kinds = [
      { command: 'plan' },
      { command: 'plan', planned: 'associate' },
      { command: 'undo' },
      { command: 'undo', planned: 'undo' },
      { command: 'associate' },
      { command: 'disassociate' },
    ];
    const told = kinds.map((terms) => runLine(status({ job: { ...JOB, terms } }), PLACES.results)[1]);
    expect(told).toEqual([
      'stopped, a plan',
      'stopped, a plan',
      'stopped, an undo',
      'stopped, a plan of an undo',
      'stopped, associates',
      'stopped',
    ]);
  });
});
