import { describe, expect, it } from 'vitest';
import { callsSince, earliestStart, newestOf } from '../../../src/model/quota/earliest-start.ts';

const second = { calls: 2, windowMs: 1000 };
const day = { calls: 4, windowMs: 86_400_000 };

describe('earliestStart', () => {
  it('is now where no call was made', () => {
    expect(earliestStart([], 5000, [second, day])).toBe(5000);
  });

  it('is now while a window has room', () => {
    expect(earliestStart([4999], 5000, [second, day])).toBe(5000);
  });

  it('waits until the oldest call of a full window has left it', () => {
    expect(earliestStart([4200, 4999], 5000, [second])).toBe(5200);
  });

  it('waits for the window that takes longest', () => {
    expect(earliestStart([1000, 2000, 4200, 4999], 5000, [second, day])).toBe(86_401_000);
  });

  it('is never before now, however old the calls are', () => {
    expect(earliestStart([1, 2, 3, 4], 10 ** 12, [second, day])).toBe(10 ** 12);
  });

  it('is now where nothing limits', () => {
    expect(earliestStart([4999], 5000, [])).toBe(5000);
  });
});

describe('callsSince', () => {
  it('counts what started later than the moment given', () => {
    const times = [10, 20, 20, 30, 40];
    expect([0, 10, 19, 20, 39, 40].map((since) => callsSince(times, since))).toEqual([5, 4, 4, 2, 1, 0]);
  });
});

describe('newestOf', () => {
  it('is the newest, oldest first, and never more than there are', () => {
    expect(newestOf([10, 20, 30], 2)).toEqual([20, 30]);
    expect(newestOf([10, 20, 30], 5)).toEqual([10, 20, 30]);
    expect(newestOf([10, 20, 30], 0)).toEqual([]);
  });
});
