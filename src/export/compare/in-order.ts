import { byAssociation, type Associated } from './associated.ts';
import type { SortSpace } from './sort-space.ts';

/** Thrown where a file that was taken for a sorted one is none: it is then read again, and sorted. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** Lines that are held in memory at once, of each file. */
export const HELD_LINES = 25_000;

/**
 * A file's associations in order. A file that fits is sorted in memory, a longer one that is sorted already goes through
 * as it comes; where it is not, this throws an `OutOfOrder`.
 */
export async function* sortedAsTheyCome(
  lines: AsyncIterable<readonly Associated[]>,
  held: number = HELD_LINES,
): AsyncGenerator<Associated> {
  let chunk: Associated[] = [];
  let last: Associated | undefined;
  let fits = true;
  for await (const batch of lines) {
    chunk.push(...batch);
    if (chunk.length < held) continue;
    fits = false;
    last = yield* inOrder(chunk, last);
    chunk = [];
  }
  if (fits) chunk.sort(byAssociation);
  yield* inOrder(chunk, last);
}

function* inOrder(
  chunk: readonly Associated[],
  before: Associated | undefined,
): Generator<Associated, Associated | undefined> {
  let last = before;
  for (const line of chunk) {
    if (last !== undefined && byAssociation(last, line) > 0) throw new OutOfOrder();
    yield line;
    last = line;
  }
  return last;
}

/** The same of any file: sorted in pieces that are kept on disk, and these merged. Memory does not grow with the file. */
export async function* sortedOnDisk(
  lines: AsyncIterable<readonly Associated[]>,
  space: SortSpace,
  held: number = HELD_LINES,
): AsyncGenerator<Associated> {
  const runs: AsyncIterable<Associated>[] = [];
  let chunk: Associated[] = [];
  for await (const batch of lines) {
    chunk.push(...batch);
    if (chunk.length < held) continue;
    runs.push(await space.keep(chunk.toSorted(byAssociation)));
    chunk = [];
  }
  runs.push(asIterable(chunk.toSorted(byAssociation)));
  yield* mergedAll(runs);
}

/** In pairs, so that a line passes few comparisons. */
function mergedAll(runs: readonly AsyncIterable<Associated>[]): AsyncIterable<Associated> {
  const [first, second, ...others] = runs;
  if (first === undefined) return asIterable([]);
  if (second === undefined) return first;
  if (others.length === 0) return merged(first, second);
  const middle = runs.length >> 1;
  return merged(mergedAll(runs.slice(0, middle)), mergedAll(runs.slice(middle)));
}

async function* merged(
  left: AsyncIterable<Associated>,
  right: AsyncIterable<Associated>,
): AsyncGenerator<Associated> {
  const [lefts, rights] = [left[Symbol.asyncIterator](), right[Symbol.asyncIterator]()];
  try {
    let [a, b] = [await lefts.next(), await rights.next()];
    while (a.done !== true || b.done !== true) {
      if (a.done !== true && (b.done === true || byAssociation(a.value, b.value) <= 0)) {
        yield a.value;
        a = await lefts.next();
      } else if (b.done !== true) {
        yield b.value;
        b = await rights.next();
      }
    }
  } finally {
    // Closes the files of what was not gone through to its end.
    await Promise.all([lefts.return?.(), rights.return?.()]);
  }
}

async function* asIterable(lines: readonly Associated[]): AsyncGenerator<Associated> {
  yield* lines;
}
