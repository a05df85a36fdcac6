import { describe, expect, it } from 'vitest';
import { usablePerDay } from '../../src/pace/day-quota.ts';

describe('usablePerDay', () => {
  it('takes a reserve off, and refuses one that leaves nothing', () => {
    expect(usablePerDay(100, 30)).toBe(70);
    expect(usablePerDay('unlimited', 30)).toBe('unlimited');
    expect(() => usablePerDay(100, 100)).toThrow(/leaves nothing/);
  });
});
