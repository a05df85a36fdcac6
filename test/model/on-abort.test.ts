import { expect, it } from 'vitest';
import { untilAborted } from '../../src/model/on-abort.ts';

async function* pieces(end: Promise<void>): AsyncGenerator<number> {
  yield 1;
  yield 2;
  await end;
}

it('what is read until the signal is all of it, where none comes', async () => {
  const read: number[] = [];
  for await (const piece of untilAborted(pieces(Promise.resolve()), new AbortController().signal))
    read.push(piece);
  expect(read).toEqual([1, 2]);
});

it('a source that gives nothing more is left at the signal, with its reason', async () => {
  const stop = new AbortController();
  const read: number[] = [];
  const reading = async (): Promise<void> => {
    for await (const piece of untilAborted(pieces(new Promise(() => undefined)), stop.signal)) {
      read.push(piece);
      if (piece === 2) setImmediate(() => stop.abort(new Error('stopped')));
    }
  };
  await expect(reading()).rejects.toThrow('stopped');
  expect(read).toEqual([1, 2]);
});
