import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NOT_SENT } from '../../../../src/model/fault.ts';
import { doneEntry, tryEntry } from '../../../results/samples.ts';
import { makeRunFolder, type RunFolder } from '../../../store/files/run-folder/make-run-folder.ts';

import { finishedRun, INPUT, RESULTS, sha256, unsound, verify } from './finished-run.ts';

const WHOLE = 'the results so far have the lines that they had as the run stopped';
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

it('counts a throttle that ended a row once: its answer, not the end that it led to', async () => {
  const fault = { kind: 'throttled', exception: 'ThrottlingException' } as const;
  const answer = { t: 'answer', ordinal: 0, n: 1, at: 1000, fault } as const;
  const { outcome, ...rest } = doneEntry(0);
  const calls = 'calls' in outcome ? outcome.calls : undefined;
  if (calls === undefined) throw new Error('The sample has no calls.');
  const failed = { ...rest, outcome: { status: 'failed', fault: { ...fault, message: '' }, calls } } as const;
  const end = { calls: { writes: 2, reads: 0, throttles: 1 } };
  const found = unsound(await verify(finishedRun(undefined, undefined, { entries: [answer, failed], end })));
  expect(Object.keys(found).filter((what) => what.includes('throttles'))).toEqual([]);
});

const WRITES = 'the end tells of as many writes of its session as the lines before it';
const MEMBERS = "the journal's end has what a run writes, and nothing else";

describe('the end of a session', () => {
  const begun = {
    t: 'session',
    at: '2025-01-31T12:00:00.000Z',
    callsPerSecond: 1,
    callsPerDay: 'unlimited',
  } as const;
  const stopped = { t: 'answer', ordinal: 1, n: 1, at: 1000 } as const;
  const notSent = { ...stopped, fault: { kind: 'unreachable', exception: NOT_SENT } } as const;
  // An earlier session was killed: of its writes the last may never have left.
  const entries = [
    begun,
    tryEntry(0),
    tryEntry(1),
    begun,
    tryEntry(0),
    doneEntry(0),
    tryEntry(1),
    notSent,
    tryEntry(1),
    doneEntry(1),
  ];

  async function found(end: object): Promise<Readonly<Record<string, string>>> {
    return unsound(await verify(finishedRun(undefined, undefined, { entries, end })));
  }

  it('tells of the writes that its lines have, however an earlier one ended', async () => {
    const calls = { writes: 2, reads: 3, throttles: 0 };
    const sound = await found({ calls });
    expect(Object.keys(sound)).not.toContain(WRITES);
    expect(Object.keys(sound)).not.toContain(MEMBERS);
    expect(await found({ calls: { ...calls, writes: 1 } })).toHaveProperty([WRITES], '1 are told, of 2');
    expect(await found({ calls: { ...calls, writes: 4 } })).toHaveProperty([WRITES], '4 are told, of 2');
  });

  it.each([{ note: 'hi' }, { calls: { writes: 2, reads: 3, throttles: 0, note: 'hi' } }])(
    'finds what was put into it: %j',
    async (end) => {
      expect(await found(end)).toHaveProperty([MEMBERS], '"note" is none of a run\'s');
    },
  );
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
    expect(notVerified).toEqual([
      expect.stringContaining('no line was cut off the journal’s end') as string,
      expect.stringContaining('no line was cut off the results so far: 0 of 1 are there') as string,
    ]);
  });

  it.each([
    ['whole', RESULTS, 2, ''],
    ['with more than it told of', RESULTS, 1, ''],
    ['cut by a line', RESULTS.slice(0, RESULTS.indexOf('\nO1,') + 1), 2, '1 of 2 are there'],
    ['emptied to its header', RESULTS.slice(0, RESULTS.indexOf('\n') + 1), 2, '0 of 2 are there'],
    ['deleted', undefined, 2, '0 of 2 are there'],
    ['not begun', undefined, 0, ''],
  ])(
    'holds the results so far of a run that stopped against the lines that it left: %s',
    async (_, soFar, lines, words) => {
      const run = stoppedRun(soFar, { lines });
      const { notVerified, ...verified } = await verify(run);
      const found = unsound(verified);
      expect(Object.keys(found)).toEqual(words === '' ? [] : [WHOLE]);
      expect(found[WHOLE] ?? '').toContain(words);
      expect(notVerified).toHaveLength(1);
    },
  );

  it('says of one that was cut off how many lines are there of those that may be, since a kill may come before them', async () => {
    const { sound, notVerified } = await verify(stoppedRun(RESULTS.slice(0, RESULTS.indexOf('\nO1,') + 1)));
    expect(sound).toBe(true);
    expect(notVerified).toContainEqual(expect.stringContaining('1 of 2 are there'));
    expect((await verify(stoppedRun(RESULTS))).notVerified).toHaveLength(1);
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

/** Both rows have their end; `stop`: absent where the session was killed. */
function stoppedRun(soFar: string | undefined, stop?: { readonly lines: number }): RunFolder {
  const run = finishedRun();
  const at = '2025-01-31T12:00:02.000Z';
  const stopped = { t: 'stop', code: 'limit_reached', message: 'Stopped.', at } as const;
  run.journal(doneEntry(0), doneEntry(1), ...(stop === undefined ? [] : [{ ...stopped, ...stop }]));
  rmSync(run.paths.summary);
  rmSync(run.paths.results);
  if (soFar !== undefined) writeFileSync(run.paths.partialResults, soFar);
  return run;
}
