import { describe, expect, it } from 'vitest';
import { stoppedBySignal } from '../../../src/calls/stop/stop-reasons.ts';
import { settleDown } from '../../run/settle-down.ts';
import { target } from '../../results/samples.ts';
import { bench, stopCode, takeRows, WAIT_MS, type Bench, type Kind } from './outages-stage.ts';

describe('watchOutages', () => {
  it('hands on whose affair an answer is', async () => {
    const { answered } = bench();
    const answers = [answered(0, 'ok'), answered(1, 'refused'), answered(2, 'clock')];
    await settleDown();
    expect(answers.map(({ came }) => came())).toEqual(['row', 'row', 'excused']);
  });

  describe('of a streak', () => {
    /** A run in which one row was let through, and so many have met this since. */
    const streak = (scene: Bench, kind: Kind, rows = 5): { readonly came: () => string }[] => {
      takeRows(scene, rows + 1, true);
      scene.answered(0, 'ok');
      return Array.from({ length: rows }, (_, index) => scene.answered(index + 1, kind));
    };

    it('leaves it to the rows where another is answered', async () => {
      const scene = bench(16, ['ok']);
      const held = streak(scene, 'server', 4);
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(Array(4).fill('nothing yet'));
      scene.answered(9, 'ok');
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(Array(4).fill('row'));
      expect(scene.probed).toEqual([]);
    });

    it('lets no call leave while an opportunity that was answered for is probed', async () => {
      const scene = bench();
      streak(scene, 'timeout');
      expect(scene.hold.isOn()).toBe(false);
      await settleDown();
      expect([scene.hold.isOn(), scene.probed]).toEqual([true, ['O0']]);
    });

    it.each(['server', 'denied'] as const)(
      'leaves it to the rows where the first probe is answered, and says nothing (%s)',
      async (kind) => {
        const scene = bench(16, ['ok']);
        const held = streak(scene, kind);
        await settleDown();
        expect(held.map(({ came }) => came())).toEqual(Array(5).fill('row'));
        expect([scene.hold.isOn(), scene.news]).toEqual([false, []]);
      },
    );

    it('excuses the rows after an outage, in which probes go further and further apart', async () => {
      const scene = bench(16, ['server', 'server', 'server', 'ok']);
      const held = streak(scene, 'malformed');
      await settleDown();
      for (const [pauseMs, probes] of [
        [1_000, 2],
        [2_000, 3],
        [4_000, 4],
      ] as const) {
        await scene.pass(pauseMs - 1);
        expect(scene.probed).toHaveLength(probes - 1);
        await scene.pass(1);
        expect(scene.probed).toHaveLength(probes);
      }
      expect(held.map(({ came }) => came())).toEqual(Array(5).fill('excused'));
      expect(scene.news).toEqual([`began: server, ${WAIT_MS}`, 'ended']);
      expect(scene.hold.isOn()).toBe(false);
    });

    it('ends an outage at a usable answer of a call that had left before', async () => {
      const scene = bench(16, ['server']);
      const held = streak(scene, 'timeout');
      await settleDown();
      scene.answered(9, 'ok');
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(Array(5).fill('excused'));
      expect([scene.hold.isOn(), scene.news.at(-1)]).toEqual([false, 'ended']);
    });

    it.each([
      ['server', 'service_unreachable'],
      ['denied', 'access_denied'],
    ] as const)('stops where an outage lasts too long (%s)', async (kind, code) => {
      const scene = bench(16, [kind]);
      scene.looked(0, 'ok');
      const held = streak(scene, kind);
      for (let second = 0; second < WAIT_MS / 1_000; second += 1) {
        expect(stopCode(scene.stopSwitch)).toBeUndefined();
        await scene.pass(1_000);
      }
      expect(held.map(({ came }) => came())).toEqual(Array(5).fill(code));
      expect(stopCode(scene.stopSwitch)).toBe(code);
    });

    it('ends at once with the run, a probe that hangs too', async () => {
      const scene = bench();
      const held = streak(scene, 'timeout');
      await settleDown();
      scene.stopSwitch.stop(stoppedBySignal('SIGINT'));
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(Array(5).fill('interrupted'));
      expect(scene.clock.sleeping()).toBe(0);
    });

    it('excuses what never left the machine in any case', async () => {
      const scene = bench(16, ['ok']);
      const held = streak(scene, 'unreachable');
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(Array(5).fill('excused'));
    });

    it('is one of fewer rows where no others are left', async () => {
      const scene = bench(16, ['ok']);
      takeRows(scene, 3);
      scene.answered(0, 'ok');
      scene.rowEnded();
      const held = [scene.answered(1, 'server'), scene.answered(2, 'denied')];
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(['row', 'row']);
    });

    it('probes for a single one that was held two seconds', async () => {
      const scene = bench(16, ['ok']);
      takeRows(scene, 4);
      scene.looked(0, 'ok');
      const held = scene.looked(1, 'timeout');
      await scene.pass(1_999);
      expect([held.came(), scene.probed]).toEqual(['nothing yet', []]);
      await scene.pass(1);
      expect([held.came(), scene.probed]).toEqual(['row', ['O0']]);
    });
  });

  describe('of a service that was never met', () => {
    it.each([
      ['unreachable', 3],
      ['server', 5],
    ] as const)('probes the row’s own opportunity a few times, and stops (%s)', async (kind, probes) => {
      const scene = bench(16, [kind]);
      takeRows(scene, 1);
      const held = scene.answered(0, kind);
      for (let second = 0; second < 30; second += 1) await scene.pass(1_000);
      expect([held.came(), scene.probed]).toEqual(['service_unreachable', Array(probes).fill('O0')]);
      expect(scene.news).toEqual([`began: ${kind}, undefined`]);
    });
  });

  describe('of a session that goes on with a run', () => {
    it('blames denied rows themselves where a probe of an earlier one is answered', async () => {
      const scene = bench(16, ['ok']);
      scene.answeredBefore(target(7).opportunityId);
      takeRows(scene, 4);
      const held = [0, 1, 2, 3].map((ordinal) => scene.answered(ordinal, 'denied'));
      await settleDown();
      expect(held.map(({ came }) => came())).toEqual(Array(4).fill('row'));
      expect(scene.probed).toEqual(['O7']);
    });

    it('stops at a second streak of denials with others to come and none let through', async () => {
      const scene = bench(16, ['ok']);
      scene.answeredBefore(target(7).opportunityId);
      takeRows(scene, 5, true);
      for (let ordinal = 0; ordinal < 5; ordinal += 1) scene.answered(ordinal, 'denied');
      await settleDown();
      expect(stopCode(scene.stopSwitch)).toBeUndefined();
      for (let ordinal = 5; ordinal < 10; ordinal += 1) scene.answered(ordinal, 'denied');
      await settleDown();
      expect(stopCode(scene.stopSwitch)).toBe('access_denied');
    });

    it('stops where the probe is denied, too', async () => {
      const scene = bench(16, ['denied']);
      scene.answeredBefore(target(7).opportunityId);
      takeRows(scene, 1);
      const held = scene.answered(0, 'denied');
      await settleDown();
      expect(held.came()).toBe('access_denied');
    });
  });
});
