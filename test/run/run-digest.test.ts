import { describe, expect, it } from 'vitest';
import type { RowOutcome } from '../../src/model/outcome.ts';
import { keepDigest } from '../../src/run/run-digest.ts';
import { CALLS, DISASSOCIATED, fault, validRow } from '../results/samples.ts';

const NOT_FOUND: RowOutcome = {
  status: 'failed',
  fault: fault('refused', { exception: 'ResourceNotFoundException', message: 'Not visible.\nReason: none.' }),
  calls: CALLS,
};
const THROTTLED: RowOutcome = { ...NOT_FOUND, fault: fault('throttled', { exception: 'Throttling' }) };
const UNKNOWN: RowOutcome = { status: 'unknown', fault: fault('timeout'), calls: CALLS };
const CARRIED: RowOutcome = {
  status: 'carried',
  earlier: { status: 'failed', cells: {}, attempts: 1, requestIds: [] },
};

describe('keepDigest', () => {
  it('counts apart the rows that kept an earlier line', () => {
    const keeper = keepDigest([]);
    for (const [index, outcome] of [DISASSOCIATED, CARRIED, CARRIED].entries()) {
      keeper.add({ row: validRow(index), outcome });
    }
    expect(keeper.now().byStatus).toEqual({ disassociated: 1, failed: 2 });
    expect(keeper.digest().own.byStatus).toEqual({ disassociated: 1 });
  });

  it('has each exception once, the most frequent first, with the first row and the first line of its message', () => {
    const keeper = keepDigest([]);
    for (const [index, outcome] of [THROTTLED, NOT_FOUND, NOT_FOUND, DISASSOCIATED].entries()) {
      keeper.add({ row: validRow(index), outcome });
    }
    expect(keeper.digest().reasons).toEqual([
      {
        exception: 'ResourceNotFoundException',
        rows: 2,
        first: { row: 3, opportunityId: 'O1', message: 'Not visible.' },
      },
      { exception: 'Throttling', rows: 1, first: { row: 2, opportunityId: 'O0', message: 'Any message.' } },
    ]);
  });

  it('has what the service refused before invalid rows, however many', () => {
    const keeper = keepDigest([]);
    const problem = { kind: 'entity_missing', field: 'row', message: 'None.' } as const;
    const invalid: RowOutcome = { status: 'invalid', problems: [problem] };
    for (const [index, outcome] of [invalid, invalid, NOT_FOUND].entries())
      keeper.add({ row: validRow(index), outcome });
    expect(keeper.digest().reasons.map(({ exception, rows }) => [exception, rows])).toEqual([
      ['ResourceNotFoundException', 1],
      ['InvalidRow', 2],
    ]);
  });

  it('names the rows that were left with neither entity', () => {
    const keeper = keepDigest([]);
    const lost: RowOutcome = { ...NOT_FOUND, fault: fault('refused', { exception: 'ReplacementLost' }) };
    for (const [index, outcome] of [NOT_FOUND, lost].entries()) keeper.add({ row: validRow(index), outcome });
    expect(keeper.digest().lost).toEqual([{ row: 3, opportunityId: 'O1' }]);
  });

  it('tells invalid rows apart by their first problem', () => {
    const keeper = keepDigest([]);
    for (const kind of ['type_missing', 'entity_missing', 'type_missing']) {
      const problem = { kind, field: 'row', message: `${kind}.` } as const;
      keeper.add({ row: validRow(0), outcome: { status: 'invalid', problems: [problem] } });
    }
    expect(keeper.digest().reasons.map(({ rows, first }) => [rows, first.message])).toEqual([
      [2, 'type_missing.'],
      [1, 'entity_missing.'],
    ]);
  });

  it('counts as worth another run what may end otherwise, and not what was refused', () => {
    const keeper = keepDigest([]);
    for (const outcome of [THROTTLED, NOT_FOUND, UNKNOWN, DISASSOCIATED]) {
      keeper.add({ row: validRow(1), outcome });
    }
    expect(keeper.digest().again).toEqual({ failed: 1, unknown: 1 });
  });

  it('stays small however many exceptions somebody makes up', () => {
    const keeper = keepDigest([]);
    for (let row = 0; row < 1_000; row += 1) {
      const outcome = { ...NOT_FOUND, fault: fault('refused', { exception: `Odd${row}` }) };
      keeper.add({ row: validRow(row), outcome });
    }
    expect(keeper.digest().reasons).toHaveLength(100);
    expect(keeper.digest().own.rows).toBe(1_000);
  });

  it('knows what the results’ own columns are called beside the user’s', () => {
    expect(keepDigest(['Opportunity', 'Message', 'result_message']).digest().columns).toEqual({
      message: 'result_result_message',
      tip: 'tip',
    });
  });
});
