import { describe, expect, it } from 'vitest';
import type { RowOutcome, RowStatus } from '../../src/model/outcome.ts';
import { allAsWished, keepTally } from '../../src/model/tally.ts';
import { CALLS, DISASSOCIATED, fault } from '../results/samples.ts';

const REFUSED: RowOutcome = {
  status: 'failed',
  fault: fault('refused', { exception: 'ValidationException' }),
  calls: { attempts: 1, requestIds: [] },
};

describe('keepTally', () => {
  it('counts rows by status and exception, and the writes tried', () => {
    const tally = keepTally();
    for (const outcome of [DISASSOCIATED, REFUSED, REFUSED, { status: 'duplicate', firstRow: 2 } as const])
      tally.add(outcome);
    expect(tally.now()).toEqual({
      rows: 4,
      byStatus: { disassociated: 1, failed: 2, duplicate: 1 },
      byException: { ValidationException: 2, DuplicateRow: 1 },
      attempts: CALLS.attempts + 2,
    });
  });

  it('gives counts that stay as they were when more rows come', () => {
    const tally = keepTally();
    const before = tally.now();
    tally.add(DISASSOCIATED);
    expect(before.byStatus).toEqual({});
  });
});

describe('allAsWished', () => {
  const of = (...statuses: readonly RowStatus[]): boolean =>
    allAsWished({
      rows: statuses.length,
      byStatus: Object.fromEntries(statuses.map((status) => [status, 1])),
      byException: {},
      attempts: 0,
    });

  it('is true of what was done, needless or said twice', () => {
    expect(
      of('disassociated', 'associated', 'replaced', 'already_absent', 'already_present', 'duplicate'),
    ).toBe(true);
    expect(of()).toBe(true);
  });

  it.each(['invalid', 'failed', 'unknown'] as const)('is false where a row is %s', (status) => {
    expect(of('disassociated', status)).toBe(false);
  });
});
