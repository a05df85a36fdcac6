import { describe, expect, it } from 'vitest';
import type { RowStatus } from '../../../src/model/outcome.ts';
import type { Tally } from '../../../src/model/tally.ts';
import { checkMaxFailures, watchFailures, type MaxFailures } from '../../../src/calls/stop/max-failures.ts';
import { textWith } from '../../text-with.ts';

function tally(byStatus: Tally['byStatus']): Tally {
  return { rows: 0, byStatus, byException: {}, attempts: 0 };
}

const FIVE: MaxFailures = { kind: 'rows', rows: 5 };
const HALF: MaxFailures = { kind: 'percent', percent: 50 };

describe('checkMaxFailures', () => {
  it('stops past a number of rows, not at it', () => {
    expect(checkMaxFailures(FIVE, tally({ failed: 5, disassociated: 1 }))).toBeUndefined();
    expect(checkMaxFailures(FIVE, tally({ failed: 4, unknown: 2, disassociated: 1 }))).toMatchObject({
      code: 'too_many_failures',
      message: textWith('6 of 7 rows failed'),
    });
  });

  it('stops at the first failure where none is allowed', () => {
    expect(checkMaxFailures({ kind: 'rows', rows: 0 }, tally({ failed: 1 }))?.code).toBe('too_many_failures');
  });

  it('stops past a share of the rows, not at it', () => {
    expect(checkMaxFailures(HALF, tally({ failed: 50, disassociated: 50 }))).toBeUndefined();
    expect(checkMaxFailures(HALF, tally({ failed: 51, disassociated: 50 }))).toMatchObject({
      code: 'too_many_failures',
      message: textWith('past the option max-failures 50%'),
    });
  });

  it('takes no share of fewer than 100 rows for telling', () => {
    expect(checkMaxFailures(HALF, tally({ failed: 99 }))).toBeUndefined();
    expect(checkMaxFailures(HALF, tally({ failed: 100 }))?.code).toBe('too_many_failures');
  });

  it('counts needless rows as answered, and what the input alone decides not at all', () => {
    const many = { invalid: 10_000, duplicate: 10_000 };
    expect(checkMaxFailures(HALF, tally({ ...many, failed: 99 }))).toBeUndefined();
    expect(checkMaxFailures(FIVE, tally({ ...many, failed: 5 }))).toBeUndefined();
    expect(checkMaxFailures(HALF, tally({ ...many, failed: 60, already_absent: 60 }))).toBeUndefined();
  });
});

/** How many rows of these it takes, one after the other, until the run is stopped; all are counted where it isn't. */
function rowsUntilStop(allowed: MaxFailures, ...parts: readonly (readonly [RowStatus, number])[]): number {
  const tooManyAfter = watchFailures(allowed);
  let rows = 0;
  for (const [status, times] of parts) {
    for (let time = 0; time < times; time += 1) {
      rows += 1;
      if (tooManyAfter(status) !== undefined) return rows;
    }
  }
  return rows;
}

describe('watchFailures', () => {
  it('takes a share of the last hundred rows, however many were good before', () => {
    expect(rowsUntilStop(HALF, ['disassociated', 10_000], ['failed', 200])).toBe(10_051);
  });

  it('forgets failures that lie further back', () => {
    const spell = [
      ['failed', 50],
      ['disassociated', 100],
    ] as const;
    expect(rowsUntilStop(HALF, ['disassociated', 100], ...spell, ...spell, ...spell)).toBe(550);
  });

  it('takes a number of rows of all there were', () => {
    expect(rowsUntilStop(FIVE, ['failed', 3], ['disassociated', 500], ['unknown', 9])).toBe(506);
  });

  it('passes over rows that were not asked of the service', () => {
    expect(rowsUntilStop(HALF, ['failed', 50], ['skipped', 900], ['duplicate', 900], ['failed', 80])).toBe(
      1_900,
    );
  });
});
