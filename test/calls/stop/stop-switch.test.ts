import { describe, expect, it } from 'vitest';
import { limitReached, stoppedBySignal } from '../../../src/calls/stop/stop-reasons.ts';
import { createStopSwitch } from '../../../src/calls/stop/stop-switch.ts';

describe('createStopSwitch', () => {
  it('stops for the first reason it is given', () => {
    const { signal, stop } = createStopSwitch();
    expect(signal.aborted).toBe(false);
    const first = stoppedBySignal('SIGINT');
    stop(first);
    stop(limitReached());
    expect([signal.aborted, signal.reason]).toEqual([true, first]);
  });
});
