import { describe, expect, it } from 'vitest';
import { finishAtRate, keepRate, rowsPerSecond } from '../../../src/model/quota/rows-rate.ts';

function marksOf(...timesMs: readonly number[]) {
  const rate = keepRate();
  for (const atMs of timesMs) rate.settled(atMs);
  return rate.marks();
}

const everyMs = (spacingMs: number, rows: number, fromMs = 0): number[] =>
  Array.from({ length: rows }, (_, row) => fromMs + row * spacingMs);

describe('the rate of rows', () => {
  it('is that between the first and the last', () => {
    expect(rowsPerSecond(marksOf(1_000, 1_500, 3_000))).toBe(1);
    expect(rowsPerSecond(marksOf(...everyMs(10, 5_000)))).toBe(100);
  });

  it('is none before time has passed', () => {
    expect(rowsPerSecond(marksOf())).toBeUndefined();
    expect(rowsPerSecond(marksOf(5, 5, 5))).toBeUndefined();
  });

  it('takes some two hundred marks at most, however fast rows go', () => {
    expect(marksOf(...everyMs(5, 50_000)).length).toBeLessThan(250);
  });

  it('is that of the last two minutes', () => {
    const times = [...everyMs(100, 1_000), ...everyMs(2_000, 100, 100_000)];
    expect(rowsPerSecond(marksOf(...times))).toBe(0.5);
  });

  it('forgets what was before a longer gap, such as a wait for the day’s quota', () => {
    expect(rowsPerSecond(marksOf(0, 1_000, 90_000_000, 90_002_000))).toBe(0.5);
  });

  it('takes a clock that was set back for one that stood still', () => {
    expect(rowsPerSecond(marksOf(10_000, 12_000, 5_000, 14_000))).toBe(0.75);
  });

  it('begins anew where it is told to', () => {
    const rate = keepRate(marksOf(0, 60_000));
    rate.begin();
    expect(rate.marks()).toEqual([]);
  });
});

describe('the end at that rate', () => {
  const NOW_MS = 1_000_000;
  const minutesLeft = (rows: number, rowsASecond?: number, waitsMs = 0): number => {
    const marks = rowsASecond === undefined ? [] : marksOf(...everyMs(1_000 / rowsASecond, 60 * rowsASecond));
    const finishMs = NOW_MS + rows * 1_000 + waitsMs;
    const permitted = { finishMs, calls: rows, callsPerSecond: 1 };
    return (finishAtRate([permitted], rows, marks) - NOW_MS) / 60_000;
  };

  it('is the permitted rate’s until another has been seen for twenty seconds', () => {
    expect(minutesLeft(600)).toBe(10);
    const permitted = [{ finishMs: 7, calls: 600, callsPerSecond: 1 }];
    expect(finishAtRate(permitted, 600, marksOf(0, 19_999))).toBe(7);
    expect(finishAtRate(permitted, 600, marksOf(0, 20_000))).toBe(7 - 600_000 + 12_000_000);
  });

  it('is the true rate’s sooner where thirty rows have shown it', () => {
    const permitted = [{ finishMs: NOW_MS + 2_000, calls: 80, callsPerSecond: 40 }];
    const finish = (...timesMs: readonly number[]): number =>
      finishAtRate(permitted, 80, marksOf(...timesMs));
    expect(finish(...everyMs(100, 30))).toBe(NOW_MS + 2_000);
    expect(finish(...everyMs(90, 31))).toBe(NOW_MS + 2_000);
    expect(finish(...everyMs(200, 31))).toBe(NOW_MS + 16_000);
  });

  it('is later where answers take long, and earlier where rows need no call', () => {
    expect(minutesLeft(600, 0.5)).toBe(20);
    expect(minutesLeft(600, 10)).toBe(1);
  });

  it('keeps the waits for the daily quota', () => {
    expect(minutesLeft(600, 0.5, 86_400_000)).toBe(20 + 24 * 60);
  });

  it('is that of the slowest calls, of which a pause of others is no part', () => {
    const writes = { finishMs: NOW_MS + 600_000, calls: 600, callsPerSecond: 1 };
    const reads = { finishMs: NOW_MS + 60_000 + 5_000, calls: 600, callsPerSecond: 10 };
    expect(finishAtRate([writes, reads], 600, [])).toBe(writes.finishMs);
    expect(finishAtRate([writes, reads], 600, marksOf(0, 60_000))).toBe(NOW_MS + 5_000 + 36_000_000);
    expect(finishAtRate([{ ...writes, callsPerSecond: 'unlimited' }], 0, marksOf(0, 60_000))).toBe(
      writes.finishMs,
    );
  });
});
