import { describe, expect, it, vi } from 'vitest';
import {
  about,
  between,
  count,
  counted,
  decimal,
  moment,
  oneOf,
  perSecond,
  span,
  withMoments,
  zoned,
} from '../../../src/cli/words/amounts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('perSecond', () => {
  it.each([
    [1, '1 write a second'],
    [0.2, '0.2 writes a second'],
    [0.05, '0.05 writes a second'],
    [0.998, '1 write a second'],
    [2.5, '2.5 writes a second'],
    [1_000, '1,000 writes a second'],
  ])('%d is %s', (rate, words) => {
    expect(perSecond(rate, 'write')).toBe(words);
  });
});

describe('decimal', () => {
  it.each([
    [0, '0'],
    [0.1234, '0.12'],
    [0.964, '0.96'],
    [0.996, '1'],
    [1.04, '1'],
    [9.94, '9.9'],
    [9.97, '10'],
    [12.34, '12.3'],
    [12_408.06, '12,408.1'],
  ])('%d is %s', (value, words) => {
    expect(decimal(value)).toBe(words);
  });
});

describe('oneOf', () => {
  it.each([
    [[], ''],
    [['failed'], 'failed'],
    [['failed', 'unknown'], 'failed or unknown'],
    [['invalid', 'failed', 'unknown'], 'invalid, failed or unknown'],
  ])('says %j as %s', (words, said) => {
    expect(oneOf(words)).toBe(said);
  });
});

describe('count', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [12_408, '12,408'],
    [1_000_000, '1,000,000'],
  ])('writes %i as %s', (value, text) => {
    expect(count(value)).toBe(text);
  });
});

describe('counted', () => {
  it.each([
    [0, 'row', '0 rows'],
    [1, 'row', '1 row'],
    [12_408, 'write', '12,408 writes'],
    [1, 'opportunity', '1 opportunity'],
    [3, 'opportunity', '3 opportunities'],
  ])('says %i %s as %s', (value, noun, text) => {
    expect(counted(value, noun)).toBe(text);
  });
});

describe('about', () => {
  it('never estimates nothing at all', () => {
    expect([about(0), about(999), about(1_000), about(2 * HOUR_MS)]).toEqual([
      'less than a second',
      'less than a second',
      'about 1 s',
      'about 2 h',
    ]);
  });
});

describe('span', () => {
  it.each([
    [0, 'less than a second'],
    [-5_000, 'less than a second'],
    [499, 'less than a second'],
    [38_400, '38 s'],
    [59_600, '1 min'],
    [90 * 1_000, '2 min'],
    [2 * HOUR_MS + 47 * MINUTE_MS, '2 h 47 min'],
    [HOUR_MS - 1, '1 h'],
    [3 * HOUR_MS, '3 h'],
    [4 * DAY_MS + 21 * HOUR_MS + 30 * MINUTE_MS, '4 d 21 h'],
    [DAY_MS + 10 * MINUTE_MS, '1 d'],
  ])('says %i ms as %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });
});

describe('moment', () => {
  const at = (day: number, hour: number, minute: number): number =>
    new Date(2025, 0, day, hour, minute).getTime();

  it('is the time of a day that has not ended', () => {
    expect(moment(at(31, 14, 5), at(31, 9, 0))).toBe('14:05');
  });

  it('names the day where it is another one', () => {
    expect(moment(at(31, 4, 5), at(30, 23, 59))).toBe('Fri 31 Jan 04:05');
  });

  it('names the year where it is another one', () => {
    expect(moment(at(31, 4, 5), at(400, 4, 5))).toBe('Fri 31 Jan 2025 04:05');
  });

  it('has its zone once, where a text begins with it', () => {
    const ofZone = (minutes: number): string => {
      const zone = vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(minutes);
      const words = zoned(at(31, 14, 5), at(31, 9, 0));
      zone.mockRestore();
      return words;
    };
    expect([0, -60, 210, -345].map(ofZone)).toEqual([
      '14:05 UTC',
      '14:05 UTC+1',
      '14:05 UTC-3:30',
      '14:05 UTC+5:45',
    ]);
  });

  it('ends a stretch of time without the day of its beginning', () => {
    expect(between(at(30, 8, 0), at(30, 9, 30), at(31, 9, 0))).toBe('Thu 30 Jan 08:00 to 09:30');
    expect(between(at(30, 8, 0), at(31, 9, 30), at(31, 9, 40))).toBe('Thu 30 Jan 08:00 to Fri 31 Jan 09:30');
  });

  it('takes the place of one in UTC in a sentence of the record', () => {
    const iso = new Date(at(31, 14, 5)).toISOString();
    expect(withMoments(`It frees at ${iso}.`, (ms) => moment(ms, at(31, 9, 0)))).toBe('It frees at 14:05.');
  });
});
