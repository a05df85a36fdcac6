import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { doneEntry } from '../../../results/samples.ts';
import { makeRunFolder } from '../../../store/files/run-folder/make-run-folder.ts';

import { finishedRun, INPUT, RESULTS, sha256, unsound, verify } from './finished-run.ts';

const SO_FAR = 'each line of the results so far tells of its row what the journal and the input tell';

describe('the end of a finished run', () => {
  it.each([
    ['attempts', { tally: { attempts: 5 } }, 'they have 4 attempts instead of 5'],
    ['exceptions', { tally: { byException: { Odd: 1 } } }, 'they have 0 Odd instead of 1'],
    [
      'a finish before its calls',
      { end: { at: '2025-01-31T12:00:00.500Z' } },
      'that call was at 2025-01-31T12:00:01',
    ],
    [
      'throttles of no call',
      { end: { calls: { writes: 2, reads: 3, throttles: 5 } } },
      '5 are told, of 1 writes',
    ],
    ['fewer throttles', { end: { calls: { writes: 2, reads: 3, throttles: 0 } } }, '0 are told, of 1 writes'],
  ])('finds %s at the end that the lines before it do not bear out', async (_, told, words) => {
    const throttled = { kind: 'throttled', exception: 'ThrottlingException' } as const;
    const answer = { t: 'answer', ordinal: 0, n: 1, at: 1000, fault: throttled } as const;
    const entries = [answer, doneEntry(0), doneEntry(1)];
    const found = Object.values(
      unsound(await verify(finishedRun(undefined, undefined, { entries, ...told }))),
    );
    expect(found).toEqual([expect.stringContaining(words) as string]);
    const calls = { writes: 2, reads: 3, throttles: 4 };
    expect(unsound(await verify(finishedRun(undefined, undefined, { entries, end: { calls } })))).toEqual({});
  });
});

describe('a run that is not finished', () => {
  it('looks at no results of a run that is not finished, where there are none, and says what it can not know', async () => {
    const run = finishedRun();
    run.journal(doneEntry(0));
    rmSync(run.paths.summary);
    rmSync(run.paths.results);
    const { sound, checks, notVerified } = await verify(run);
    expect(checks.filter((check) => !check.sound)).toEqual([]);
    expect(sound).toBe(true);
    expect(checks.map(({ what }) => what)).not.toContain(SO_FAR);
    expect(notVerified).toEqual([expect.stringContaining('no line was cut off the journal’s end') as string]);
  });

  it.each([
    ['a torn one', RESULTS.slice(0, -20), ''],
    ['a torn header', RESULTS.slice(0, 20), ''],
    [
      'a line of another opportunity',
      RESULTS.replace(',O0,Solutions', ',O4,Solutions'),
      'the first is row 2',
    ],
    ['a line of another status', RESULTS.replace('disassociated', 'already_absent'), 'the first is row 2'],
    ['a line that the journal has not', RESULTS, 'the first is row 3'],
    ['none of ours', INPUT, 'is no results file'],
  ])('holds each line of the results so far against the journal: %s', async (_, soFar, words) => {
    const run = finishedRun();
    run.journal(doneEntry(0));
    rmSync(run.paths.summary);
    rmSync(run.paths.results);
    writeFileSync(run.paths.partialResults, soFar);
    const found = unsound(await verify(run));
    expect(Object.keys(found)).toEqual(words === '' ? [] : [SO_FAR]);
    expect(found[SO_FAR] ?? '').toContain(words);
  });

  it('finds a run that is not finished under the name of another', async () => {
    const run = makeRunFolder(INPUT, {
      input: { name: 'people.csv', bytes: INPUT.length, sha256: sha256(INPUT) },
      results: 'others.results.csv',
    });
    run.journal(doneEntry(0));
    expect(unsound(await verify(run))).toEqual({
      'the journal and the summary are of results of this name': expect.stringContaining(
        'others.results.csv',
      ) as string,
    });
  });
});
