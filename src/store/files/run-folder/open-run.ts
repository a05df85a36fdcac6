import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { acquireLock, type Lock } from '../lock/lock.ts';
import type { Machine } from '../../../disk/machine.ts';
import type { Clock } from '../../../model/clock.ts';
import { RunError } from '../../../model/run-error.ts';
import type { EndEntry, JobEntry } from '../../journal-line.ts';
import { foldJournal, type JournalState } from '../../journal-state.ts';
import { readJournal } from './read-journal.ts';
import type { RunPaths } from './run-paths.ts';
import { copyInput, identify, type InputIdentity } from './copy-input.ts';
import { copyDamaged, hasLostJournal, journalLost } from './damaged-folder.ts';
import { setAside } from './set-aside.ts';

/** What a run is begun with, or resumed by. */
export interface RunTerms {
  readonly inputName: string;
  /** The input's bytes; absent, the run's own copy is gone on with. */
  readonly inputBytes: AsyncIterable<Uint8Array> | undefined;
  readonly paths: RunPaths;
  /** What decides how rows are read and what is asked of whom; a resume must bring the same. */
  readonly terms: Readonly<Record<string, string>>;
  readonly tool: string;
  readonly restart: boolean;
  /** What this process does, for a second one that finds the lock. */
  readonly purpose: string;
}

export interface RunDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
}

/** A run that is ours alone until it is released. */
export interface OpenRun {
  readonly job: JobEntry;
  readonly state: JournalState;
  /** Ends our hold; a run whose first line was never written leaves nothing behind. */
  readonly release: (begun: boolean) => Promise<void>;
}

/**
 * Opens a new run, or an earlier one to go on with; `end` in its state says that it is finished. `told` hears at once
 * what a restart has set aside.
 */
export async function openRun(
  asked: RunTerms,
  deps: RunDependencies,
  told: (setAside: readonly string[]) => void,
): Promise<OpenRun> {
  const input = asked.inputBytes && (await begunReading(asked.inputBytes));
  try {
    return await open({ ...asked, inputBytes: input?.bytes }, deps, told);
  } finally {
    await input?.close();
  }
}

async function open(
  terms: RunTerms,
  deps: RunDependencies,
  told: (setAside: readonly string[]) => void,
): Promise<OpenRun> {
  const { paths } = terms;
  if (terms.restart) told(await restart(terms, deps));
  const lock = await lockFolder(terms, deps);
  let begun = true;
  try {
    const state = await readState(paths, deps.disk);
    begun = state.job !== undefined;
    if (state.job === undefined) await refuseToReplace(paths, deps.disk);
    if (state.job !== undefined) {
      assertSameTerms(state.job, terms);
      await assertSameInput(state.job, terms, deps.disk);
    }
    const job = state.job ?? (await newJob(terms, deps));
    return { job, state, release: (kept) => release(lock, paths, kept, deps.disk) };
  } catch (error) {
    await release(lock, paths, begun, deps.disk);
    throw error;
  }
}

/**
 * The journal's state; an empty one where there is no journal yet.
 *
 * @throws RunError `state_damaged` where it is lost
 */
export async function readState(paths: RunPaths, disk: Disk): Promise<JournalState> {
  const fold = foldJournal();
  if (await disk.exists(paths.journal)) {
    for await (const { entry, endByte } of readJournal(paths.journal, disk.read(paths.journal)))
      fold.add(entry, endByte);
  }
  const state = fold.state();
  if (state.job === undefined && (await hasLostJournal(paths, disk))) throw journalLost(paths);
  return state;
}

/** Whether a finished run still has the results that it ended with. */
export async function hasResultsOf(end: EndEntry, paths: RunPaths, disk: Disk): Promise<boolean> {
  if (!(await disk.exists(paths.results))) return false;
  return (await identify(paths.results, disk.read(paths.results))).sha256 === end.resultsSha256;
}

interface BegunInput {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Lets the source go where it was not read to its end. */
  readonly close: () => Promise<void>;
}

/** The same bytes, once the first of them were read: an input that can't be is refused before anything is touched. */
async function begunReading(bytes: AsyncIterable<Uint8Array>): Promise<BegunInput> {
  const reading = bytes[Symbol.asyncIterator]();
  const first = await reading.next();
  async function* goOn(): AsyncGenerator<Uint8Array> {
    for (let next = first; next.done !== true; next = await reading.next()) yield next.value;
  }
  return {
    bytes: goOn(),
    close: async () => {
      await reading.return?.();
    },
  };
}

async function restart(terms: RunTerms, deps: RunDependencies): Promise<readonly string[]> {
  if (await deps.disk.exists(terms.paths.folder)) {
    const lock = await lockFolder(terms, deps);
    await lock.release();
  }
  return setAside(terms.paths, new Date(deps.clock.wallMs()), deps.disk);
}

async function lockFolder(
  { paths, purpose }: RunTerms,
  { disk, machine, clock }: RunDependencies,
): Promise<Lock> {
  try {
    await disk.makeFolder(paths.folder);
    return await acquireLock(
      paths.lock,
      { purpose, refusal: 'run_held' },
      { disk, machine, wallMs: clock.wallMs },
    );
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunError(
      'output_unwritable',
      `The run's folder ${paths.folder} could not be made: ${reasonOf(error)}.`,
      { code: 'name_writable_output' },
      error,
    );
  }
}

async function release(lock: Lock, paths: RunPaths, begun: boolean, disk: Disk): Promise<void> {
  if (!begun) {
    // The folder may hold what is not ours: only what this process made is removed.
    for (const file of [paths.journal, paths.partialResults, paths.inputCopy]) await disk.remove(file);
  }
  await lock.release();
  if (!begun) await disk.removeEmptyFolder(paths.folder);
}

async function newJob(terms: RunTerms, { disk, clock }: RunDependencies): Promise<JobEntry> {
  const { inputName, inputBytes, paths } = terms;
  if (inputBytes === undefined) {
    throw new RunError('input_unreadable', `There is no run in ${paths.folder} to go on with.`, {
      code: 'begin_without_copy',
    });
  }
  const input = await copyInput(inputName, inputBytes, paths.inputCopy, disk);
  const at = new Date(clock.wallMs()).toISOString();
  return {
    t: 'job',
    version: 1,
    id: randomUUID(),
    tool: terms.tool,
    input,
    results: basename(paths.results),
    terms: terms.terms,
    at,
  };
}

function assertSameTerms(job: JobEntry, { terms, paths }: RunTerms): void {
  const names = new Set([...Object.keys(job.terms), ...Object.keys(terms)]);
  for (const name of names) {
    const [before, now] = [job.terms[name] ?? 'none', terms[name] ?? 'none'];
    if (before === now) continue;
    throw new RunError(
      'usage',
      `The run in ${paths.folder} was begun with ${name} ${before}, and this command says ${now}.`,
      { code: 'keep_options' },
    );
  }
}

async function assertSameInput(
  job: JobEntry,
  { inputName, inputBytes, paths }: RunTerms,
  disk: Disk,
): Promise<void> {
  if (!(await disk.exists(paths.inputCopy))) throw copyDamaged(paths, 'is gone');
  const copy = await identify(inputName, disk.read(paths.inputCopy));
  if (copy.sha256 !== job.input.sha256) throw copyDamaged(paths, 'was changed');
  if (inputBytes === undefined) return;
  const now = await identify(inputName, inputBytes);
  if (now.sha256 !== job.input.sha256) throw inputChanged(job.input, now, paths);
}

function inputChanged(before: InputIdentity, now: InputIdentity, paths: RunPaths): RunError {
  return new RunError(
    'input_changed',
    `${now.name} has changed since its run in ${paths.folder} was begun (${before.bytes} bytes then, ${now.bytes} now).`,
    { code: 'use_copy_or_begin_again' },
  );
}

/** What a new run would give its names to is not there yet. */
async function refuseToReplace(paths: RunPaths, disk: Disk): Promise<void> {
  for (const path of [paths.results, paths.summary]) {
    if (!(await disk.exists(path))) continue;
    throw new RunError('results_exist', `${path} exists already, and no run of oppsweep stands beside it.`, {
      code: 'name_other_results',
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
