import { describe, expect, it } from 'vitest';
import { createDeferred } from './deferred.ts';
import { createHold } from '../../src/calls/stop/hold-calls.ts';
import { settleDown } from '../run/settle-down.ts';
import { paceScene } from './pace-scene.ts';

describe('a pace that is stopped', () => {
  it('rejects what waits with the signal’s reason, and never starts it', async () => {
    const { pace, day, job } = paceScene({ callsPerDay: 1, concurrency: 2 });
    const stop = new AbortController();
    await pace.schedule(job(async () => 1));
    const waiting = Array.from({ length: 5 }, () =>
      pace.schedule({ ...job(async () => 2), signal: stop.signal }),
    );
    stop.abort(new Error('SIGINT'));
    const ended = await Promise.allSettled(waiting);
    expect(ended.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
      Array.from({ length: 5 }, () => 'Error: SIGINT'),
    );
    await expect(pace.schedule({ ...job(async () => 2), signal: stop.signal })).rejects.toThrow('SIGINT');
    expect(day.times.length).toBe(1);
    await pace.close();
  });

  it('lets what is calling finish', async () => {
    const { pace, job } = paceScene();
    const stop = new AbortController();
    const answer = createDeferred<string>();
    const called = createDeferred();
    const call = (): Promise<string> => {
      called.resolve();
      return answer.promise;
    };
    const calling = pace.schedule({ ...job(call), signal: stop.signal });
    await called.promise;
    stop.abort(new Error('SIGINT'));
    const closing = pace.close();
    answer.resolve('done');
    expect(await calling).toBe('done');
    await closing;
  });

  it('does not call once aborted between its note and its call', async () => {
    const { pace, job } = paceScene();
    const stop = new AbortController();
    const seen: string[] = [];
    const note = async (): Promise<void> => {
      stop.abort(new Error('SIGINT'));
      await new Promise((resolve) => setImmediate(resolve));
      seen.push('noted');
    };
    const call = async (): Promise<number> => seen.push('called');
    await expect(pace.schedule({ ...job(call, note), signal: stop.signal })).rejects.toThrow('SIGINT');
    // Not before the note is made: whoever made it has to answer it.
    expect(seen).toEqual(['noted']);
    await pace.close();
  });

  it('rejects what waits for quota when it is closed, and what comes later', async () => {
    const { pace, job } = paceScene({ callsPerDay: 1, concurrency: 1 });
    await pace.schedule(job(async () => 1));
    const waiting = [pace.schedule(job(async () => 2)), pace.schedule(job(async () => 3))];
    const closing = pace.close();
    const ended = await Promise.allSettled(waiting);
    expect(ended.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    await closing;
    await expect(pace.schedule(job(async () => 4))).rejects.toThrow(/closed/);
  });
});

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
