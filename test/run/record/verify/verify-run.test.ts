import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RowStatus } from '../../../../src/model/outcome.ts';
import type { EndEntry, JobEntry, JournalEntry } from '../../../../src/store/journal-line.ts';
import { headerText, rowsText, type ResultsForm } from '../../../../src/results/results-csv.ts';
import type { Summary } from '../../../../src/store/summary.ts';
import { readStatus } from '../../../../src/run/record/read-status.ts';
import type { Verification } from '../../../../src/run/record/verify/verification.ts';
import { tipFor } from '../../../../src/results/tip-for.ts';
import { withFlags } from '../../../../src/cli/words/option-spelling.ts';
import { verifyRun } from '../../../../src/run/record/verify/verify-run.ts';
import { CALLS, DISASSOCIATED, doneEntry, fault, JOB, validRow } from '../../../results/samples.ts';
import { makeRunFolder, type RunFolder } from '../../../store/files/run-folder/make-run-folder.ts';

const ROWS = [validRow(0), validRow(1)];
const HEADER = ['Opportunity ID', 'Entity ID'];
const INPUT = [HEADER, ...ROWS.map(({ cells }) => cells), []].map((cells) => cells.join(',')).join('\n');
const FORM: ResultsForm = {
  dialect: { delimiter: ',', lineEnding: '\n', bom: false },
  header: HEADER,
  defuseAll: false,
};
const RESULTS =
  headerText(FORM) +
  rowsText(
    ROWS.map((row) => ({ row, outcome: DISASSOCIATED })),
    FORM,
  );

interface Begun {
  readonly input?: string;
  readonly terms?: JobEntry['terms'];
  readonly entries?: readonly JournalEntry[];
}

/** A run of two rows that is finished and whole, but for what a test takes away. */
function finishedRun(
  byStatus: Partial<Record<RowStatus, number>> = { disassociated: 2 },
  results = RESULTS,
  { input = INPUT, terms = JOB.terms, entries = [doneEntry(0), doneEntry(1)] }: Begun = {},
): RunFolder {
  const run = makeRunFolder(input, {
    input: { name: 'people.csv', bytes: input.length, sha256: sha256(input) },
    terms,
  });
  const end: EndEntry = {
    t: 'end',
    tally: { rows: 2, byStatus, byException: {}, attempts: 2 },
    resultsSha256: sha256(results),
    at: '2025-01-31T12:00:00.000Z',
  };
  run.journal(...entries, end);
  writeFileSync(run.paths.results, results);
  writeSummary(run, {
    counts: end.tally,
    results: { name: 'people.results.csv', sha256: end.resultsSha256 },
  });
  return run;
}

/** As far as it is checked. */
function writeSummary({ paths }: RunFolder, summary: Pick<Summary, 'counts' | 'results'>): void {
  writeFileSync(paths.summary, JSON.stringify(summary));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function verify(folder: RunFolder, tool = JOB.tool): Promise<Verification> {
  const run = await folder.record();
  return verifyRun(run, await readStatus(run), { tool, spell: withFlags });
}

/** What was found where it should not have been, by what was checked. */
function unsound({ checks }: Verification): Readonly<Record<string, string>> {
  return Object.fromEntries(checks.filter(({ sound }) => !sound).map(({ what, found }) => [what, found]));
}

const LINES = 'each line of the results tells of its row what the journal and the input tell';

describe('verifyRun', () => {
  it('finds nothing wrong with a run that was left alone', async () => {
    const verification = await verify(finishedRun());
    expect(verification.sound).toBe(true);
    expect(verification.checks).toHaveLength(10);
  });

  it('finds results that were changed, be it by one character', async () => {
    const run = finishedRun();
    const changed = RESULTS.replace('S-0000001', 'S-0000002');
    writeFileSync(run.paths.results, changed);
    const verification = await verify(run);
    expect(verification.sound).toBe(false);
    expect(unsound(verification)).toEqual({
      'the results have the SHA-256 they were published with': expect.stringContaining(
        `${run.paths.results} has ${sha256(changed)} instead of ${sha256(RESULTS)}. They were changed since they were written`,
      ) as string,
    });
  });

  it.each([
    ['opportunity', [[',O1,Solutions', ',O4,Solutions']]],
    ['request ids', [['id-1 id-2', 'id-1 id-3']]],
    ['times', [['2025-01-31T12:00:00.005Z', '2025-01-31T12:00:00.006Z']]],
    ['status', [['disassociated', 'already_absent']]],
  ] as const)(
    'finds a line of another %s though the end of the journal was forged to fit',
    async (_, edits) => {
      let forged = RESULTS;
      for (const [from, to] of edits) forged = forged.replace(from, to);
      expect(forged).not.toBe(RESULTS);
      const byStatus = forged.includes('absent') ? { disassociated: 1, already_absent: 1 } : undefined;
      expect(unsound(await verify(finishedRun(byStatus, forged)))).toEqual({
        [LINES]: expect.stringMatching(/^1 line differs, the first is row [23]$/) as string,
      });
    },
  );

  it('finds a change that the journal has no line of, and tells of those that an earlier run made', async () => {
    const run = finishedRun();
    const end = { t: 'end', resultsSha256: sha256(RESULTS), at: '2025-01-31T12:00:00.000Z' } as const;
    const tally = { rows: 2, byStatus: { disassociated: 2 }, byException: {}, attempts: 2 };
    run.journal(doneEntry(0), { ...end, tally });
    expect(unsound(await verify(run))).toEqual({ [LINES]: '1 line differs, the first is row 3' });
    const begun = { input: RESULTS, terms: { ...JOB.terms, only: 'failed' }, entries: [] };
    const { sound, notVerified } = await verify(finishedRun({ disassociated: 2 }, RESULTS, begun));
    expect(sound).toBe(true);
    expect(notVerified).toEqual([expect.stringContaining('2 rows keep their lines of 2')]);
    // What was kept is what the input has, not what somebody has written there since.
    const withoutTime = RESULTS.replace('2025-01-31T12:00:01.000Z', '');
    expect(unsound(await verify(finishedRun({ disassociated: 2 }, withoutTime, begun)))).toEqual({
      [LINES]: '1 line differs, the first is row 2',
    });
  });

  it('finds another message or tip, and compares neither of another version', async () => {
    const failed = {
      status: 'failed',
      fault: fault('refused', { message: 'The option limit is reached.' }),
      calls: CALLS,
      write: { operation: 'DisassociateOpportunity', opportunitySeen: true },
    } as const;
    const entries = [doneEntry(0), doneEntry(1, failed)];
    const outcomes = [DISASSOCIATED, failed];
    const results =
      headerText(FORM) +
      rowsText(
        ROWS.map((row, index) => ({ row, outcome: outcomes[index] ?? failed })),
        FORM,
      );
    const counts = { disassociated: 1, failed: 1 };
    expect(unsound(await verify(finishedRun(counts, results, { entries })))).toEqual({});
    // A command line spells what the library names in words.
    const spelt = results.replace('The option limit', '--limit');
    expect(unsound(await verify(finishedRun(counts, spelt, { entries })))).toEqual({});
    for (const forged of [
      results.replace('is reached', 'was reached'),
      results.replace(tipFor(failed.fault, failed.write), 'All is well.'),
      results.replace(/id-1 id-2,[^,]+,[^,]+$/m, 'id-1 id-2,,'),
    ]) {
      expect(forged).not.toBe(results);
      expect(unsound(await verify(finishedRun(counts, forged, { entries })))).toEqual({
        [LINES]: expect.stringContaining('1 line differs, the first is row') as string,
      });
    }
    const otherWords = results.replace('is reached', 'was reached');
    expect(unsound(await verify(finishedRun(counts, otherWords, { entries }), 'oppsweep 9.0.0'))).toEqual({});
  });

  it('finds results that are none any more', async () => {
    const run = finishedRun();
    writeFileSync(run.paths.results, INPUT);
    expect(unsound(await verify(run))).toMatchObject({
      'the results can be read line by line, beside the input': expect.stringContaining(
        'is no results file',
      ) as string,
    });
  });

  it('finds a copy of the input that was changed', async () => {
    const run = finishedRun();
    writeFileSync(run.paths.inputCopy, INPUT.replace('S-0000001', 'S-0000003'));
    expect(Object.keys(unsound(await verify(run)))).toEqual([
      "the run's copy of the input has the SHA-256 it began with",
    ]);
  });

  it.each([
    ['is gone', undefined, 'there is no '],
    [
      'counts otherwise',
      JSON.stringify({ counts: { rows: 3 }, results: { sha256: sha256(RESULTS) } }),
      'changed',
    ],
    ['is no summary', 'null', 'changed'],
    ['is no JSON', '{', 'changed'],
  ])('finds a summary that %s', async (_what, text, words) => {
    const run = finishedRun();
    if (text === undefined) rmSync(run.paths.summary);
    else writeFileSync(run.paths.summary, text);
    expect(unsound(await verify(run))).toEqual({
      'the summary tells of these results and these counts': expect.stringContaining(words) as string,
    });
  });

  it('finds results that are gone', async () => {
    const run = finishedRun();
    rmSync(run.paths.results);
    expect(unsound(await verify(run))).toEqual({
      'the results have the SHA-256 they were published with': `there is no ${run.paths.results}`,
      'the results have a line for every row': '0 instead of 2',
      'the results have as many rows of each status as the run recorded':
        'they have 0 disassociated instead of 2',
    });
  });

  it('finds counts that don’t add up, and a line that is missing', async () => {
    const oneLine = headerText(FORM) + rowsText([{ row: validRow(0), outcome: DISASSOCIATED }], FORM);
    expect(unsound(await verify(finishedRun({ disassociated: 1 }, oneLine)))).toEqual({
      'the counts by status add up to the rows': '1 instead of 2',
      'the results have a line for every row': '1 instead of 2',
    });
  });

  it('finds no damage in a run that is not finished, and looks at no results of it', async () => {
    const run = finishedRun();
    run.journal(doneEntry(0));
    rmSync(run.paths.summary);
    rmSync(run.paths.results);
    const { sound, checks } = await verify(run);
    expect(checks.filter((check) => !check.sound)).toEqual([]);
    expect(sound).toBe(true);
    expect(checks.map(({ what }) => what)).not.toContain('the results have a line for every row');
  });

  it('finds a journal without its end, whose results and summary are published', async () => {
    const run = finishedRun();
    run.journal(doneEntry(0), doneEntry(1));
    const ends = {
      'the journal ends where the run ended': expect.stringContaining('the journal has no end') as string,
    };
    expect(unsound(await verify(run))).toEqual(ends);
    rmSync(run.paths.summary);
    expect(unsound(await verify(run))).toEqual(ends);
  });
});
