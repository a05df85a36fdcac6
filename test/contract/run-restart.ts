import { describe, expect, it } from 'vitest';
import { memoryQuota } from '../../src/store/memory/memory-quotas.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';
import { doneEntry, tryEntry } from '../results/samples.ts';
import { INPUT, session, SESSION, termsOf, textOf, told, type RunStage } from './run-store.ts';

/** What every home of runs promises of one that is begun anew. */
export function describeRunRestart(name: string, setUp: (clock: VirtualClock) => Promise<RunStage>): void {
  async function stage(): Promise<RunStage & { readonly clock: VirtualClock }> {
    const clock = createVirtualClock();
    return { clock, ...(await setUp(clock)) };
  }

  describe(`a run that is begun anew, ${name}`, () => {
    it('sets an earlier run aside once one is begun anew, says so, and keeps it', async () => {
      const scene = await stage();
      await session(scene, scene.clock, tryEntry(0), doneEntry(0));
      const before = await scene.store.record(scene.name);
      const names: string[] = [];
      const terms = termsOf(scene.name, { restart: true, input: 'other', terms: {} });
      const lease = await scene.store.open(terms, (aside) => void names.push(...aside));
      expect(names).toEqual([]);
      expect(await textOf(lease.input())).toBe('other');
      await lease.begin(SESSION, memoryQuota(scene.clock));
      expect(names.length).toBeGreaterThan(0);
      expect(lease.job.id).not.toBe(before?.job.id);
      expect(lease.state.settled.rows).toBe(0);
      expect(await textOf(lease.input())).toBe('other');
      await lease.release();
      expect((await scene.another().record(scene.name))?.job.id).toBe(lease.job.id);
    });

    it('leaves an earlier run as it was where the one that was to take its place never begins', async () => {
      const scene = await stage();
      await session(scene, scene.clock, tryEntry(0), doneEntry(0));
      const before = await scene.store.record(scene.name);
      const names: string[] = [];
      const terms = termsOf(scene.name, { restart: true, input: 'other', terms: {} });
      const lease = await scene.store.open(terms, (aside) => void names.push(...aside));
      await expect(scene.another().open(termsOf(scene.name), told)).rejects.toMatchObject({
        code: 'run_held',
      });
      await lease.release();
      expect(names).toEqual([]);
      const after = await scene.another().record(scene.name);
      expect(after?.job.id).toBe(before?.job.id);
      expect(after?.holder).toBeUndefined();
      expect(await textOf(after?.input())).toBe(INPUT);
      await (await scene.another().open(termsOf(scene.name), told)).release();
    });
  });
}
