import { describe, expect, it } from 'vitest';
import { createLookAhead } from '../../../src/run/rows/look-ahead.ts';

const NEVER = new AbortController().signal;

/** Enough microtasks for whatever can go on to do so. */
async function settleDown(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Enters, and tells when it is in. */
function entering(room: ReturnType<typeof createLookAhead>, signal: AbortSignal = NEVER) {
  const visit = { in: false, leave: () => undefined as void, refused: undefined as unknown };
  room.enter(signal).then(
    (leave) => {
      visit.in = true;
      visit.leave = leave;
    },
    (reason: unknown) => {
      visit.refused = reason;
    },
  );
  return visit;
}

describe('createLookAhead', () => {
  it('lets in as many as it has places, and the others in their order as places come free', async () => {
    const room = createLookAhead(2);
    const visits = [1, 2, 3, 4].map(() => entering(room));
    await settleDown();
    expect(visits.map((visit) => visit.in)).toEqual([true, true, false, false]);
    visits[1]?.leave();
    await settleDown();
    expect(visits.map((visit) => visit.in)).toEqual([true, true, true, false]);
  });

  it('frees one place for one who leaves twice', async () => {
    const room = createLookAhead(1);
    const visits = [1, 2, 3].map(() => entering(room));
    await settleDown();
    visits[0]?.leave();
    visits[0]?.leave();
    await settleDown();
    expect(visits.map((visit) => visit.in)).toEqual([true, true, false]);
  });

  it('turns away who waits, or comes, once the signal is aborted, and keeps the place for the next', async () => {
    const room = createLookAhead(1);
    const stop = new AbortController();
    const [first, impatient, patient] = [entering(room), entering(room, stop.signal), entering(room)];
    await settleDown();
    stop.abort(new Error('stopped'));
    const late = entering(room, stop.signal);
    first.leave();
    await settleDown();
    expect([impatient, late].map(({ refused }) => refused)).toEqual([stop.signal.reason, stop.signal.reason]);
    expect([impatient.in, late.in, patient.in]).toEqual([false, false, true]);
  });
});
