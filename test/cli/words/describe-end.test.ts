import { describe, expect, it } from 'vitest';
import { hintOf } from '../../../src/cli/words/hints/hints.ts';
import {
  describeError,
  describeFinishedBefore,
  describeStopped,
} from '../../../src/cli/words/describe-end.ts';
import { tallyLines } from '../../../src/cli/words/describe-done.ts';
import { RunError } from '../../../src/model/run-error.ts';
import type { Tally } from '../../../src/model/tally.ts';
import {
  limitReached,
  serviceUnreachable,
  stoppedBySignal,
  tooManyFailures,
} from '../../../src/calls/stop/stop-reasons.ts';
import { emptyTally } from '../../../src/input/rows/input-tally.ts';
import { finished, PLACES, TALLY } from './finished-run.ts';
import { digestOf } from '../../run/digests.ts';
import { NO_LINES } from '../../../src/store/journal-chain.ts';

const FAULT = { kind: 'unreachable', exception: 'NetworkError', message: 'No route.' } as const;

const STOPPED = { kind: 'stopped', halfReplaced: [], journal: NO_LINES } as const;

describe('tallyLines', () => {
  it('has a line a status in a fixed order, aligned, with what it means', () => {
    expect(tallyLines(TALLY)).toEqual([
      '  1,190  disassociated  removed',
      '     10  duplicate      same as an earlier row: not sent twice',
      '      3  failed         refused or given up: not done',
      '  exceptions: ValidationException 2, ThrottlingException 1',
    ]);
  });

  it('names the most frequent exceptions, and how many more there are', () => {
    const byException = Object.fromEntries(
      Array.from({ length: 58 }, (_, at) => [`Made${at}`, at === 7 ? 3 : 1]),
    );
    expect(tallyLines({ rows: 60, byStatus: { failed: 60 }, byException, attempts: 60 }).at(-1)).toBe(
      '  exceptions: Made7 3, Made0 1, Made1 1, Made2 1, Made3 1, and 53 more',
    );
  });

  it('is empty for no rows', () => {
    expect(tallyLines({ rows: 0, byStatus: {}, byException: {}, attempts: 0 })).toEqual([]);
  });
});

describe('describeFinished', () => {
  it('tells rows, calls, where the results are, and how to go about what failed', () => {
    const text = finished(TALLY, { throttles: 4 });
    expect(text).toContain('Finished: 1,203 rows read, each with its line in the results.');
    expect(text).toContain('1,200 writes and 7 reads in 1 h 30 min, 4 throttled.');
    expect(text).toContain('Results: people.results.csv\nSummary: people.results.summary.json\n');
    expect(text).toContain('rows that are failed.');
    expect(text).toContain('Run the failed ones again: oppsweep x failed\n');
  });

  it('has no advice where every row is settled as wished', () => {
    const text = finished({ ...TALLY, byStatus: { disassociated: 1_203 }, byException: {} });
    expect(text).not.toMatch(/Next|again/);
    expect(text).toContain('none throttled');
  });

  it('names three kinds of rows as a sentence does', () => {
    const text = finished({ ...TALLY, byStatus: { invalid: 1, failed: 2, unknown: 1 } });
    expect(text).toContain('about the rows that are invalid, failed or unknown.');
  });

  it('does not offer to run invalid rows again as they are', () => {
    const text = finished({ ...TALLY, byStatus: { invalid: 2 } });
    expect(text).toContain('Next:');
    expect(text).not.toContain('Run the failed ones again');
    expect(text).toContain('Once that is done: oppsweep x invalid\n');
  });

  it.each([
    [{ failed: 56, unknown: 2 }, { failed: 56, unknown: 2 }, 'Run the failed and unknown ones again'],
    [{ unknown: 2 }, { failed: 0, unknown: 2 }, 'Run the unknown ones again'],
    [{ failed: 56, unknown: 2 }, { failed: 0, unknown: 2 }, 'Once that is done'],
    [{ invalid: 1, failed: 3 }, { failed: 3, unknown: 0 }, 'Once that is done'],
    [{ failed: 2 }, { failed: 0, unknown: 0 }, 'Once that is done'],
  ])(
    'has one command for all the rows of %j that need somebody, where %j may end otherwise',
    (byStatus, again, words) => {
      const statuses = Object.keys(byStatus);
      const lines = finished({ ...TALLY, byStatus }, {}, undefined, { again }).split('\n');
      expect(lines.slice(-3)).toEqual([
        `Next: the columns "message" and "tip" say what to do about the rows that are ${statuses.join(' or ')}.`,
        `${words}: oppsweep x ${statuses.join(',')}`,
        '',
      ]);
    },
  );

  it('counts only what this run decided, where rows kept the line they had', () => {
    const own: Tally = { rows: 3, byStatus: { disassociated: 3 }, byException: {}, attempts: 3 };
    const text = finished(TALLY, {}, undefined, { own });
    expect(text).toContain('  3  disassociated  removed\n  1,200 other rows kept the line they had\n');
    expect(text).not.toContain('duplicate');
    expect(text).not.toContain('Next');
  });

  it('shows the commonest reasons, each with its first row and message', () => {
    const reasons = ['NotFound', 'Validation', 'Denied', 'Other'].map((exception, index) => ({
      exception,
      rows: 56 - index * 55,
      first: { row: 1_008 + index, opportunityId: index === 1 ? '' : 'O4100319', message: 'No.'.repeat(150) },
    }));
    const lines = finished(TALLY, {}, undefined, { reasons }).split('\n');
    expect(lines).toContain(
      `  ✗ row 1,008  O4100319  NotFound (and 55 more rows): ${'No.'.repeat(150).slice(0, 400)}…`,
    );
    expect(lines.find((line) => line.includes('1,009'))).toMatch(/^ {2}✗ row 1,009 {2}Validation: No\./);
    expect(lines).toContain('  … and 1 other reason');
  });

  it('calls the columns to look into by the names they have in this file', () => {
    const columns = { message: 'result_message', tip: 'tip' };
    expect(finished(TALLY, {}, undefined, { columns })).toContain('the columns "result_message" and "tip"');
  });

  it('of a plan says what a run would cost and take away', () => {
    const plan = {
      writesNeeded: 50,
      byNote: { unread: 7, last_solution: 1, last_of_type: 2, locked_review: 3 },
    } as const;
    const text = finished(
      { ...TALLY, byStatus: { would_disassociate: 50 }, byException: {}, plan },
      {},
      '2025-01-31T15:30:00.000Z',
    );
    expect(text).toMatch(
      /A run would spend 50 writes; begun now, it would end .+ \(in 2 h 30 min\)\. Nothing was changed\./,
    );
    expect(text).toContain(
      '1 opportunity would lose the last solution: this rehearsal holds nothing but what the rows name',
    );
    expect(text).toContain('2 rows would remove an opportunity’s last entity of a type other than solutions');
    expect(text).toContain('3 rows may be refused');
    expect(text).toContain('7 rows would be sent unseen: the opportunity could not be read');
  });

  it('counts near misses, which the exceptions name too', () => {
    const text = finished({ ...TALLY, byException: { NearMiss: 2 } });
    expect(text).toContain('exceptions: NearMiss 2');
    expect(text).toContain('2 near misses: nothing was sent; "message" says what each may mean');
    expect(finished(TALLY)).not.toContain('near miss');
    const noPlace = finished({ ...TALLY, byException: { NoPlace: 1 } });
    expect(noPlace).toContain('1 replacement without a place (NoPlace): nothing was sent');
  });

  it('names above all else the opportunities that are left with neither entity', () => {
    const tally = { ...TALLY, byException: { ReplacementLost: 3 } };
    const lost = [{ row: 1_002, opportunityId: 'O7' }];
    const [first, second] = finished(tally, {}, undefined, { lost }).split('\n');
    expect(first).toContain('3 replacements lost (ReplacementLost)');
    expect(second).toMatch(/O7 \(row 1,002\) and 2 more\. .*undo people\.results\.csv/);
    expect(finished(TALLY)).toMatch(/^Finished/);
  });

  it('notes where the file’s order made it read twice', () => {
    expect(finished(TALLY, { rereads: 3 })).toContain('3 opportunities had to be read again');
    expect(finished(TALLY)).not.toContain('read again:');
  });
});

describe('describeFinishedBefore', () => {
  it('says since when, that nothing was sent, and whether the results are as they were', () => {
    const end = { kind: 'finished_before', tally: TALLY, at: '2025-01-31T13:00:00.000Z' } as const;
    const text = describeFinishedBefore({ ...end, resultsIntact: true }, PLACES);
    expect(text).toContain('finished since 2025-01-31T13:00Z; nothing was sent now.');
    const nowMs = new Date(2026, 0, 31).getTime();
    expect(describeFinishedBefore({ ...end, resultsIntact: true }, PLACES, { nowMs })).toMatch(
      /finished since \w{3} \d+ \w{3} 2025 \d\d:\d\d UTC\S*; nothing was sent now\./,
    );
    expect(text).toContain('--restart');
    expect(text).not.toContain('changed since');
    expect(describeFinishedBefore({ ...end, resultsIntact: false }, PLACES)).toContain(
      'Results: people.results.csv (changed since the run wrote it)',
    );
  });
});

describe('describeStopped', () => {
  it('names the reason, what is done so far and the command that goes on', () => {
    const reason = limitReached();
    const tally = { rows: 5, byStatus: { disassociated: 5 }, byException: {}, attempts: 5 };
    const end = {
      ...STOPPED,
      done: { input: emptyTally(), rowsToRun: 20, settled: tally, inDoubt: 0 },
      digest: digestOf(tally),
      reason,
    } as const;
    expect(describeStopped(end, PLACES, { sameCommand: 'oppsweep x' })).toBe(
      [
        'Stopped (limit_reached): As many rows as --limit asks for are done.',
        hintOf(reason),
        '5 of 20 valid rows done:',
        '  5  disassociated  removed',
        'So far: people.oppsweep/results.partial.csv',
        'Go on:  oppsweep x',
        '',
      ].join('\n'),
    );
  });
});

describe('describeStopped, whatever the reason', () => {
  it.each([
    serviceUnreachable(FAULT, 'the first 5 calls'),
    tooManyFailures(6, 10, '5'),
    stoppedBySignal('SIGINT'),
  ])('says once that the same command goes on ($code)', (reason) => {
    const tally = { rows: 5, byStatus: { disassociated: 5 }, byException: {}, attempts: 5 };
    const end = {
      ...STOPPED,
      done: { input: emptyTally(), rowsToRun: 20, settled: tally, inDoubt: 0 },
      digest: digestOf(tally),
      reason,
    } as const;
    const text = describeStopped(end, PLACES, { sameCommand: 'oppsweep x' });
    expect(text).not.toContain('same command');
    expect(text).not.toContain('\n\n');
    expect(text).toContain('\nGo on:  oppsweep x\n');
  });
});

describe('describeError', () => {
  it('is what happened and what to do next, a line each', () => {
    expect(describeError(new RunError('usage', 'No catalog.', { code: 'name_catalog' }))).toBe(
      'oppsweep: No catalog.\nGive --catalog AWS (live data) or --catalog Sandbox (isolated testing).\n',
    );
  });

  it('names the code where the same command goes on later', () => {
    expect(describeError(new RunError('run_held', 'This run is held.'))).toMatch(
      /^oppsweep \(run_held\): This run is held\.\nWait for/,
    );
  });
});
