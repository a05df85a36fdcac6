import { describe, expect, it } from 'vitest';
import {
  allSessionsLine,
  describeChanges,
  givenWords,
  sessionLines,
} from '../../../src/cli/words/describe-sessions.ts';
import { between, moment } from '../../../src/cli/words/amounts.ts';
import { sessionOf } from '../../results/samples.ts';

const ANA = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' };

const BEGAN_MS = Date.parse('2025-01-31T12:00:00.000Z');
const NOW_MS = Date.parse('2025-02-03T12:00:00.000Z');

describe('describeChanges', () => {
  it('says of each what it was and what it is, options as they are typed', () => {
    const option = (name: string, before?: number | boolean, now?: number | boolean): object => ({
      kind: 'option',
      name,
      before,
      now,
    });
    const changes = [
      { kind: 'caller', before: undefined, now: ANA },
      option('wait', true, false),
      option('protectLast', true, false),
      option('limit', 2),
    ] as Parameters<typeof describeChanges>[0];
    expect(describeChanges(changes).split('\n')).toEqual([
      'Not as in the session before:',
      '  caller: was not recorded, is arn:aws:iam::111122223333:user/ana (account 111122223333)',
      '  --no-wait: was off, is on',
      '  --protect-last: was on, is off',
      '  --limit: was 2, is not given',
      '',
    ]);
  });
});

describe('sessionLines', () => {
  it('says when, why it ended, who, where, how, and what it did', () => {
    const options = { protectLast: true, wait: false, rate: 2, preflight: true };
    expect(
      sessionLines([sessionOf({ caller: ANA, options, reads: 2, ended: 'limit_reached' })], false, NOW_MS),
    ).toEqual([
      'Sessions: 1',
      `  1. ${between(BEGAN_MS, BEGAN_MS + 3_600_000, NOW_MS)}: limit_reached`,
      '     caller arn:aws:iam::111122223333:user/ana (account 111122223333), as ana on host, oppsweep 0.0.0',
      '     options: --protect-last --no-wait --rate 2',
      '     1 write call, 2 reads, none throttled; 1 disassociated',
    ]);
  });

  it('says what is not known of one that was cut off, and of one of the first version', () => {
    const none = { host: null, user: null, tool: null, options: null };
    const cutOff = { endedAt: null, ended: 'unknown', reads: null, throttles: null, rows: {} } as const;
    const [, first, caller, options, calls] = sessionLines(
      [sessionOf({ ...none, ...cutOff })],
      false,
      NOW_MS,
    );
    expect(first).toContain('to an end that is not recorded');
    expect([caller, options, calls]).toEqual([
      '     caller not known',
      '     options not recorded',
      '     up to 1 write call, reads not known; no row settled',
    ]);
  });

  it('tells no option that nobody gave, and each that was given as often as it was', () => {
    const rehearsal = { emulator: true, rate: 100, concurrency: 50, readLag: 0 };
    expect(givenWords(rehearsal)).toBe('--emulator --rate 100');
    expect(givenWords({ where: '["A=1","B=x y"]', entities: 'S-1,S-2', split: true })).toBe(
      "--where A=1 --where 'B=x y' --entities S-1,S-2 --split",
    );
  });

  it('says of the newest that it is under way', () => {
    const lines = sessionLines([sessionOf({ endedAt: null, ended: 'unknown' })], true, NOW_MS);
    expect(lines[1]).toBe(`  1. ${moment(BEGAN_MS, NOW_MS)}, under way`);
  });

  it('counts those that are too many to be listed', () => {
    const lines = sessionLines(
      Array.from({ length: 12 }, () => sessionOf()),
      false,
      NOW_MS,
    );
    expect(lines.slice(0, 3)).toEqual([
      'Sessions: 12',
      '  … 2 earlier ones: --json tells all',
      expect.stringMatching(/^ {2}3\. /) as string,
    ]);
  });
});

describe('sessions that did nothing', () => {
  it('are counted in a line, the newest apart, and numbers stay', () => {
    const idle = sessionOf({ writes: 0, rows: {}, ended: 'quota_reached' });
    const lines = sessionLines([sessionOf(), idle, idle, sessionOf(), idle], false, NOW_MS);
    expect(lines.filter((line) => /^(?: {2}\S|\S)/.test(line)).map((line) => line.slice(0, 40))).toEqual([
      'Sessions: 5',
      '  … 2 that sent no write and settled no ',
      expect.stringMatching(/^ {2}1\. /) as string,
      expect.stringMatching(/^ {2}4\. /) as string,
      expect.stringMatching(/^ {2}5\. /) as string,
    ]);
  });
});

describe('allSessionsLine', () => {
  it('adds up the calls of several; of one there is nothing to add', () => {
    expect(allSessionsLine([sessionOf()])).toEqual([]);
    const others = [sessionOf({ caller: ANA, reads: 3 }), sessionOf({ reads: null })];
    expect(allSessionsLine(others)).toEqual([
      'Over all 2 sessions by 2 callers: up to 2 write calls and at least 3 reads; the summary tells each.',
    ]);
  });
});
