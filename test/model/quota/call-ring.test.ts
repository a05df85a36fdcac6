import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallRing } from '../../../src/model/quota/call-ring.ts';
import { newestOf } from '../../../src/model/quota/earliest-start.ts';

describe('createCallRing', () => {
  it('forgets the oldest where it is full', () => {
    const ring = createCallRing(3);
    for (const time of [1, 2, 3, 4, 5]) ring.push(time);
    expect(newestOf(ring, ring.length)).toEqual([3, 4, 5]);
    expect([ring.at(0), ring.at(-1), ring.at(-3), ring.at(3), ring.at(-4)]).toEqual([
      3,
      5,
      3,
      undefined,
      undefined,
    ]);
  });

  it('keeps its times in order where one of them is postponed', () => {
    const times = (timeMs: number, laterMs: number): readonly number[] => {
      const ring = createCallRing(4);
      for (const time of [1, 2, 3, 4, 5]) ring.push(time);
      ring.postpone(timeMs, laterMs);
      return newestOf(ring, ring.length);
    };
    expect(times(5, 9)).toEqual([2, 3, 4, 9]);
    expect(times(3, 9)).toEqual([2, 4, 5, 9]);
    expect(times(2, 4)).toEqual([3, 4, 4, 5]);
    // Forgotten before.
    expect(times(1, 9)).toEqual([2, 3, 4, 5]);
  });

  it('holds what an array would hold, whatever is pushed and forgotten', () => {
    const action = fc.oneof(fc.constant('push' as const), fc.nat({ max: 300 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(action, { size: 'large' }),
        (capacity, actions) => {
          const ring = createCallRing(capacity);
          let model: number[] = [];
          let time = 0;
          for (const step of actions) {
            if (step === 'push') {
              ring.push(++time);
              model = [...model, time].slice(-capacity);
            } else {
              ring.forgetUntil(step);
              model = model.filter((kept) => kept > step);
            }
            expect(newestOf(ring, ring.length)).toEqual(model);
          }
        },
      ),
    );
  });
});
