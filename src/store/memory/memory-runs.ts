import type { Clock } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import { beginReading, identify } from '../input-bytes.ts';
import type { Holder } from '../holder.ts';
import type { RunLease, RunPlaces, RunRecord, RunStore, RunTerms } from '../run-store.ts';
import { assertSameInput, assertSameTerms, newJob, nothingToGoOnWith } from '../same-run.ts';
import { contentsOf, leaseOf } from './memory-lease.ts';
import type { MemoryRun } from './memory-run.ts';

/** Runs that end with this process: for tests, and for callers who want no files. `kept` holds them, by their names. */
export function memoryRuns(clock: Pick<Clock, 'wallMs'>, kept: Map<string, MemoryRun> = new Map()): RunStore {
  const opening = new Map<string, Holder>();
  const openHeld = async (
    terms: RunTerms,
    told: (setAside: readonly string[]) => void,
  ): Promise<RunLease> => {
    const { name } = terms;
    const found = kept.get(name);
    assertFree(opening.get(name) ?? found?.holder);
    const holder = holderOf(terms, clock);
    opening.set(name, holder);
    try {
      const earlier = terms.restart ? found : undefined;
      const run = await openRun(terms, earlier === undefined ? found : undefined, clock);
      run.holder = holder;
      // It stays as it is until the new one begins, and holds the name until then.
      if (earlier === undefined) kept.set(name, run);
      else earlier.holder = holder;
      return leaseOf(run, placesOf(name), {
        takePlace: () => {
          if (earlier !== undefined) told([setAside(name, earlier, { kept, clock })]);
          kept.set(name, run);
        },
        letGo: (begun) => {
          if (earlier !== undefined) earlier.holder = undefined;
          else if (!begun) kept.delete(name);
        },
      });
    } finally {
      opening.delete(name);
    }
  };
  return {
    open: async (asked, told) => {
      const input = asked.inputBytes && (await beginReading(asked.inputBytes));
      try {
        return await openHeld({ ...asked, inputBytes: input?.bytes }, told);
      } finally {
        await input?.close();
      }
    },
    record: async (name) => {
      const run = kept.get(name);
      return run === undefined || run.journal.length === 0 ? undefined : recordOf(run, name, clock);
    },
    holder: async (name) => opening.get(name) ?? kept.get(name)?.holder,
    list: async () => [...kept].filter(([, run]) => run.journal.length > 0).map(([name]) => name),
    beside: async ({ is }) =>
      [...kept]
        .filter(([, run]) => run.journal.length > 0 && is(run.job))
        .map(([name, run]) => recordOf(run, name, clock)),
    find: async (meant) => meant,
    isOutput: async (path) => kept.has(path),
    places: placesOf,
  };
}

function placesOf(name: string): RunPlaces {
  const part = (what: string): string => `${name} (${what}, in memory)`;
  return {
    results: name,
    summary: part('summary'),
    folder: part('run'),
    inputCopy: part('input'),
    partialResults: part('results so far'),
  };
}

/** Gives its new name. */
function setAside(name: string, earlier: MemoryRun, { kept, clock }: Shelf): string {
  const aside = `${name} of ${new Date(clock.wallMs()).toISOString()}`;
  earlier.holder = undefined;
  kept.set(aside, earlier);
  return aside;
}

interface Shelf {
  readonly kept: Map<string, MemoryRun>;
  readonly clock: Pick<Clock, 'wallMs'>;
}

async function openRun(
  terms: RunTerms,
  found: MemoryRun | undefined,
  clock: Pick<Clock, 'wallMs'>,
): Promise<MemoryRun> {
  const { name, inputName, inputBytes } = terms;
  const { folder } = placesOf(name);
  if (found !== undefined) {
    assertSameTerms(found.job, terms, folder);
    if (inputBytes !== undefined) assertSameInput(found.job, await identify(inputName, inputBytes), folder);
    return found;
  }
  if (inputBytes === undefined) throw nothingToGoOnWith(folder);
  const input: Uint8Array[] = [];
  for await (const piece of inputBytes) input.push(Uint8Array.from(piece));
  const job = newJob(terms, await identify(inputName, each(input)), name, clock.wallMs());
  return {
    job,
    input,
    journal: [],
    partialResults: [],
    results: undefined,
    summary: undefined,
    holder: undefined,
  };
}

async function* each(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function assertFree(holder: Holder | undefined): void {
  if (holder === undefined) return;
  const { since, purpose } = holder;
  throw new RunError('run_held', `This run is held by this process since ${since} (${purpose}).`);
}

function holderOf({ purpose }: RunTerms, clock: Pick<Clock, 'wallMs'>): Holder {
  return {
    host: 'this process',
    pid: process.pid,
    since: new Date(clock.wallMs()).toISOString(),
    purpose,
  };
}

function recordOf(run: MemoryRun, name: string, { wallMs }: Pick<Clock, 'wallMs'>): RunRecord {
  const contents = contentsOf(run, placesOf(name));
  return {
    ...contents,
    recent: contents.state.recent,
    holder: run.holder,
    writes: async () => ({ nowMs: wallMs, times: [], holder: undefined }),
  };
}
