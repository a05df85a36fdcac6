import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { headerText, rowsText } from '../../../../src/results/results-csv.ts';
import { withoutLater } from '../../../../src/results/later-sentences.ts';
import { tipFor } from '../../../../src/results/tip-for.ts';
import { CALLS, DISASSOCIATED, doneEntry, fault, JOB, validRow } from '../../../results/samples.ts';

import { finishedRun, FORM, INPUT, RESULTS, ROWS, sha256, unsound, verify } from './finished-run.ts';

const LINES = 'each line of the results tells of its row what the journal and the input tell';

describe('verifyRun', () => {
  it('finds nothing wrong with a run that was left alone', async () => {
    const verification = await verify(finishedRun());
    expect(verification.sound).toBe(true);
    expect(verification.checks).toHaveLength(13);
    expect(new Set(verification.checks.map(({ found }) => found))).toEqual(new Set(['']));
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
      [LINES]: '1 line differs, the first is row 3',
    });
  });

  it.each([
    ['opportunity', [[',O1,Solutions', ',O4,Solutions']]],
    ['request ids', [['id-1 id-2', 'id-1 id-3']]],
    ['times', [['2025-01-31T12:00:00.005Z', '2025-01-31T12:00:00.006Z']]],
    ['status', [['disassociated', 'already_absent']]],
    ['own cell', [['O1,S-0000001', 'O1,S-0000009']]],
    ['header', [['Opportunity', 'Approved']]],
  ] as const)(
    'finds a line of another %s though the end of the journal was forged to fit',
    async (_, edits) => {
      let forged = RESULTS;
      for (const [from, to] of edits) forged = forged.replace(from, to);
      expect(forged).not.toBe(RESULTS);
      const byStatus = forged.includes('absent') ? { disassociated: 1, already_absent: 1 } : undefined;
      expect(unsound(await verify(finishedRun(byStatus, forged)))).toEqual({
        [LINES]: expect.stringMatching(/^1 line differs, the first is row [123]$/) as string,
      });
    },
  );

  it('finds a change that the journal has no line of, and tells of those that an earlier run made', async () => {
    const run = finishedRun();
    const end = { t: 'end', resultsSha256: sha256(RESULTS), at: '2025-01-31T12:00:02.000Z' } as const;
    const tally = { rows: 2, byStatus: { disassociated: 2 }, byException: {}, attempts: 4 };
    run.journal(doneEntry(0), { ...end, tally });
    expect(unsound(await verify(run))).toEqual({ [LINES]: '1 line differs, the first is row 3' });
    const begun = { input: RESULTS, terms: { ...JOB.terms, only: 'failed' }, entries: [] };
    const { sound, notVerified } = await verify(finishedRun({ disassociated: 2 }, RESULTS, begun));
    expect(sound).toBe(true);
    expect(notVerified).toEqual([
      expect.stringContaining('2 rows keep their lines of 2'),
      expect.stringContaining('how many reads the last session made'),
    ]);
    // What was kept is what the input has, not what somebody has written there since.
    const withoutTime = RESULTS.replace('2025-01-31T12:00:01.000Z', '');
    expect(unsound(await verify(finishedRun({ disassociated: 2 }, withoutTime, begun)))).toEqual({
      [LINES]: '1 line differs, the first is row 2',
    });
  });

  it('finds another message or tip, and compares neither of another version', async () => {
    const failed = {
      status: 'failed',
      fault: fault('refused', { exception: 'ValidationException', message: 'The option limit is reached.' }),
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
    const begun = { entries, tally: { byException: { ValidationException: 1 } } };
    expect(unsound(await verify(finishedRun(counts, results, begun)))).toEqual({});
    // A command line spells what the library names in words.
    const spelt = results.replace('The option limit', '--limit');
    expect(unsound(await verify(finishedRun(counts, spelt, begun)))).toEqual({});
    for (const forged of [
      results.replace('is reached', 'was reached'),
      results.replace(tipFor(failed.fault, failed.write), 'All is well.'),
      results.replace(/id-1 id-2,[^,]+,[^,]+$/m, 'id-1 id-2,,'),
    ]) {
      expect(forged).not.toBe(results);
      expect(unsound(await verify(finishedRun(counts, forged, begun)))).toEqual({
        [LINES]: expect.stringContaining('1 line differs, the first is row') as string,
      });
    }
    // As an earlier build of the version wrote it.
    const earlier = results.replace(
      tipFor(failed.fault, failed.write),
      withoutLater(tipFor(failed.fault, failed.write)),
    );
    expect(earlier).not.toBe(results);
    expect(unsound(await verify(finishedRun(counts, earlier, begun)))).toEqual({});
    const otherWords = results.replace('is reached', 'was reached');
    expect(unsound(await verify(finishedRun(counts, otherWords, begun), 'oppsweep 9.0.0'))).toEqual({});
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
      LINES,
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
    expect(
      unsound(await verify(finishedRun({ disassociated: 1 }, oneLine, { tally: { attempts: 2 } }))),
    ).toEqual({
      'the counts by status add up to the rows': '1 instead of 2',
      'the results have a line for every row': '1 instead of 2',
    });
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
