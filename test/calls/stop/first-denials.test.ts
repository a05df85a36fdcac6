import { describe, expect, it } from 'vitest';
import { stoppedBySignal } from '../../../src/calls/stop/stop-reasons.ts';
import { settleDown } from '../../run/settle-down.ts';
import { bench, stopCode, takeRows } from './outages-stage.ts';

describe('watchOutages', () => {
  describe('of denials before anything was let through', () => {
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

    it('gives up the held rows with the run when a third one is denied, and probes nothing', async () => {
      const { answered, stopSwitch, probed } = bench();
      const denied = [0, 1, 2].map((ordinal) => answered(ordinal, 'denied'));
      await settleDown();
      expect(denied.map(({ came }) => came())).toEqual(['access_denied', 'access_denied', 'access_denied']);
      expect([stopCode(stopSwitch), probed]).toEqual(['access_denied', []]);
    });

    it('stops sooner where fewer rows are under way at once', async () => {
      const { answered, stopSwitch } = bench(1);
      answered(0, 'denied');
      await settleDown();
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

    it('waits for another row however long, since reads prove nothing for writes', async () => {
      const scene = bench(16, ['ok']);
      takeRows(scene, 2);
      scene.looked(0, 'ok');
      const held = scene.answered(0, 'denied');
      await scene.pass(3_600_000);
      expect([held.came(), scene.probed]).toEqual(['nothing yet', []]);
    });
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
