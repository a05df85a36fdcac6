import { describe, expect, it } from 'vitest';
import { createLateArrival } from '../../../src/model/quota/late-arrival.ts';

function lateMs(...tookMs: readonly number[]): number {
  const arrival = createLateArrival();
  return tookMs.map(arrival.lateMs).at(-1) ?? 0;
}

const USUAL = Array.from({ length: 16 }, (_, index) => 1 + (index % 2));

describe('createLateArrival', () => {
  it('takes an answer that is slower than the others for one of a late request', () => {
    expect(lateMs(...USUAL, 12)).toBe(7);
  });

  it('knows nothing before it has seen some', () => {
    expect(lateMs(...USUAL.slice(1), 12)).toBe(0);
  });

  it('finds nothing late where answers differ as much as that all the time', () => {
    const uneven = Array.from({ length: 64 }, (_, index) => 40 + ((index * 37) % 80));
    expect(lateMs(...uneven, 119)).toBe(0);
  });

  it('takes no slow service for a stall of the machine', () => {
    expect(lateMs(...USUAL, 700)).toBe(25);
  });

  it('forgets what was usual long ago', () => {
    const slow = Array.from({ length: 64 }, () => 50);
    const quick = Array.from({ length: 64 }, () => 1);
    expect(lateMs(...slow, 12)).toBe(0);
    expect(lateMs(...slow, ...quick, 12)).toBe(8);
  });
});
