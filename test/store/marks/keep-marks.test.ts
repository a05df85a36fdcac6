import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry, MarkEntry } from '../../../src/store/journal-line.ts';
import { decodeLine, encodeLine } from '../../../src/store/journal-line.ts';
import { isMark } from '../../../src/store/journal-shape.ts';
import { foldJournal, type JournalState } from '../../../src/store/journal-state.ts';
import { collected } from '../collected.ts';
import { keepMarks } from '../../../src/store/marks/keep-marks.ts';
import { stateAt } from '../../../src/store/marks/packed-state.ts';
import { doneEntry, fault, JOB, tryEntry } from '../../results/samples.ts';

const ORDINALS = 6;
const ordinal = fc.nat({ max: ORDINALS });
const AT = '2025-01-31T12:00:00.000Z';

const failed = doneEntry(0, {
  status: 'failed',
  fault: fault('refused'),
  calls: { attempts: 1, requestIds: ['id'] },
});
const answer = fc.record({
  t: fc.constant('answer' as const),
  ordinal,
  n: fc.integer({ min: 1, max: 3 }),
  at: fc.nat(),
});
const entry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc.record({ ordinal, at: fc.nat() }).map((part) => tryEntry(part.ordinal, { at: part.at })),
  ordinal.map((of) => tryEntry(of, { call: 'AssociateOpportunity', part: { kind: 'attach' } })),
  ordinal.map((of) => doneEntry(of)),
  ordinal.map((of) => ({ ...failed, ordinal: of })),
  answer,
  fc.record({ answer, fault: fc.constantFrom(fault('throttled'), fault('refused')) }).map((part) => ({
    ...part.answer,
    fault: part.fault,
  })),
  fc.record({
    t: fc.constant('session' as const),
    at: fc.constant(AT),
    callsPerSecond: fc.constant(1),
    callsPerDay: fc.constant('unlimited' as const),
    ledgerFolder: fc.constantFrom('here', 'there'),
  }),
  fc.constant({ t: 'resolved' as const, replaceMap: { name: 'map.csv', pairs: [['S-1', 'S-2']] as const } }),
  fc.constant({ t: 'stop' as const, code: 'interrupted' as const, message: 'Stopped.', at: AT }),
);

function stateOf(entries: readonly JournalEntry[], before?: JournalState): JournalState {
  const fold = foldJournal(before);
  for (const one of entries) fold.add(one);
  return fold.state();
}

/** As it comes back from a journal. */
function written(mark: MarkEntry): MarkEntry {
  const found = decodeLine(encodeLine(mark).trimEnd());
  if (found === undefined || !isMark(found)) throw new Error('The mark is not well-formed.');
  return found;
}

const PROGRESS = { rows: 0, results: { bytes: 0, sha256: '' }, kept: {} };

describe('a mark', () => {
  it('tells all that the lines before it told, and the lines behind it are folded on from there', () => {
    const entries = fc.array(entry, { maxLength: 20 });
    fc.assert(
      fc.property(entries, entries, (before, behind) => {
        const keeper = keepMarks(stateOf([]));
        for (const one of [JOB, ...before]) keeper.add(one);
        const mark = keeper.mark(PROGRESS, JOB.id);
        if (mark === undefined) throw new Error('It can stand anywhere before a second session.');
        const state = stateAt(written(mark), JOB);
        expect(state).toEqual(stateOf([JOB, ...before]));
        expect(stateOf(behind, state)).toEqual(stateOf([JOB, ...before, mark, ...behind]));
      }),
    );
  });

  it('has the rows that are settled behind those of its results', () => {
    const keeper = keepMarks(stateOf([JOB]));
    for (const of of [0, 1, 3, 5]) keeper.add(doneEntry(of));
    const mark = keeper.mark({ ...PROGRESS, rows: 2 }, JOB.id);
    expect(mark?.ahead.map((one) => one.ordinal)).toEqual([3, 5]);
  });

  it('is all that rows are held for: those whose lines are written are let go', async () => {
    const keeper = keepMarks(stateOf([JOB]));
    const held = [0, 1, 2].map((of) => {
      const done = doneEntry(of);
      keeper.add(done);
      return new WeakRef(done);
    });
    keeper.passed(2);
    await collected();
    expect(held.map((done) => done.deref()?.ordinal)).toEqual([undefined, undefined, 2]);
    expect(keeper.mark({ ...PROGRESS, rows: 2 }, JOB.id)?.ahead.map((one) => one.ordinal)).toEqual([2]);
  });

  it('can’t stand among rows that earlier sessions settled, nor before very many', () => {
    const keeper = keepMarks(stateOf([JOB, tryEntry(3), doneEntry(3)]));
    expect(keeper.mark({ ...PROGRESS, rows: 3 }, JOB.id)).toBeUndefined();
    expect(keeper.mark({ ...PROGRESS, rows: 4 }, JOB.id)).toMatchObject({ rows: 4, ahead: [] });
    for (let of = 5; of < 400; of += 1) keeper.add(doneEntry(of));
    expect(keeper.mark({ ...PROGRESS, rows: 4 }, JOB.id)).toBeUndefined();
    expect(keeper.mark({ ...PROGRESS, rows: 350 }, JOB.id)?.ahead).toHaveLength(50);
  });
});
