import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWellFormed } from '../../src/store/journal-shape.ts';
import { foldJournal } from '../../src/store/journal-state.ts';
import { foldRecentEvents } from '../../src/store/recent-events.ts';
import { doneEntry, JOB, tryEntry } from '../results/samples.ts';

const SESSION = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 'unlimited' };
const END = {
  t: 'end',
  tally: { rows: 0, byStatus: {}, byException: {}, attempts: 0 },
  resultsSha256: '',
  at: '',
};

describe('isWellFormed', () => {
  it.each([
    JOB,
    SESSION,
    tryEntry(0),
    doneEntry(0),
    END,
    { t: 'wait', at: 1 },
    { t: 'seen', ordinal: 0, at: 1 },
    { t: 'of a later version' },
  ])('takes %j', (entry) => {
    expect(isWellFormed(entry)).toBe(true);
  });

  it.each([
    null,
    7,
    [],
    {},
    { ...doneEntry(0), outcome: null },
    { ...doneEntry(0), outcome: { status: 'toString' } },
    { ...doneEntry(0), outcome: { status: 'failed' } },
    { ...tryEntry(0), call: 'constructor' },
    { ...tryEntry(0), at: null },
    { ...JOB, input: 'people.csv' },
    { ...END, tally: {} },
    { t: 'wait', at: 1, awaited: { what: 'service' } },
  ])('takes no %j', (entry) => {
    expect(isWellFormed(entry)).toBe(false);
  });

  it('takes nothing that the folds can’t take', () => {
    const kinds = ['job', 'session', 'try', 'answer', 'done', 'seen', 'wait', 'stop', 'end'];
    const odd = fc
      .record({ t: fc.constantFrom(...kinds) })
      .chain(({ t }) => fc.object().map((rest) => ({ ...rest, t })));
    const known = fc.constantFrom(JOB, SESSION, tryEntry(0), doneEntry(0), END);
    const spoilt = fc.tuple(known, fc.nat(20), fc.jsonValue()).map(([entry, place, value]) => {
      const names = Object.keys(entry).filter((name) => name !== 't');
      return { ...entry, [names[place % names.length] ?? '']: value };
    });
    fc.assert(
      fc.property(fc.oneof(odd, spoilt), (entry) => {
        if (!isWellFormed(entry)) return;
        const [state, recent] = [foldJournal(), foldRecentEvents()];
        state.add(entry);
        recent.add(entry);
        expect(state.state().sessions).toHaveLength(entry.t === 'session' ? 1 : 0);
      }),
    );
  });
});
