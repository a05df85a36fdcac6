import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import { encodeLine, type JournalEntry } from '../../src/store/journal-line.ts';
import { foldJournal, type JournalState } from '../../src/store/journal-state.ts';
import { readJournal } from '../../src/store/journal/read-journal.ts';
import { collect, doneEntry, JOB, pieces, tryEntry } from '../results/samples.ts';

const ORDINALS = 6;

const answer: fc.Arbitrary<JournalEntry> = fc.record({
  t: fc.constant('answer' as const),
  ordinal: fc.nat({ max: ORDINALS }),
  n: fc.integer({ min: 1, max: 3 }),
  at: fc.nat(),
  requestId: fc.string({ unit: 'binary' }),
});
const entry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc.nat({ max: ORDINALS }).map((ordinal) => tryEntry(ordinal)),
  fc.nat({ max: ORDINALS }).map((ordinal) => doneEntry(ordinal)),
  answer,
);
const journal = fc
  .array(entry, { minLength: 1, maxLength: 12 })
  .map((entries) => [JOB, ...entries] as const)
  .map((entries) => ({ entries, bytes: Buffer.from(entries.map(encodeLine).join('')) }));
const pieceBytes = fc.integer({ min: 1, max: 200 });

/** What is read of the bytes, or `damaged` where they are refused. */
async function read(bytes: Uint8Array, size: number): Promise<readonly JournalEntry[] | 'damaged'> {
  try {
    const placed = await collect(readJournal('journal.jsonl', pieces(bytes, size)));
    return placed.map((one) => one.entry);
  } catch (error) {
    if (error instanceof RunError && error.code === 'state_damaged') return 'damaged';
    throw error;
  }
}

async function stateOf(
  bytes: Uint8Array,
  size: number,
): Promise<JournalState & { readonly soundBytes: number }> {
  const fold = foldJournal();
  let soundBytes = 0;
  for await (const placed of readJournal('journal.jsonl', pieces(bytes, size))) {
    fold.add(placed.entry);
    soundBytes = placed.endByte;
  }
  return { ...fold.state(), soundBytes };
}

describe('a journal', () => {
  it('is read as it was written, in whatever pieces', async () => {
    await fc.assert(
      fc.asyncProperty(journal, pieceBytes, async ({ entries, bytes }, size) => {
        expect(await read(bytes, size)).toEqual(entries);
      }),
    );
  });

  it('with any bytes changed is refused, or read up to where they were changed: never otherwise than written', async () => {
    const change = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) });
    await fc.assert(
      fc.asyncProperty(
        journal,
        change,
        pieceBytes,
        async ({ entries, bytes }, { at, bytes: other }, size) => {
          const changed = Buffer.from(bytes);
          changed.set(other.subarray(0, changed.length - (at % changed.length)), at % changed.length);
          const told = await read(changed, size);
          expect(told).toEqual(told === 'damaged' ? told : entries.slice(0, told.length));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('with bytes taken out or put in is refused, or tells nothing that was not written', async () => {
    const cut = fc.record({
      from: fc.nat(),
      bytes: fc.nat({ max: 60 }),
      put: fc.uint8Array({ maxLength: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(
        journal,
        cut,
        pieceBytes,
        async ({ entries, bytes }, { from, bytes: length, put }, size) => {
          const at = from % bytes.length;
          fc.pre(length > 0 || put.length > 0);
          const told = await read(
            Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)]),
            size,
          );
          const written = new Set(entries.map((one) => JSON.stringify(one)));
          const invented = told === 'damaged' ? [] : told.filter((one) => !written.has(JSON.stringify(one)));
          expect(invented).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('says the same each time it is read, and what is sound of it says the same as the whole with a torn tail', async () => {
    await fc.assert(
      fc.asyncProperty(journal, pieceBytes, fc.nat(), async ({ bytes }, size, cut) => {
        const torn = bytes.subarray(0, cut % (bytes.length + 1));
        const state = await stateOf(torn, size);
        expect(await stateOf(torn, 64)).toEqual(state);
        expect(await stateOf(torn.subarray(0, state.soundBytes), size)).toEqual(state);
      }),
      { numRuns: 300 },
    );
  });
});
