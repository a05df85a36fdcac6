import { describe, expect, test } from 'vitest';
import type { Credentials } from '../../../src/partner-central/access/credentials.ts';
import { refreshingCredentials } from '../../../src/partner-central/sign-in/refreshing-credentials.ts';

const HOUR_MS = 3_600_000;

/** A provider whose every answer is another key, good for an hour from the given clock; fails on demand. */
function provider(): {
  readonly load: () => Promise<Credentials>;
  readonly now: { ms: number };
  readonly calls: () => number;
  readonly fail: (failing: boolean) => void;
} {
  const now = { ms: 1_000_000 };
  let calls = 0;
  let failing = false;
  return {
    now,
    calls: () => calls,
    fail: (wanted) => {
      failing = wanted;
    },
    load: async () => {
      calls += 1;
      if (failing) throw new Error('no network');
      return {
        accessKeyId: `KEY${calls}`,
        secretAccessKey: 'secret',
        expiration: new Date(now.ms + HOUR_MS),
      };
    },
  };
}

describe('current', () => {
  test('asks once, however often it is called', async () => {
    const { load, now, calls } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    const all = await Promise.all([source.current(), source.current(), source.current()]);
    await source.current();
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['KEY1']));
    expect(calls()).toBe(1);
  });

  test('renews in the last five minutes, once for all who ask', async () => {
    const { load, now, calls } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    await source.current();
    now.ms += HOUR_MS - 300_001;
    expect((await source.current()).accessKeyId).toBe('KEY1');
    now.ms += 1;
    const all = await Promise.all([source.current(), source.current()]);
    expect(all.map(({ accessKeyId }) => accessKeyId)).toEqual(['KEY2', 'KEY2']);
    expect(calls()).toBe(2);
  });

  test('keeps the old ones while they are good if a renewal fails, and tries again every half minute', async () => {
    const { load, now, calls, fail } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    await source.current();
    fail(true);
    now.ms += HOUR_MS - 200_000;
    expect((await source.current()).accessKeyId).toBe('KEY1');
    expect((await source.current()).accessKeyId).toBe('KEY1');
    expect(calls()).toBe(2);
    fail(false);
    now.ms += 30_000;
    expect((await source.current()).accessKeyId).toBe('KEY3');
  });

  test('fails once they have ended, and recovers when others can be had', async () => {
    const { load, now, fail } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    await source.current();
    fail(true);
    now.ms += HOUR_MS;
    await expect(source.current()).rejects.toThrow('no network');
    fail(false);
    expect((await source.current()).accessKeyId).toBe('KEY3');
  });

  test('never renews those without an end', async () => {
    let calls = 0;
    const lasting = { accessKeyId: 'KEY', secretAccessKey: 'secret' };
    const source = refreshingCredentials(
      () => {
        calls += 1;
        return Promise.resolve(lasting);
      },
      () => calls * 10 * HOUR_MS,
    );
    for (let ask = 0; ask < 5; ask += 1) expect(await source.current()).toBe(lasting);
    expect(calls).toBe(1);
  });
});

describe('refresh', () => {
  test('is true where others came', async () => {
    const { load, now } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    source.refused(await source.current());
    expect(await source.refresh()).toBe(true);
    expect((await source.current()).accessKeyId).toBe('KEY2');
  });

  test('is false where the same came again', async () => {
    const source = refreshingCredentials(
      () => Promise.resolve({ accessKeyId: 'KEY', secretAccessKey: 'secret' }),
      () => 0,
    );
    source.refused(await source.current());
    expect(await source.refresh()).toBe(false);
    expect(await source.refresh()).toBe(false);
  });

  test('is true where the same came with a later end, and the service refused none', async () => {
    const now = { ms: 0 };
    const source = refreshingCredentials(
      () => Promise.resolve({ accessKeyId: 'K', secretAccessKey: 's', expiration: new Date(now.ms + 1_000) }),
      () => now.ms,
    );
    await source.current();
    now.ms = HOUR_MS;
    expect(await source.refresh()).toBe(true);
  });

  test('is false, and does not throw, where none could be had', async () => {
    const { load, now, fail } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    source.refused(await source.current());
    fail(true);
    expect(await source.refresh()).toBe(false);
  });

  test('asks again when the new ones are refused as well', async () => {
    const { load, now, calls } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    source.refused(await source.current());
    await source.refresh();
    source.refused(await source.current());
    expect(await source.refresh()).toBe(true);
    expect(calls()).toBe(3);
  });

  test('asks once for all who ask at a time', async () => {
    const { load, now, calls } = provider();
    const source = refreshingCredentials(load, () => now.ms);
    source.refused(await source.current());
    expect(await Promise.all([source.refresh(), source.refresh()])).toEqual([true, true]);
    expect(calls()).toBe(2);
  });
});

describe('an abort', () => {
  /** A provider that hangs until its own signal is aborted, and says so. */
  function hanging(): {
    readonly load: (signal: AbortSignal) => Promise<Credentials>;
    readonly signals: AbortSignal[];
  } {
    const signals: AbortSignal[] = [];
    return {
      signals,
      load: (signal) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    };
  }

  test('rejects at once with its reason, and ends the renewal that nobody else waits for', async () => {
    const { load, signals } = hanging();
    const source = refreshingCredentials(load, () => 0);
    const abort = new AbortController();
    const asked = [source.current(abort.signal), source.refresh(abort.signal)];
    abort.abort(new Error('stopped'));
    for (const answer of asked) await expect(answer).rejects.toThrow('stopped');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test('of one who waits leaves the renewal to the others', async () => {
    const { load, signals } = hanging();
    const source = refreshingCredentials(load, () => 0);
    const abort = new AbortController();
    const left = source.current(abort.signal);
    void source.current();
    abort.abort(new Error('stopped'));
    await expect(left).rejects.toThrow('stopped');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  test('leaves nothing behind: who asks next begins anew', async () => {
    const { load, signals } = hanging();
    const good = { accessKeyId: 'KEY', secretAccessKey: 'secret' };
    const source = refreshingCredentials(
      (signal) => (signals.length === 0 ? load(signal) : Promise.resolve(good)),
      () => 0,
    );
    const abort = new AbortController();
    const left = source.current(abort.signal);
    abort.abort(new Error('stopped'));
    await expect(left).rejects.toThrow('stopped');
    expect(await source.current()).toBe(good);
  });

  test('while old ones are still good rejects too, rather than give them', async () => {
    const { load, now } = provider();
    const { load: hang } = hanging();
    let loads = 0;
    const source = refreshingCredentials(
      (signal) => ((loads += 1) === 1 ? load() : hang(signal)),
      () => now.ms,
    );
    await source.current();
    now.ms += HOUR_MS - 200_000;
    const abort = new AbortController();
    const asked = source.current(abort.signal);
    abort.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });
});
