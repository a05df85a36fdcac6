import { rowKey } from '../../src/model/row.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/store/journal-line.ts';
import { replayOutcomes, type RecordedOutcomes } from '../../src/store/replay-outcomes.ts';
import { DISASSOCIATED, doneEntry, fault, JOB, target, tryEntry } from '../results/samples.ts';

async function* each(entries: readonly JournalEntry[]): AsyncGenerator<JournalEntry> {
  yield* entries;
}

function replay(entries: readonly JournalEntry[]): RecordedOutcomes {
  return replayOutcomes(each(entries));
}

const keyOf = (ordinal: number): string => rowKey(target(ordinal));

describe('replayOutcomes', () => {
  it('gives the outcomes of the rows that are settled, in the order of the input', async () => {
    const failed = {
      status: 'failed',
      fault: fault('refused'),
      calls: { attempts: 1, requestIds: [] },
    } as const;
    const recorded = replay([JOB, tryEntry(0), tryEntry(2), doneEntry(2, failed), doneEntry(0)]);
    expect(await recorded.take(0, keyOf(0))).toEqual(DISASSOCIATED);
    expect(await recorded.take(1, keyOf(1))).toBeUndefined();
    expect(await recorded.take(2, keyOf(2))).toEqual(failed);
    expect(await recorded.take(3, keyOf(3))).toBeUndefined();
  });

  it('gives each outcome whatever the order in which rows were settled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 40 }), async (settled) => {
        const recorded = replay([JOB, ...settled.map((ordinal) => doneEntry(ordinal))]);
        for (let ordinal = 0; ordinal <= 40; ordinal += 1) {
          const outcome = await recorded.take(ordinal, keyOf(ordinal));
          expect(outcome !== undefined).toBe(settled.includes(ordinal));
        }
      }),
    );
  });

  it('reads no further than the row asked for, so that only rows settled out of order are held', async () => {
    const read = { entries: 0 };
    async function* counted(): AsyncGenerator<JournalEntry> {
      for (let ordinal = 0; ordinal < 10_000; ordinal += 1) {
        // Pairs change places: 1 0 3 2 5 4 …
        read.entries += 1;
        yield doneEntry(ordinal ^ 1);
      }
    }
    const recorded = replayOutcomes(counted());
    for (let ordinal = 0; ordinal < 500; ordinal += 1) {
      await recorded.take(ordinal, keyOf(ordinal));
      expect(read.entries - ordinal).toBeLessThanOrEqual(2);
    }
  });

  it('refuses a row that is another one than was recorded', async () => {
    const recorded = replay([JOB, doneEntry(0)]);
    await expect(recorded.take(0, 'O9 Solutions S-0000009')).rejects.toMatchObject({
      name: 'RunError',
      code: 'state_damaged',
      message:
        'The run\'s journal has "O0 Solutions S-0000000" for data row 1, but its copy of the input has "O9 Solutions S-0000009".',
    });
  });
});
