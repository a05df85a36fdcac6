import { expect, test } from 'vitest';
import { pageOf } from '../../../src/report/page/page.ts';
import { failedLine, line, reportOf, RUN } from '../sample-report.ts';

const OPEN = {
  ...RUN,
  state: 'stopped',
  endedAt: undefined,
  results: { name: 'people.oppsweep/results.partial.csv', sha256: undefined },
  rowsLeft: 25,
} as const;
const DOUBT = { ...OPEN, inDoubt: [{ row: 7, key: 'O7 Solutions S-0000001' }] };
const REMOVED = [2, 3, 4, 5].map((row) => line('disassociated', { row: String(row) }));

/** The page's words, without its markup. */
function wordsOf(report: Parameters<typeof pageOf>[0]): string {
  const page = pageOf(report);
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script'));
  return body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

test('of a stopped run a row in doubt is told wherever counts are, and nothing says that all is as wished', () => {
  const words = wordsOf(reportOf(REMOVED, { run: DOUBT }));
  expect(words).toContain(
    '1 row is in doubt: its call may have been sent, and no answer is noted. 25 rows are still to be done.',
  );
  expect(words).toContain('In doubt : row 7 (O7 Solutions S-0000001).');
  expect(words).toContain('1 in doubt perhaps sent, and no answer is noted');
  expect(words).toContain(
    'rows that have an end 4 rows in doubt 1 rows still to be done 25 rows of the input 30',
  );
  expect(words).not.toMatch(/as wished\.|Nothing to look at|Nobody has/);
});

test('all rows in doubt are named, the first ten in the sentence', () => {
  const inDoubt = Array.from({ length: 17 }, (_, index) => ({
    row: index + 2,
    key: `O${index} Solutions S-1`,
  }));
  const words = wordsOf(reportOf(REMOVED, { run: { ...OPEN, inDoubt } }));
  expect(words).toContain('row 11 (O9 Solutions S-1), 7 more. A call');
  expect(words).toMatch(/All 17 rows in doubt row 2 \(.* row 18 \(O16 Solutions S-1\)/);
});

test('what a run at work has sent a moment ago is no doubt', () => {
  const words = wordsOf(reportOf(REMOVED, { run: { ...DOUBT, state: 'running' } }));
  expect(words).toContain('1 under way noted, and not answered yet');
  expect(words).not.toContain('in doubt');
});

test('the bar has a part for the rows that are still to be done, in its true proportion', () => {
  const page = pageOf(reportOf(REMOVED, { run: { ...OPEN, rowsLeft: 12 } }));
  expect(page).toContain('<rect class="tone-open" x="25.00%" width="75.00%"');
});

test('the results so far are told to have the first rows alone', () => {
  expect(wordsOf(reportOf([failedLine(9)], { run: OPEN }))).toContain(
    'the first rows of the input, up to the one where the run has no end yet. Rows further down that are done already are counted here',
  );
});

test('the page of an undo under way has the name of its results to come, not of their part so far', () => {
  const undo = {
    ...OPEN,
    state: 'running',
    command: 'undo',
    results: { name: 'people.undo.oppsweep/results.partial.csv', sha256: undefined },
    finalName: 'people.undo.csv',
  } as const;
  const page = pageOf(reportOf(REMOVED, { run: undo }));
  expect(page).toContain('<title>people.undo.csv: Undo of people.csv: ');
  expect(page).toContain('<p class="file"><span>people.undo.csv</span>');
});

test('replacements that a stop left half done are told, the worse first', () => {
  const halfReplaced = { both: 7, neither: 1 };
  const run = { ...RUN, state: 'stopped', rowsLeft: 9, halfReplaced } as const;
  expect(pageOf(reportOf([], { run }))).toContain(
    '9 rows are still to be done. 1 replacement is half done: the old one is, or may be, detached, and the new one not attached yet. 7 replacements are half done: the new one is attached, and the old one not removed yet.',
  );
});

test('a run whose quota others have used up says what there is to wait for; one row that has an end is one', () => {
  const run = { ...OPEN, outlook: { quotaGone: true } } as const;
  const words = wordsOf(reportOf(REMOVED.slice(0, 1), { run }));
  expect(words).toContain('Wait until quota frees (it is counted over a rolling 24 hours).');
  expect(words).toContain('Of the 1 row that has an end,');
});
