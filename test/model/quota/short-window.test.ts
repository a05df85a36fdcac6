import { describe, expect, it } from 'vitest';
import { shortWindow } from '../../../src/model/quota/short-window.ts';

describe('shortWindow', () => {
  it('is one call in a second and a margin at a rate of 1', () => {
    expect(shortWindow(1, 1).windows).toEqual([{ calls: 1, windowMs: 1006 }]);
  });

  it('is one call in two seconds at a rate of 0.5', () => {
    expect(shortWindow(0.5, 1).windows).toEqual([{ calls: 1, windowMs: 2012 }]);
  });

  it('allows no more than whole calls in a window at a rate of 2.5', () => {
    expect(shortWindow(2.5, 1)).toMatchObject({ calls: 2, windowMs: 804.8 });
  });

  it('keeps calls of a higher rate apart by half their even distance', () => {
    expect(shortWindow(50, 1).windows).toEqual([
      { calls: 50, windowMs: 1006 },
      { calls: 1, windowMs: 10.06 },
    ]);
  });

  it('stretches', () => {
    expect(shortWindow(1, 1.5).windowMs).toBe(1509);
  });

  it('has no window without a rate', () => {
    expect(shortWindow('unlimited', 1).windows).toEqual([]);
  });
});
