import { expect, test } from 'vitest';
import { DistinctCount } from '../../../src/report/rows/distinct-count.ts';
import { cellOf } from '../../../src/report/rows/reported-row.ts';
import { foldRows, type RowFacts } from '../../../src/report/rows/row-facts.ts';
import type { EarlierResult } from '../../../src/model/outcome.ts';
import { BEGAN_MS, failedLine, line } from '../sample-report.ts';

function factsOf(rows: readonly (EarlierResult | undefined)[]): RowFacts {
  const fold = foldRows(BEGAN_MS);
  for (const row of rows) fold.add(row);
  return fold.facts();
}

const removed = (opportunity: string, finishedMs: number): EarlierResult =>
  line('disassociated', {
    opportunity_id: opportunity,
    entity_type: 'Solutions',
    attempts: '1',
    request_ids: 'a',
    finished_at: new Date(finishedMs).toISOString(),
  });

test('rows are counted by status, reasons by exception and tip, a lost replacement first', () => {
  const facts = factsOf([
    failedLine(2, 'ReplacementLost'),
    failedLine(3),
    failedLine(4),
    line('duplicate', { exception: 'DuplicateRow' }),
    removed('O1', BEGAN_MS + 1),
    undefined,
  ]);
  expect(facts.rows).toBe(6);
  expect(facts.byStatus).toEqual({ failed: 3, duplicate: 1, disassociated: 1 });
  expect(facts.otherStatus).toBe(1);
  expect(facts.reasons.map(({ exception, rows }) => [exception, rows])).toEqual([
    ['ReplacementLost', 1],
    ['ResourceNotFoundException', 2],
  ]);
  expect([facts.attempts, facts.requestIds]).toEqual([4, 4]);
});

test('what an earlier run changed is no change of this one', () => {
  const facts = factsOf([
    removed('O1', BEGAN_MS - 1),
    removed('O2', BEGAN_MS + 1),
    removed('O2', BEGAN_MS + 2),
  ]);
  expect(facts.changed.byStatus).toEqual({ disassociated: 2 });
  expect(facts.changed.opportunities).toBe(1);
  expect([...facts.changed.byType]).toEqual([['Solutions', 2]]);
  expect(facts.changedBefore).toBe(1);
});

test('of a plan, a row with a note is one to look at', () => {
  const facts = factsOf([
    line('would_disassociate', { row: '2', message: 'The opportunity’s last solution.' }),
    line('would_disassociate', { row: '3' }),
  ]);
  expect(facts.shown.map((row) => cellOf(row, 'row'))).toEqual(['2']);
  expect(facts.reasons).toMatchObject([
    { status: 'would_disassociate', tip: 'The opportunity’s last solution.' },
  ]);
});

test('a service that names an exception for each row fills neither memory nor page', () => {
  const facts = factsOf(Array.from({ length: 500 }, (_, row) => failedLine(row, `Exception${row}`)));
  expect(facts.reasons).toHaveLength(100);
  expect(facts.otherReasons).toBe(400);
  expect(facts.shown).toHaveLength(500);
});

test('a cell of a megabyte is cut, and says how long it was', () => {
  const [row = []] = factsOf([line('failed', { message: 'x'.repeat(1_000_000) })]).shown;
  expect(cellOf(row, 'message')).toBe(`${'x'.repeat(1_000)} … (1,000,000 characters in the results)`);
});

test('different texts are counted, each once', () => {
  const count = new DistinctCount();
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < 50_000; number += 1) count.add(`O${number}`);
  }
  expect(count.size).toBe(50_000);
});

test('a row that was taken back is counted beside its status, and shown with by whom and when', () => {
  const back = {
    as: 'taken_back',
    by: 'people.undo.csv, ann at laptop-17',
    at: '2026-11-26T10:00:00.000Z',
  } as const;
  const fold = foldRows(
    BEGAN_MS,
    ({ cells }) => ({ '2': back, '3': 'counted' as const, '5': back })[cells.row ?? ''],
  );
  for (const row of ['2', '3', '4']) fold.add(line('disassociated', { row, opportunity_id: `O${row}` }));
  fold.add(failedLine(5));
  const { shown, takenBack, byStatus } = fold.facts();
  expect([byStatus.disassociated, takenBack.byStatus]).toEqual([3, { disassociated: 2 }]);
  const told = [...shown, ...takenBack.shown].map((row) => [cellOf(row, 'row'), cellOf(row, 'since_by')]);
  expect(told).toEqual([
    ['5', back.by],
    ['2', back.by],
  ]);
  expect(takenBack.shown.map((row) => cellOf(row, 'since_at'))).toEqual([back.at]);
});
