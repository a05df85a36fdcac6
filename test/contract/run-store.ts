import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/model/clock.ts';
import { RunError, type RunErrorCode } from '../../src/model/run-error.ts';
import { memoryQuota } from '../../src/store/memory/memory-quotas.ts';
import type { JobEntry, JournalEntry } from '../../src/store/journal-line.ts';
import type { RunLease, RunStore, RunTerms, SessionStart } from '../../src/store/run-store.ts';
import { summarise, type Summary } from '../../src/store/summary.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';
import { doneEntry, tryEntry } from '../results/samples.ts';
import { textWith } from '../text-with.ts';

/** A home of runs, and a name that it can give one. `another`: the same home, as another process finds it. */
export interface RunStage {
  readonly store: RunStore;
  readonly another: () => RunStore;
  readonly name: string;
  /** Writes an entry to the run's journal as somebody would who took the run over. */
  readonly intrude: (entry: JournalEntry) => Promise<void>;
  /** The code by which who was taken over is refused; a home that has no better word has `results_unwritable`. */
  readonly takenOver?: RunErrorCode;
}

export const INPUT = 'Opportunity ID,Entity\nO0,S-0000000\nO1,S-0000001\n';

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  for (const piece of text.match(/[^]{1,20}/g) ?? []) yield Buffer.from(piece);
}

export async function textOf(bytes: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> {
  if (bytes === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

export async function entriesOf({ entries }: Pick<RunLease, 'entries'>): Promise<readonly JournalEntry[]> {
  const found: JournalEntry[] = [];
  for await (const entry of entries()) found.push(entry);
  return found;
}

export function termsOf(
  name: string,
  changes: Partial<RunTerms> & { readonly input?: string } = {},
): RunTerms {
  const { input = INPUT, ...rest } = changes;
  return {
    name,
    inputName: 'people.csv',
    inputBytes: bytesOf(input),
    terms: { command: 'disassociate', catalog: 'Sandbox' },
    tool: 'oppsweep 0.0.0',
    restart: false,
    purpose: 'oppsweep disassociate people.csv',
    ...rest,
  };
}

export const SESSION: SessionStart = {
  t: 'session',
  at: '2025-01-31T12:00:00.000Z',
  callsPerSecond: 1,
  callsPerDay: 100,
};

/** For tests in which it does not matter what was set aside. */
export const told = (): undefined => undefined;

/** A session of the run: what it notes is durable once it has ended. */
export async function session(
  { store, name }: RunStage,
  clock: Clock,
  ...entries: readonly JournalEntry[]
): Promise<void> {
  const lease = await store.open(termsOf(name), told);
  await lease.begin(SESSION, memoryQuota(clock));
  for (const entry of entries) lease.note(entry);
  await lease.flush();
  await lease.release();
}

export function summaryOf({ job, places }: RunLease, sha256: string): Summary {
  return summarise(job, {
    command: 'disassociate',
    catalog: 'Sandbox',
    endpoint: 'emulator',
    results: { name: places.results, sha256 },
    counts: { rows: 2, byStatus: { disassociated: 2 }, byException: {}, attempts: 2 },
    sessions: [],
    finishedAt: '2025-01-31T13:00:00.000Z',
  });
}

const refusal = (code: string, message: string | RegExp): object => ({
  name: 'RunError',
  code,
  message: textWith(message),
});

/** What every home of runs promises of opening them, and of looking at them. */
export function describeRunStore(name: string, setUp: (clock: VirtualClock) => Promise<RunStage>): void {
  async function stage(): Promise<RunStage & { readonly clock: VirtualClock }> {
    const clock = createVirtualClock();
    return { clock, ...(await setUp(clock)) };
  }

  describe(`a store of runs, ${name}`, () => {
    it('begins a run, with a copy of its input, and finds it again as it was left', async () => {
      const scene = await stage();
      const begun = await scene.store.open(termsOf(scene.name), told);
      expect(begun.job).toMatchObject({
        t: 'job',
        tool: 'oppsweep 0.0.0',
        input: { name: 'people.csv', bytes: INPUT.length },
        terms: { command: 'disassociate', catalog: 'Sandbox' },
      });
      expect(begun.state.job).toBeUndefined();
      const looking = scene.another();
      expect(await looking.record(scene.name)).toBeUndefined();
      expect(await looking.holder(scene.name)).toMatchObject({ purpose: termsOf(scene.name).purpose });
      await begun.begin(SESSION, memoryQuota(scene.clock));
      await begun.append(tryEntry(0));
      await begun.append({ t: 'stop', code: 'limit_reached', message: 'Done.', at: '' });
      await begun.release();
      expect(await looking.holder(scene.name)).toBeUndefined();

      const again = await scene.another().open(termsOf(scene.name), told);
      expect(again.job).toEqual(begun.job);
      expect(again.state.stop).toMatchObject({ code: 'limit_reached', message: 'Done.' });
      expect(again.state.session).toMatchObject(SESSION);
      expect([...again.state.unsettled.keys()]).toEqual([0]);
      expect(await textOf(again.input())).toBe(INPUT);
      await again.release();
    });

    it('gives the entries in their order, and none of those that this session writes', async () => {
      const scene = await stage();
      await session(scene, scene.clock, tryEntry(0), tryEntry(1), doneEntry(1), doneEntry(0));
      const lease = await scene.store.open(termsOf(scene.name), told);
      await lease.begin(SESSION, memoryQuota(scene.clock));
      await lease.append(tryEntry(2));
      const kinds = (await entriesOf(lease)).map((entry) =>
        'ordinal' in entry ? `${entry.t} ${entry.ordinal}` : entry.t,
      );
      expect(kinds).toEqual(['job', 'session', 'try 0', 'try 1', 'done 1', 'done 0']);
      await lease.release();
    });

    it('goes on from the run’s own copy where no input is given, and refuses to where there is no run', async () => {
      const scene = await stage();
      const opening = scene.store.open(termsOf(scene.name, { inputBytes: undefined }), told);
      await expect(opening).rejects.toMatchObject(refusal('input_unreadable', 'no run in'));
      await session(scene, scene.clock);
      const lease = await scene.store.open(termsOf(scene.name, { inputBytes: undefined }), told);
      expect(await textOf(lease.input())).toBe(INPUT);
      await lease.release();
    });

    it.each([
      [
        'another value',
        { command: 'disassociate', catalog: 'AWS' },
        'catalog Sandbox, and this command says AWS',
      ],
      ['one more', { command: 'disassociate', catalog: 'Sandbox', split: 'true' }, 'split none'],
      ['one less', { command: 'disassociate' }, 'this command says none'],
    ])('refuses to go on with other terms: %s', async (_what, terms, message) => {
      const scene = await stage();
      await session(scene, scene.clock);
      const opening = scene.store.open(termsOf(scene.name, { terms }), told);
      await expect(opening).rejects.toMatchObject(refusal('usage', message));
    });

    it('refuses to go on with another input', async () => {
      const scene = await stage();
      await session(scene, scene.clock);
      const opening = scene.store.open(termsOf(scene.name, { input: `${INPUT}O2,S-0000002\n` }), told);
      await expect(opening).rejects.toMatchObject(refusal('input_changed', 'people.csv has changed'));
      await (await scene.store.open(termsOf(scene.name), told)).release();
    });

    it('refuses an input that can’t be read before it touches anything', async () => {
      const scene = await stage();
      await session(scene, scene.clock, tryEntry(0));
      const failure = new RunError('input_unreadable', 'Gone.');
      const inputBytes = (async function* failing(): AsyncGenerator<Uint8Array> {
        yield* [];
        throw failure;
      })();
      const opening = scene.store.open(termsOf(scene.name, { inputBytes, restart: true }), told);
      await expect(opening).rejects.toBe(failure);
      expect((await scene.store.record(scene.name))?.state.unsettled.size).toBe(1);
    });

    it('keeps nothing of a run that was let go before its first line', async () => {
      const scene = await stage();
      await (await scene.store.open(termsOf(scene.name), told)).release();
      expect(await scene.store.record(scene.name)).toBeUndefined();
      const lease = await scene.store.open(termsOf(scene.name, { input: 'other', terms: {} }), told);
      expect(lease.state.job).toBeUndefined();
      await lease.release();
    });

    it('has a run held by one process at a time, and tells who comes second whose it is', async () => {
      const scene = await stage();
      const held = await scene.store.open(termsOf(scene.name), told);
      for (const restart of [false, true]) {
        await expect(scene.another().open(termsOf(scene.name, { restart }), told)).rejects.toMatchObject(
          refusal('run_held', '(oppsweep disassociate people.csv)'),
        );
      }
      await held.release();
      await (await scene.another().open(termsOf(scene.name), told)).release();
    });

    it('lists the runs that stand beside one, by what their first lines say', async () => {
      const scene = await stage();
      await session(scene, scene.clock, doneEntry(0));
      const store = scene.another();
      const isOf = (command: string) => (job: JobEntry) => job.terms['command'] === command;
      expect(await store.beside({ name: scene.name, is: isOf('undo') })).toEqual([]);
      const found = await store.beside({ name: scene.name, is: isOf('disassociate') });
      expect(found.map(({ job }) => job.input.name)).toEqual(['people.csv']);
    });

    it('tells of a run whether it is held or not: its entries, its holder, its newest faults', async () => {
      const scene = await stage();
      expect(await scene.store.record(scene.name)).toBeUndefined();
      const lease = await scene.store.open(termsOf(scene.name), told);
      await lease.begin(SESSION, memoryQuota(scene.clock));
      const fault = { kind: 'throttled', exception: 'ThrottlingException' } as const;
      await lease.append(tryEntry(0));
      await lease.append({ t: 'answer', ordinal: 0, n: 1, at: 5, fault });
      const running = await scene.another().record(scene.name);
      expect(running).toMatchObject({
        job: lease.job,
        holder: { purpose: 'oppsweep disassociate people.csv' },
        recent: { faults: [{ atMs: 5, exception: 'ThrottlingException' }] },
      });
      await lease.release();
      const stopped = await scene.another().record(scene.name);
      expect(stopped?.holder).toBeUndefined();
      expect(stopped && (await entriesOf(stopped))).toHaveLength(4);
      expect(await textOf(stopped?.input())).toBe(INPUT);
    });
  });
}
