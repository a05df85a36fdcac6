import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QUOTA_DAY_MS } from '../../src/model/quota/quota-day.ts';
import { memoryQuota } from '../../src/store/memory/memory-quotas.ts';
import type { RunLease } from '../../src/store/run-store.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';
import { doneEntry, tryEntry } from '../results/samples.ts';
import { textWith } from '../text-with.ts';
import { entriesOf, SESSION, summaryOf, termsOf, textOf, told, type RunStage } from './run-store.ts';

/** What every home of runs promises to who holds one. */
export function describeRunLease(name: string, setUp: (clock: VirtualClock) => Promise<RunStage>): void {
  async function stage(): Promise<RunStage & { readonly clock: VirtualClock; readonly lease: RunLease }> {
    const clock = createVirtualClock();
    const scene = await setUp(clock);
    const lease = await scene.store.open(termsOf(scene.name), told);
    await lease.begin(SESSION, memoryQuota(clock));
    return { clock, ...scene, lease };
  }
  /** As another process finds them. */
  async function kindsIn({ another, name: run }: RunStage): Promise<readonly string[] | undefined> {
    const record = await another().record(run);
    return record && (await entriesOf(record)).map(({ t }) => t);
  }
  const changed = ({ takenOver }: RunStage): object => ({
    name: 'RunError',
    code: takenOver ?? 'results_unwritable',
    message: textWith(takenOver === undefined ? 'something else changed it' : 'taken over'),
  });

  describe(`the lease of a run, ${name}`, () => {
    it('has an entry written once its append resolves, with all that was noted before', async () => {
      const scene = await stage();
      scene.lease.note(tryEntry(0));
      await scene.lease.append(tryEntry(1));
      expect(await kindsIn(scene)).toEqual(['job', 'session', 'try', 'try']);
      scene.lease.note(doneEntry(0));
      await scene.lease.flush();
      expect(await kindsIn(scene)).toEqual(['job', 'session', 'try', 'try', 'done']);
      await scene.lease.release();
    });

    it('tells the rows so far as whoever looks at the run finds them', async () => {
      const scene = await stage();
      await scene.lease.claim(tryEntry(0), 2);
      await scene.lease.claim(tryEntry(1), 2);
      await scene.lease.append(doneEntry(1));
      const { settled, unsettled, chain } = await scene.lease.soFar();
      expect([settled.rows, [...unsettled.keys()]]).toEqual([1, [0]]);
      const record = await scene.another().record(scene.name);
      expect(record?.state).toMatchObject({ settled, unsettled });
      expect(record?.found.chain).toEqual(chain);
      await scene.lease.release();
    });

    it('tells whoever looks what its rows wait for, until they go on or another session begins', async () => {
      const scene = await stage();
      const awaitedBy = async (): Promise<unknown> =>
        (await scene.another().record(scene.name, 'newest mark'))?.recent.awaited;
      const awaited = { what: 'service', sinceMs: 7, untilMs: 900_007 } as const;
      await scene.lease.append({ t: 'wait', at: 7, awaited });
      expect(await awaitedBy()).toEqual(awaited);
      await scene.lease.append({ t: 'wait', at: 8 });
      expect(await awaitedBy()).toBeUndefined();
      const signIn = { what: 'sign-in', sinceMs: 9 } as const;
      await scene.lease.append({ t: 'wait', at: 9, awaited: signIn });
      await scene.lease.release();
      expect(await awaitedBy()).toEqual(signIn);
      const again = await scene.another().open(termsOf(scene.name), told);
      await again.begin(SESSION, memoryQuota(scene.clock));
      expect(await awaitedBy()).toBeUndefined();
      await again.release();
    });

    it('claims a write: its note is written once it is `noted`, and the day has counted it', async () => {
      const scene = await stage();
      expect(await scene.lease.claim(tryEntry(0), 2)).toBe('noted');
      expect(await kindsIn(scene)).toEqual(['job', 'session', 'try']);
      await scene.lease.release();
    });

    it('keeps which call of a row a claim was for, and why the old entity had to come back', async () => {
      const scene = await stage();
      const refusal = { kind: 'refused', exception: 'ValidationException', message: 'A draft.' } as const;
      const part = { kind: 'restore', refusal } as const;
      await scene.lease.claim(tryEntry(0, { part, n: 3 }), 2);
      await scene.lease.release();
      const again = await scene.another().open(termsOf(scene.name), told);
      expect(again.state.unsettled.get(0)?.part).toEqual(part);
      await again.release();
    });

    it('claims no more than the day has room for, side by side too, and notes nothing of the others', async () => {
      const scene = await stage();
      const claims = [0, 1, 2, 3, 4].map((ordinal) => scene.lease.claim(tryEntry(ordinal), 3));
      const answers = await Promise.all(claims);
      expect(answers.filter((answer) => answer === 'noted')).toHaveLength(3);
      expect(answers.at(-1)).toEqual({ waitMs: QUOTA_DAY_MS, why: 'daily_quota' });
      expect(await kindsIn(scene)).toEqual(['job', 'session', 'try', 'try', 'try']);
      await scene.lease.release();
    });

    it('keeps the day’s count over sessions of the run on one account', async () => {
      const clock = createVirtualClock();
      const scene = await setUp(clock);
      const quota = memoryQuota(clock);
      const answers: unknown[] = [];
      for (const ordinal of [0, 1, 2]) {
        const lease = await scene.another().open(termsOf(scene.name), told);
        await lease.begin(SESSION, quota);
        answers.push(await lease.claim(tryEntry(ordinal), 2));
        await lease.release();
        clock.advance(3_600_000);
      }
      expect(answers).toEqual(['noted', 'noted', { waitMs: QUOTA_DAY_MS - 7_200_000, why: 'daily_quota' }]);
    });

    it('can neither record nor claim once another has written to the run, and leaves that as it is', async () => {
      const scene = await stage();
      await scene.lease.append(tryEntry(0));
      const sink = await scene.lease.results();
      await sink.finish();
      await sink.close();
      await scene.intrude({ ...SESSION, at: 'later' });
      const before = await kindsIn(scene);
      await expect(scene.lease.claim(tryEntry(1), 10)).rejects.toMatchObject(changed(scene));
      await expect(scene.lease.append(doneEntry(0))).rejects.toMatchObject(changed(scene));
      await expect(scene.lease.publish(summaryOf(scene.lease, 'ab'))).rejects.toMatchObject(changed(scene));
      expect(await kindsIn(scene)).toEqual(before);
      expect(await (await scene.store.record(scene.name))?.publishedResults()).toBeUndefined();
      await scene.lease.release();
    });

    it('publishes the results whole, with their summary, and only then ends the journal', async () => {
      const scene = await stage();
      const sink = await scene.lease.results();
      await sink.write('row,status\n');
      await sink.write('2,dïsassociated\n');
      const sha256 = await sink.finish();
      await sink.close();
      const text = 'row,status\n2,dïsassociated\n';
      expect(await textOf(await (await scene.another().record(scene.name))?.resultsSoFar())).toBe(text);
      expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
      const running = await scene.another().record(scene.name);
      expect([await running?.publishedResults(), await running?.publishedSummary()]).toEqual([
        undefined,
        undefined,
      ]);

      const summary = summaryOf(scene.lease, sha256);
      await scene.lease.publish(summary);
      const record = await scene.another().record(scene.name);
      expect(await textOf(await record?.publishedResults())).toBe(text);
      expect(JSON.parse((await record?.publishedSummary()) ?? '')).toEqual(summary);
      expect(record?.state.end).toMatchObject({ resultsSha256: sha256, tally: summary.counts });
      await scene.lease.release();
    });

    it('begins the results anew in each session', async () => {
      const scene = await stage();
      for (const text of ['of the first session, which was longer', 'of the second']) {
        const sink = await scene.lease.results();
        await sink.write(text);
        await sink.finish();
        await sink.close();
      }
      await scene.lease.publish(summaryOf(scene.lease, 'ab'));
      expect(await textOf(await scene.lease.publishedResults())).toBe('of the second');
      await scene.lease.release();
    });

    it('goes on after its end where the results are to be published again', async () => {
      const scene = await stage();
      const first = await scene.lease.results();
      await first.write('at first');
      const sha256 = await first.finish();
      await first.close();
      await scene.lease.publish(summaryOf(scene.lease, sha256));
      await scene.lease.release();
      const again = await scene.another().open(termsOf(scene.name), told);
      expect(again.state.end).toMatchObject({ resultsSha256: sha256 });
      await again.begin(SESSION, memoryQuota(scene.clock));
      const sink = await again.results();
      await sink.write('again');
      await sink.finish();
      await sink.close();
      await again.publish(summaryOf(again, 'cd'));
      expect((await scene.store.record(scene.name))?.state.end).toMatchObject({ resultsSha256: 'cd' });
      await again.release();
    });

    it('can be let go of twice, and never rejects for it', async () => {
      const scene = await stage();
      await scene.lease.release();
      await scene.lease.release();
      const next = await scene.another().open(termsOf(scene.name), told);
      await scene.lease.release();
      await expect(scene.store.open(termsOf(scene.name), told)).rejects.toMatchObject({ code: 'run_held' });
      await next.release();
    });
  });
}
