import { expect, test } from 'vitest';
import { pageOf } from '../../../src/report/page/page.ts';
import type { Report } from '../../../src/report/report.ts';
import { foldRows } from '../../../src/report/rows/row-facts.ts';
import { BEGAN_MS, line, reportOf } from '../sample-report.ts';

const BACK = { by: 'people.undo.csv, ann at laptop-17', at: '2026-11-26T10:00:00.000Z' };
const UNDO: Report['takenBack'][number] = {
  results: 'people.undo.csv',
  rows: 3,
  writes: 3,
  fromMs: BEGAN_MS + 7_200_000,
  toMs: BEGAN_MS + 7_500_000,
  by: ['ann at laptop-17'],
};

/** Five rows that were removed, of which three were taken back: of so many of these it is kept by whom. */
function pageWith(kept: number): string {
  const fold = foldRows(BEGAN_MS, ({ cells: { row } }) => {
    const number = Number(row);
    return number > 3 ? undefined : number > kept ? 'counted' : BACK;
  });
  for (const row of ['1', '2', '3', '4', '5'])
    fold.add(line('disassociated', { row, opportunity_id: `O${row}`, finished_at: BACK.at }));
  return pageOf(reportOf([], { rows: fold.facts(), takenBack: [UNDO], timeZone: 'UTC' }));
}

test('rows that were taken back have a part of the bar, and their undo a sentence with whom and when', () => {
  const page = pageWith(3);
  expect(page).toContain('Rows by status: 2 disassociated, 3 taken back since');
  expect(page).toContain(
    '<b>Taken back</b>: 3 of its rows were taken back by people.undo.csv, 26 Nov 2026, 10:00 to 10:05 UTC (5 min), by ann at laptop-17.',
  );
  expect(page).toContain('those that ended as wished are counted here alone: 2 disassociated.');
  expect(page).not.toContain('Every row has ended as wished');
});

test('more of them than the table has are counted, and where each stands is said', () => {
  expect(pageWith(2)).toContain(
    'Of the rows taken back, 2 are in this page, those that were taken back first, and 1 more row counted alone: the results of the undo name each.',
  );
});
