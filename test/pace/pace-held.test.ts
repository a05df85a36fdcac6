import { describe, expect, it } from 'vitest';
import { createHold } from '../../src/calls/stop/hold-calls.ts';
import { paceScene } from './pace-scene.ts';
import { settleDown } from '../run/settle-down.ts';

describe('a pace that is held', () => {
  it('neither claims nor calls while it is held, whatever was claimed before, and a call beside it leaves', async () => {
    const { pace, day, job } = paceScene();
    const hold = createHold();
    const called: string[] = [];
    const call = (name: string) => async (): Promise<void> => void called.push(name);
    const begun = pace.schedule({ ...job(call('claimed'), async () => hold.turnOn()), hold });
    await settleDown();
    const later = pace.schedule({ ...job(call('later')), hold });
    await pace.schedule(job(call('beside')));
    expect([called, day.times.length]).toEqual([['beside'], 2]);
    hold.turnOff();
    await Promise.all([begun, later]);
    expect([called, day.times.length]).toEqual([['beside', 'claimed', 'later'], 3]);
    await pace.close();
  });

  it('keeps a call back that is about to be written, and makes it once it is held no longer', async () => {
    const { pace, clock, job } = paceScene();
    const hold = createHold();
    const written: number[] = [];
    const asked = pace.schedule({
      ...job(async () => undefined),
      hold,
      call: async (leaves) => {
        if (written.length === 0) hold.turnOn();
        written.push(leaves() ? 1 : 0);
        return written.length;
      },
    });
    await settleDown();
    expect(written).toEqual([0]);
    hold.turnOff();
    expect(await clock.run(asked)).toBe(2);
    expect(written).toEqual([0, 1]);
    await pace.close();
  });

  it('lets a held call go with its signal', async () => {
    const { pace, job } = paceScene();
    const hold = createHold();
    hold.turnOn();
    const stop = new AbortController();
    const held = pace.schedule({ ...job(async () => 1), hold, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(held).rejects.toThrow('stopped');
    await pace.close();
  });
});
