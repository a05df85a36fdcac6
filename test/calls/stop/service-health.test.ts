import { describe, expect, it } from 'vitest';
import type { WriteAnswer } from '../../../src/model/call.ts';
import type { FaultKind } from '../../../src/model/fault.ts';
import { watchHealth, type AnswerMeaning } from '../../../src/calls/stop/service-health.ts';
import { manualClock, type ManualClock } from '../../emulator/manual-clock.ts';
import { fault } from '../../results/samples.ts';

const OK: WriteAnswer = { ok: true };

const MINUTE_MS = 60_000;

interface Watched {
  readonly clock: ManualClock;
  /** The verdict on an answer to a row's write. */
  readonly write: (ordinal: number, kind: 'ok' | FaultKind) => AnswerMeaning['kind'];
  readonly read: (kind: 'ok' | FaultKind) => AnswerMeaning['kind'];
  /** What stopped the run, as its code; the stop was the last verdict. */
  readonly stopped: () => string | undefined;
  readonly pauseMs: () => number;
}

function watched(slots: number = 16): Watched {
  const clock = manualClock();
  const health = watchHealth(clock, slots);
  let last: AnswerMeaning = { kind: 'row' };
  return {
    clock,
    write: (ordinal, kind) => {
      last = health.judge(ordinal, kind === 'ok' ? OK : { ok: false, fault: fault(kind) });
      return last.kind;
    },
    read: (kind) => {
      last = health.judgeRead(
        kind === 'ok' ? { ok: true, opportunity: { entities: {} } } : { ok: false, fault: fault(kind) },
      );
      return last.kind;
    },
    stopped: () => (last.kind === 'stop' ? last.reason.code : undefined),
    pauseMs: health.pauseMs,
  };
}

describe('watchHealth', () => {
  it.each(['ok', 'refused', 'server', 'timeout', 'broken', 'malformed'] as const)(
    'leaves %s to the row',
    (kind) => {
      expect(watched().write(0, kind)).toBe('row');
    },
  );

  it.each(['credentials', 'clock'] as const)('excuses the row for %s', (kind) => {
    expect(watched().write(0, kind)).toBe('excused');
  });

  describe('of throttling', () => {
    it('counts it against a row that is throttled alone', () => {
      const { write } = watched();
      expect([write(0, 'throttled'), write(0, 'throttled')]).toEqual(['row', 'row']);
    });

    it('excuses the rows once several are throttled with no call accepted in between', () => {
      const { write } = watched();
      expect([write(0, 'throttled'), write(1, 'throttled'), write(0, 'throttled')]).toEqual([
        'row',
        'excused',
        'excused',
      ]);
      write(2, 'ok');
      expect(write(0, 'throttled')).toBe('row');
    });

    it('stops once every call was throttled for three minutes', () => {
      const { write, clock, stopped } = watched();
      write(0, 'throttled');
      clock.advance(3 * MINUTE_MS - 1);
      expect(write(1, 'throttled')).toBe('excused');
      clock.advance(1);
      expect(write(0, 'throttled')).toBe('stop');
      expect(stopped()).toBe('quota_reached');
    });

    it('does not stop where calls are accepted now and then', () => {
      const { write, clock } = watched();
      for (let minute = 0; minute < 60; minute += 1) {
        expect(write(minute, 'throttled')).not.toBe('stop');
        clock.advance(MINUTE_MS);
        if (minute % 2 === 1) write(minute, 'ok');
      }
    });
  });

  describe('of a service that can’t be reached', () => {
    it('stops after the first five calls where nothing was ever answered', () => {
      const { write, stopped } = watched();
      for (const ordinal of [0, 1, 2, 3]) expect(write(ordinal, 'unreachable')).toBe('excused');
      expect(write(0, 'unreachable')).toBe('stop');
      expect(stopped()).toBe('service_unreachable');
    });

    it('waits a quarter of an hour for a network that was there', () => {
      const { write, clock, stopped } = watched();
      write(0, 'ok');
      write(1, 'unreachable');
      clock.advance(15 * MINUTE_MS - 1);
      expect(write(2, 'unreachable')).toBe('excused');
      clock.advance(1);
      expect(write(1, 'unreachable')).toBe('stop');
      expect(stopped()).toBe('service_unreachable');
    });

    it('lets no call leave for a while, twice as long each time, a minute at most', () => {
      const { write, pauseMs, clock } = watched();
      write(0, 'ok');
      expect(pauseMs()).toBe(0);
      const pauses = Array.from({ length: 12 }, () => {
        write(1, 'unreachable');
        return pauseMs();
      });
      expect(pauses).toEqual([
        250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000,
      ]);
      clock.advance(59_999);
      expect(pauseMs()).toBe(1);
      clock.advance(1);
      expect(pauseMs()).toBe(0);
    });

    it('pauses no longer once a write or a read is answered', () => {
      for (const answered of ['ok', 'refused', 'throttled'] as const) {
        for (const how of ['write', 'read'] as const) {
          const { write, read, pauseMs } = watched();
          write(0, 'ok');
          write(1, 'unreachable');
          if (how === 'write') write(1, answered);
          else read(answered);
          expect(pauseMs()).toBe(0);
        }
      }
    });

    it('takes reads that can’t be made for the same', () => {
      const { read, stopped } = watched();
      for (let call = 1; call < 5; call += 1) expect(read('unreachable')).toBe('excused');
      expect(read('unreachable')).toBe('stop');
      expect(stopped()).toBe('service_unreachable');
    });
  });

  describe('of a service that gives no usable answer', () => {
    it('stops after the first ten calls of several rows', () => {
      const { write, stopped } = watched();
      for (let call = 0; call < 9; call += 1) {
        expect(write(call % 3, call % 2 === 0 ? 'timeout' : 'server')).toBe('row');
      }
      expect(write(0, 'malformed')).toBe('stop');
      expect(stopped()).toBe('service_unreachable');
    });

    it('leaves it to the rows where one call was answered before', () => {
      const { write } = watched();
      write(0, 'refused');
      for (let call = 0; call < 50; call += 1) expect(write(call, 'timeout')).toBe('row');
    });

    it('leaves it to the rows where only two of them meet it', () => {
      const { write } = watched();
      for (let call = 0; call < 50; call += 1) expect(write(call % 2, 'timeout')).toBe('row');
    });
  });

  describe('of denied access', () => {
    it('holds the first rows, and stops when a third one is denied', () => {
      const { write, stopped } = watched();
      expect([write(0, 'denied'), write(1, 'denied'), write(1, 'denied')]).toEqual(['held', 'held', 'held']);
      expect(write(2, 'denied')).toBe('stop');
      expect(stopped()).toBe('access_denied');
    });

    it('stops sooner where fewer rows are under way at once', () => {
      expect(watched(1).write(0, 'denied')).toBe('stop');
    });

    it.each(['ok', 'refused'] as const)('leaves it to the row once a call was authorised (%s)', (kind) => {
      const { write } = watched();
      write(0, kind);
      for (let ordinal = 1; ordinal < 10; ordinal += 1) expect(write(ordinal, 'denied')).toBe('row');
    });

    it('does not take a throttled call or a read for authorised', () => {
      const { write, read } = watched();
      write(0, 'throttled');
      read('ok');
      expect(write(1, 'denied')).toBe('held');
    });
  });
});
