import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/model/fault.ts';
import {
  watchHealth,
  type Answer,
  type AnswerMeaning,
  type ServiceHealth,
} from '../../../src/calls/stop/service-health.ts';
import { manualClock, type ManualClock } from '../../emulator/manual-clock.ts';
import { fault } from '../../results/samples.ts';

const MINUTE_MS = 60_000;

interface Watched {
  readonly clock: ManualClock;
  readonly health: ServiceHealth;
  /** The verdict on an answer to a row's write. */
  readonly write: (ordinal: number, kind: 'ok' | FaultKind) => AnswerMeaning['kind'];
  readonly read: (kind: 'ok' | FaultKind) => AnswerMeaning['kind'];
  readonly probe: (kind: 'ok' | FaultKind) => string;
  /** What stopped the run, as its code; the stop was the last verdict. */
  readonly stopped: () => string | undefined;
}

function watched(ranBefore = false): Watched {
  const clock = manualClock();
  const health = watchHealth(clock, () => ranBefore);
  let last: AnswerMeaning = { kind: 'row' };
  return {
    clock,
    health,
    write: (ordinal, kind) => (last = health.judge(ordinal, answer(kind))).kind,
    read: (kind) => (last = health.judge('look', answer(kind))).kind,
    probe: (kind) => health.judgeProbe(answer(kind)),
    stopped: () => (last.kind === 'stop' ? last.reason.code : undefined),
  };
}

function answer(kind: 'ok' | FaultKind): Answer {
  return kind === 'ok' ? { ok: true } : { ok: false, fault: fault(kind) };
}

const UNUSABLE = ['unreachable', 'server', 'timeout', 'broken', 'malformed'] as const;

describe('watchHealth', () => {
  it.each(['ok', 'refused'] as const)('takes %s for the service’s own word', (kind) => {
    const { write, read, health } = watched();
    expect([write(0, kind), read(kind)]).toEqual(['usable', 'usable']);
    expect([health.everAnswered(), health.authorised(), health.mayLook()]).toEqual([true, true, true]);
  });

  it.each(UNUSABLE)('holds whoever met %s, by a write or a look, at any time', (kind) => {
    const { write, read } = watched();
    expect([write(0, kind), read(kind)]).toEqual(['held', 'held']);
    write(1, 'ok');
    read('ok');
    expect([write(0, kind), read(kind)]).toEqual(['held', 'held']);
  });

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

    it('leaves a throttled look to whoever looks', () => {
      const { read } = watched();
      expect([read('throttled'), read('throttled')]).toEqual(['row', 'row']);
    });
  });

  describe('of denied access', () => {
    it('holds a row’s own call, before others were let through and after', () => {
      const { write } = watched();
      expect(write(0, 'denied')).toBe('held');
      write(1, 'ok');
      expect(write(2, 'denied')).toBe('held');
    });

    it('does not take a throttled call or a read for authorised', () => {
      const { write, read, health } = watched();
      write(0, 'throttled');
      read('ok');
      expect(health.authorised()).toBe(false);
    });

    it('leaves a look to whoever looks beforehand until one was let through', () => {
      const { read } = watched();
      expect(read('denied')).toBe('row');
      read('ok');
      expect(read('denied')).toBe('held');
    });

    it('holds a look where an earlier session was let through', () => {
      expect(watched(true).read('denied')).toBe('held');
    });
  });

  describe('of a probe', () => {
    it.each(UNUSABLE)('takes %s for no answer', (kind) => {
      expect(watched().probe(kind)).toBe('unusable');
    });

    it.each(['ok', 'refused', 'throttled', 'credentials', 'clock'] as const)(
      'takes %s for the service being there',
      (kind) => {
        expect(watched().probe(kind)).toBe('usable');
      },
    );

    it('takes a denial for no answer where looks were let through', () => {
      const { read, probe } = watched();
      read('ok');
      expect(probe('denied')).toBe('unusable');
    });

    it('takes it for the service’s own where rows were let through, and looks never', () => {
      const { write, probe } = watched();
      write(0, 'ok');
      expect(probe('denied')).toBe('usable');
    });

    it('tells it apart where nothing was let through', () => {
      expect(watched().probe('denied')).toBe('denied');
    });
  });
});
