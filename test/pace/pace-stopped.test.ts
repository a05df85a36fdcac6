import { describe, expect, it } from 'vitest';
import { createDeferred } from './deferred.ts';
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
