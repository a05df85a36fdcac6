import { expect, test } from 'vitest';
import { pageOf } from '../../../src/report/page/page.ts';
import { lookTitle, standing } from '../../../src/report/page/sentences.ts';
import type { Report } from '../../../src/report/report.ts';
import { foldRows } from '../../../src/report/rows/row-facts.ts';
import { BEGAN_MS, failedLine, line, reportOf, TIMES } from '../sample-report.ts';

const BACK = {
  as: 'taken_back',
  by: 'people.undo.csv, ann at laptop-17',
  at: '2026-11-26T10:00:00.000Z',
} as const;
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
    '<b>Taken back</b>: 3 of its rows, by people.undo.csv (ann at laptop-17), 26 Nov 2026, 10:00 to 10:05 UTC (5 min).',
  );
  expect(page).toContain('those that ended as wished are counted here alone: 2 disassociated.');
  expect(page).not.toContain('Every row has ended as wished');
});

test('more of them than the table has are counted, and where each stands is said', () => {
  expect(pageWith(2)).toContain(
    'Of the rows taken back, 2 are in this page, the first of them, and 1 more row counted alone: the results of the undo name each.',
  );
});

test.each([
  [
    [2],
    3,
    '5 rows needed somebody; 2 of them were done since by 1.csv, on 26 Nov 2026. 3 rows still need somebody.',
  ],
  [[1], 0, '1 row needed somebody; it was done since by 1.csv, on 26 Nov 2026.'],
  [
    [1, 1],
    0,
    '2 rows needed somebody; both were done since 1 by 1.csv, on 26 Nov 2026 and 1 by 2.csv, on 26 Nov 2026.',
  ],
])(
  'of rows that later runs have done it is told by which, and how many still need somebody',
  (done, open, words) => {
    const doneSince = done.map((rows, index) => ({
      results: `/tmp/${index + 1}.csv`,
      rows,
      toMs: BEGAN_MS,
      by: [],
    }));
    const report = reportOf(
      Array.from({ length: open }, (_, row) => failedLine(row)),
      { doneSince },
    );
    expect(standing(report, TIMES).join(' ')).toBe(words);
    expect(lookTitle(report)).toBe(
      open > 0 ? `${open} rows to look at` : `${done.length} row${done.length > 1 ? 's' : ''} done since`,
    );
  },
);
