import type { Disk } from '../../../disk/disk.ts';
import { foldChain, type ChainFound } from '../../journal-chain.ts';
import { decodeLine, type JobEntry, type JournalEntry } from '../../journal-line.ts';
import type { JournalState } from '../../journal-state.ts';
import { gatherWritesBack } from '../../recent-events.ts';
import type { RunContents, RunPlaces } from '../../run-store.ts';
import { copyDamaged } from './damaged-folder.ts';
import { linesBack } from '../../journal/lines-back.ts';
import { readJournal } from '../../journal/read-journal.ts';
import type { FoundState } from './read-state.ts';
import type { RunPaths } from './run-paths.ts';

export interface FoundRun extends Pick<FoundState, 'state' | 'mark' | 'found' | 'soundBytes'> {
  readonly paths: RunPaths;
  readonly job: JobEntry;
  /** The copy of its input; in its folder under its own name, if absent. */
  readonly inputCopy?: () => string;
  /** Whether results, summary and results so far are this run's; they are, if absent. */
  readonly isInPlace?: () => boolean;
}

/** The contents of a run's folder, read from its files whenever they are asked for. */
export function folderContents(run: FoundRun, disk: Disk): RunContents {
  const { paths, job, state, mark, found, soundBytes } = run;
  const { inputCopy = () => paths.inputCopy, isInPlace = () => true } = run;
  const ownFile = async (path: string): Promise<AsyncIterable<Uint8Array> | undefined> =>
    isInPlace() && (await disk.exists(path)) ? disk.read(path) : undefined;
  return {
    job,
    state,
    found,
    marked: mark?.kept,
    places: placesOf(paths),
    input: () => readCopy({ ...paths, inputCopy: inputCopy() }, disk),
    entries: () => entriesUpTo(soundBytes, paths, disk),
    newestWrites: () => newestWrites(state, paths, disk),
    publishedResults: () => ownFile(paths.results),
    resultsSoFar: () => ownFile(paths.partialResults),
    checkChain: (at) => checkChain(paths, disk, at),
    publishedSummary: async () => (isInPlace() ? textOf(await disk.readWhole(paths.summary)) : undefined),
  };
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('utf8');
}

export function placesOf({ results, summary, folder, inputCopy, partialResults }: RunPaths): RunPlaces {
  return { results, summary, folder, inputCopy, partialResults };
}

async function* readCopy(paths: RunPaths, disk: Disk): AsyncGenerator<Uint8Array> {
  if (!(await disk.exists(paths.inputCopy))) throw copyDamaged(paths, 'is gone');
  yield* disk.read(paths.inputCopy);
}

/** Lines appended behind `soundBytes` are of the session that reads here. */
async function* entriesUpTo(soundBytes: number, paths: RunPaths, disk: Disk): AsyncGenerator<JournalEntry> {
  if (soundBytes === 0) return;
  for await (const { entry, endByte } of readJournal(paths.journal, disk.read(paths.journal))) {
    yield entry;
    if (endByte >= soundBytes) return;
  }
}

async function newestWrites(
  { writes }: JournalState,
  { journal }: RunPaths,
  disk: Disk,
): Promise<readonly number[]> {
  const found = gatherWritesBack(writes);
  if (!(await disk.exists(journal))) return [];
  for await (const { bytes } of linesBack(disk.readBack(journal))) {
    const entry = decodeLine(bytes.toString('utf8'));
    if (entry !== undefined && !found.add(entry)) break;
  }
  return found.timesMs();
}

async function checkChain(paths: RunPaths, disk: Disk, at?: number): Promise<ChainFound> {
  const fold = foldChain(at);
  for await (const { line } of readJournal(paths.journal, disk.read(paths.journal))) fold.add(line);
  return fold.found();
}
