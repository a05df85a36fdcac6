import { describe, expect, it } from 'vitest';
import { createLedgerTime, resumedTime } from '../../../src/model/quota/ledger-time.ts';
import { createVirtualClock, START_MS } from '../../pace/virtual-clock.ts';

const HOUR_MS = 3_600_000;

describe('createLedgerTime', () => {
  it('is the wall clock while that is not behind', () => {
    const clock = createVirtualClock();
    const time = createLedgerTime(clock, 0);
    clock.advance(1500);
    expect(time.nowMs()).toBe(START_MS + 1500);
  });

  it('goes on at the pace of time when the clock is set back', () => {
    const clock = createVirtualClock();
    const time = createLedgerTime(clock, 0);
    clock.setWall(-HOUR_MS);
    clock.advance(1000);
    expect(time.nowMs()).toBe(START_MS + 1000);
  });

  it('gains nothing when a clock set back is set right again', () => {
    const clock = createVirtualClock();
    const time = createLedgerTime(clock, 0);
    for (let round = 0; round < 5; round++) {
      clock.setWall(-HOUR_MS);
      clock.advance(1000);
      time.nowMs();
      clock.setWall(HOUR_MS);
      clock.advance(1000);
      time.nowMs();
    }
    expect(time.nowMs()).toBe(START_MS + 10_000);
  });

  it('counts the hours of a suspend', () => {
    const clock = createVirtualClock();
    const time = createLedgerTime(clock, 0);
    clock.suspend(8 * HOUR_MS);
    expect(time.nowMs()).toBe(START_MS + 8 * HOUR_MS);
  });

  it('moves on from where a wrong clock had brought it', () => {
    const clock = createVirtualClock();
    const wrong = START_MS + 365 * 24 * HOUR_MS;
    const time = createLedgerTime(clock, wrong);
    clock.advance(24 * HOUR_MS);
    expect(time.nowMs()).toBe(wrong + 24 * HOUR_MS);
  });
});

describe('resumedTime', () => {
  const newest = 1_000_000;

  it('is the wall clock where that is not behind the ledger', () => {
    expect(resumedTime(2_000_000, newest, undefined)).toBe(2_000_000);
    expect(resumedTime(2_000_000, newest, { wallMs: 500_000, ledgerMs: 1_100_000 })).toBe(2_000_000);
  });

  it('is the newest time ever seen where the wall clock is behind and nothing tells how long ago that was', () => {
    expect(resumedTime(400_000, newest, undefined)).toBe(newest);
    expect(resumedTime(400_000, newest, { wallMs: 500_000, ledgerMs: 1_100_000 })).toBe(1_100_000);
  });

  it('adds what the wall clock moved on since the mark, while it is still behind', () => {
    expect(resumedTime(700_000, newest, { wallMs: 500_000, ledgerMs: 1_100_000 })).toBe(1_300_000);
  });
});
