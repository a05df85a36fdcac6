import { describe, expect, it } from 'vitest';
import type { WriteAnswer } from '../../../src/model/call.ts';
import type { FaultKind } from '../../../src/model/fault.ts';
import { watchDenials, type Denials } from '../../../src/calls/stop/denials.ts';
import { stoppedBySignal } from '../../../src/calls/stop/stop-reasons.ts';
import { createStopSwitch, type StopSwitch } from '../../../src/calls/stop/stop-switch.ts';
import { watchHealth } from '../../../src/calls/stop/service-health.ts';
import { manualClock } from '../../emulator/manual-clock.ts';
import { fault } from '../../results/samples.ts';
import { settleDown } from '../../run/settle-down.ts';

interface Bench extends Omit<Denials, 'judge'> {
  readonly stopSwitch: StopSwitch;
  /** Judges an answer, and notes what came of it: `row`, `excused`, the code of the error, or nothing yet. */
  readonly answered: (ordinal: number, kind: 'ok' | FaultKind) => { readonly came: () => string };
}

/** A run of three slots at least, so that a third denial alone does not tell. */
function bench(slots: number = 16): Bench {
  const stopSwitch = createStopSwitch();
  const judge = watchDenials(watchHealth(manualClock(), slots), stopSwitch, slots);
  return {
    ...judge,
    stopSwitch,
    answered: (ordinal, kind) => {
      const answer: WriteAnswer = kind === 'ok' ? { ok: true } : { ok: false, fault: fault(kind) };
      let came = 'nothing yet';
      judge.judge(ordinal, answer).then(
        (verdict) => {
          came = verdict;
        },
        (error: unknown) => {
          came = error instanceof Error && 'code' in error ? String(error.code) : 'no RunError';
        },
      );
      return { came: () => came };
    },
  };
}

function stopCode({ signal }: StopSwitch): unknown {
  // The switch is thrown with nothing but a RunError.
  return signal.aborted ? (signal.reason as { readonly code: string }).code : undefined;
}

describe('watchDenials', () => {
  it('hands on whose affair an answer is', async () => {
    const { answered } = bench();
    const answers = [answered(0, 'ok'), answered(1, 'refused'), answered(2, 'clock')];
    await settleDown();
    expect(answers.map(({ came }) => came())).toEqual(['row', 'row', 'excused']);
  });

  it('stops the run where the answers show that it can’t go on', async () => {
    const { answered, stopSwitch } = bench();
    const last = Array.from({ length: 5 }, (_, ordinal) => answered(ordinal, 'unreachable')).at(-1);
    await settleDown();
    expect([last?.came(), stopCode(stopSwitch)]).toEqual(['service_unreachable', 'service_unreachable']);
  });

  it.each(['ok', 'refused'] as const)(
    'holds a denied row until another answer shows that access is not denied to all (%s)',
    async (kind) => {
      const { answered, rowTaken, stopSwitch } = bench();
      for (let row = 0; row < 3; row += 1) rowTaken(false);
      const denied = [answered(0, 'denied'), answered(1, 'denied')];
      await settleDown();
      expect(denied.map(({ came }) => came())).toEqual(['nothing yet', 'nothing yet']);
      answered(2, kind);
      await settleDown();
      expect(denied.map(({ came }) => came())).toEqual(['row', 'row']);
      expect(stopSwitch.signal.aborted).toBe(false);
    },
  );

  it('gives up the held rows with the run when a third one is denied', async () => {
    const { answered, stopSwitch } = bench();
    const denied = [0, 1, 2].map((ordinal) => answered(ordinal, 'denied'));
    await settleDown();
    expect(denied.map(({ came }) => came())).toEqual(['access_denied', 'access_denied', 'access_denied']);
    expect(stopCode(stopSwitch)).toBe('access_denied');
  });

  it('stops a file of one row that is denied', async () => {
    const { answered, rowTaken, inputEnded, stopSwitch } = bench();
    rowTaken(false);
    inputEnded();
    const denied = answered(0, 'denied');
    await settleDown();
    expect([denied.came(), stopCode(stopSwitch)]).toEqual(['access_denied', 'access_denied']);
  });

  it.each(['the input ends', 'the last other row ends'])(
    'stops where held rows alone are left once %s',
    async (last) => {
      const { answered, rowTaken, rowEnded, inputEnded, stopSwitch } = bench();
      rowTaken(false);
      rowTaken(false);
      answered(0, 'denied');
      const ends = last === 'the input ends' ? [rowEnded, inputEnded] : [inputEnded, rowEnded];
      for (const [place, end] of ends.entries()) {
        await settleDown();
        expect([place, stopCode(stopSwitch)]).toEqual([place, undefined]);
        end();
      }
      await settleDown();
      expect(stopCode(stopSwitch)).toBe('access_denied');
    },
  );

  it('stops where every slot is taken by held rows and those that wait for them', async () => {
    const { answered, rowTaken, stopSwitch } = bench(3);
    rowTaken(false);
    answered(0, 'denied');
    rowTaken(true);
    await settleDown();
    expect(stopCode(stopSwitch)).toBeUndefined();
    rowTaken(true);
    await settleDown();
    expect(stopCode(stopSwitch)).toBe('access_denied');
  });

  it('hears the row whose turn comes as another one ends, before it gives up', async () => {
    const { answered, rowTaken, turnCame, rowEnded, inputEnded, stopSwitch } = bench();
    rowTaken(false);
    rowTaken(true);
    rowTaken(false);
    const held = answered(2, 'denied');
    inputEnded();
    rowEnded();
    turnCame();
    await settleDown();
    expect([held.came(), stopCode(stopSwitch)]).toEqual(['nothing yet', undefined]);
    answered(1, 'ok');
    await settleDown();
    expect(held.came()).toBe('row');
  });

  it('lets held rows go with the run when a signal stops it', async () => {
    const { answered, stopSwitch } = bench();
    const held = answered(0, 'denied');
    await settleDown();
    stopSwitch.stop(stoppedBySignal('SIGINT'));
    await settleDown();
    expect(held.came()).toBe('interrupted');
  });

  it('holds no row that is denied after the run was stopped', async () => {
    const { answered, stopSwitch } = bench();
    stopSwitch.stop(stoppedBySignal('SIGTERM'));
    const late = answered(0, 'denied');
    await settleDown();
    expect(late.came()).toBe('terminated');
  });
});
