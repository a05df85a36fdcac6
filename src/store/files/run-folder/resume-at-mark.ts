import { createHash, type Hash } from 'node:crypto';
import type { Disk } from '../../../disk/disk.ts';
import { RunError } from '../../../model/run-error.ts';
import { foldChain } from '../../journal-chain.ts';
import type { JournalEntry, KeptMembers } from '../../journal-line.ts';
import type { RunContents, Resumed } from '../../run-store.ts';
import { linesBack } from '../../journal/lines-back.ts';
import { marksBack, type PlacedMark } from '../../journal/marks-back.ts';
import { readJournal } from '../../journal/read-journal.ts';
import type { OpenRun } from './open-run.ts';
import type { RunPaths } from './run-paths.ts';
import { goOnWithText } from './text-sink.ts';
import { unwritable } from './unwritable.ts';

type ResumedRun = Pick<OpenRun, 'paths' | 'job' | 'mark' | 'soundBytes' | 'permissions'>;

/** Whoever has changed the results so far has most likely changed them all: then they are made anew. */
const MARKS_TRIED = 3;

/** Goes on from the newest mark whose rows the results so far have; `undefined` where there is none. */
export async function resumeAtMark(
  run: ResumedRun,
  disk: Disk,
  fits: (kept: KeptMembers) => boolean,
): Promise<Resumed | undefined> {
  const { paths, job, mark: newest, permissions } = run;
  if (newest === undefined) return undefined;
  let tried = 0;
  for await (const placed of marksBack(linesBack(disk.readBack(paths.journal)), job.id)) {
    const { rows, kept, results } = placed.mark;
    if (!fits(kept)) continue;
    const hash = await hashOfFirst(results.bytes, paths, disk);
    if (hash === undefined) continue;
    if (hash.copy().digest('hex') === results.sha256) {
      const file = await disk.openForAppend(paths.partialResults, permissions).catch(cantWrite);
      return {
        rows,
        kept,
        entries: () => entriesBehind(placed, run, disk),
        results: await goOnWithText(file, { bytes: results.bytes, hash }),
      };
    }
    tried += 1;
    if (tried === MARKS_TRIED) return undefined;
  }
  return undefined;
}

/** Of the results so far; `undefined` where they have fewer bytes, or can't be read. */
async function hashOfFirst(
  bytes: number,
  { partialResults }: RunPaths,
  disk: Disk,
): Promise<Hash | undefined> {
  const hash = createHash('sha256');
  let left = bytes;
  try {
    if (bytes > ((await disk.look(partialResults))?.bytes ?? -1)) return undefined;
    for await (const piece of disk.read(partialResults)) {
      hash.update(piece.subarray(0, left));
      left -= Math.min(left, piece.length);
      if (left === 0) return hash;
    }
  } catch {
    // They are derived from the journal then.
    return undefined;
  }
  return left === 0 ? hash : undefined;
}

/** Those of this session are not among them. */
async function* entriesBehind(
  { mark, fromByte, before }: PlacedMark,
  { paths, soundBytes }: ResumedRun,
  disk: Disk,
): AsyncGenerator<JournalEntry> {
  yield* mark.ahead;
  const links = foldChain(undefined, before);
  const lines = readJournal(paths.journal, disk.read(paths.journal, fromByte), fromByte);
  for await (const { entry, line, endByte } of lines) {
    links.add(line);
    assertUnbroken(links.found(), paths.folder);
    yield entry;
    if (endByte >= soundBytes) return;
  }
}

/** Looks at every line, where opening the run has begun at a mark. */
export async function assertWholeJournal(
  { paths, mark }: ResumedRun,
  { checkChain }: Pick<RunContents, 'checkChain'>,
): Promise<void> {
  if (mark !== undefined) assertUnbroken(await checkChain(), paths.folder);
}

function assertUnbroken({ brokenAt }: { readonly brokenAt: number | undefined }, folder: string): void {
  if (brokenAt === undefined) return;
  throw new RunError(
    'state_damaged',
    `The journal in ${folder} was changed: line ${brokenAt} does not follow the one before it. What the run did can't be told from it.`,
    { code: 'restore_changed_folder' },
  );
}

function cantWrite(cause: unknown): never {
  throw unwritable('The results so far', cause);
}
