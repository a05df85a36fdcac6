import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memoryQuota } from '../../src/store/memory/memory-quotas.ts';
import type { RunLease } from '../../src/store/run-store.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';
import { doneEntry, tryEntry } from '../results/samples.ts';
import { entriesOf, SESSION, termsOf, textOf, told, type RunStage } from './run-store.ts';

const LINES = ['header\n', 'row 0\n', 'row 1\n', 'row 2\n'];

/** What every home of runs promises of marks. */
export function describeRunMarks(name: string, setUp: (clock: VirtualClock) => Promise<RunStage>): void {
  async function openAgain(scene: RunStage): Promise<RunLease> {
    const lease = await scene.another().open(termsOf(scene.name), told);
    await lease.begin(SESSION, memoryQuota(createVirtualClock()));
    return lease;
  }

  /** A session that settles rows 0 to 2 and is cut off: row 1 last, and marks behind rows 0 and 1. */
  async function cutOff(): Promise<RunStage> {
    const scene = await setUp(createVirtualClock());
    const lease = await openAgain(scene);
    const sink = await lease.results();
    await sink.write(LINES[0] ?? '');
    for (const [rows, ordinal] of [0, 2, 1].entries()) {
      await lease.append({ t: 'wait', at: ordinal, awaited: { what: 'sign-in', sinceMs: ordinal } });
      await lease.append(tryEntry(ordinal));
      await lease.append(doneEntry(ordinal));
      if (rows === 1) continue;
      await sink.write(LINES[ordinal + 1] ?? '');
      expect(
        lease.mark({ rows: ordinal + 1, results: sink.soFar(), kept: { rows: ordinal + 1 } }),
      ).toBeGreaterThan(0);
    }
    await sink.write(LINES[3] ?? '');
    await lease.append(tryEntry(3));
    await sink.close();
    await lease.release();
    return scene;
  }

  const ordinalsIn = async (lease: Pick<RunLease, 'entries'>): Promise<readonly number[]> =>
    (await entriesOf(lease)).flatMap((entry) => (entry.t === 'done' ? [entry.ordinal] : []));

  describe(`marks of a run, ${name}`, () => {
    it('tell the same as the whole journal', async () => {
      const scene = await cutOff();
      const lease = await scene.another().open(termsOf(scene.name), told);
      const record = await scene.store.record(scene.name);
      expect(lease.state).toEqual(record?.state);
      const atMark = await scene.store.record(scene.name, 'newest mark');
      expect(atMark?.state).toEqual(record?.state);
      expect(atMark?.recent).toEqual(record?.recent);
      expect(atMark?.recent.awaited).toEqual({ what: 'sign-in', sinceMs: 1 });
      expect(atMark?.marked).toEqual({ rows: 2 });
      expect(lease.found).toEqual(record?.found);
      expect(lease.state.settled.rows).toBe(3);
      expect([...lease.state.unsettled.keys()]).toEqual([3]);
      await lease.release();
    });

    it('are gone on from: the results have the rows of the newest, and the journal tells of those behind', async () => {
      const scene = await cutOff();
      const lease = await openAgain(scene);
      const resumed = await lease.resume(() => true);
      expect(resumed).toMatchObject({ rows: 2, kept: { rows: 2 } });
      expect(resumed && (await ordinalsIn(resumed))).toEqual([2]);
      expect(await textOf(await lease.resultsSoFar())).toBe(LINES.slice(0, 3).join(''));
      await resumed?.results.write('another row 2\n');
      const whole = `${LINES.slice(0, 3).join('')}another row 2\n`;
      expect(await resumed?.results.finish()).toBe(createHash('sha256').update(whole).digest('hex'));
      await resumed?.results.close();
      expect(await textOf(await lease.resultsSoFar())).toBe(whole);
      await lease.release();
    });

    it('are passed over where they don’t fit, for older ones', async () => {
      const scene = await cutOff();
      const lease = await openAgain(scene);
      const resumed = await lease.resume(({ rows }) => rows === 1);
      expect(resumed).toMatchObject({ rows: 1 });
      expect(resumed && (await ordinalsIn(resumed))).toEqual([2, 1]);
      expect(resumed?.results.soFar().bytes).toBe(LINES.slice(0, 2).join('').length);
      await resumed?.results.close();
      expect(await lease.resume(() => false)).toBeUndefined();
      await lease.release();
    });

    it('hold only for the results that they were made for', async () => {
      const scene = await cutOff();
      const lease = await openAgain(scene);
      const sink = await lease.results();
      await sink.write(`${LINES.slice(0, 2).join('')}rov 1\nrow 2\n`);
      await sink.close();
      const older = await lease.resume(() => true);
      expect(older?.rows).toBe(1);
      await older?.results.close();
      const other = await lease.results();
      await other.write('another header\n');
      await other.close();
      expect(await lease.resume(() => true)).toBeUndefined();
      expect(await ordinalsIn(lease)).toEqual([0, 2, 1]);
      await lease.release();
    });
  });
}
