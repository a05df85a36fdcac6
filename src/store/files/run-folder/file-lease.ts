import { NEVER_HELD } from '../../../model/call.ts';
import type { Disk } from '../../../disk/disk.ts';
import type { JournalEntry } from '../../journal-line.ts';
import { foldRows } from '../../journal-state.ts';
import type { RunLease, RunSoFar, WriteQuota } from '../../run-store.ts';
import { keepMarks } from '../../marks/keep-marks.ts';
import { folderContents } from './folder-contents.ts';
import { writeJournal, type FileJournal } from './journal-writer.ts';
import type { OpenRun } from './open-run.ts';
import { publishResults } from './publish-results.ts';
import { readState } from './read-state.ts';
import { assertWholeJournal, resumeAtMark } from './resume-at-mark.ts';
import { goOverText } from './text-sink.ts';
import { unwritable } from './unwritable.ts';

/** A session that has begun. */
interface Begun {
  readonly journal: FileJournal;
  readonly quota: WriteQuota;
}

/** The lease of a run whose folder is locked by this process. */
export function leaseOf(run: OpenRun, disk: Disk): RunLease {
  const { paths, job, state, permissions, release } = run;
  const marks = keepMarks(state);
  const rows = foldRows(state);
  let session: Begun | undefined;
  const begun = (): Begun => {
    if (session === undefined) throw new Error('The session has not begun.');
    return session;
  };
  const contents = folderContents(run, disk);
  return {
    ...contents,
    begin: async (start, quota) => {
      await run.takePlace();
      const journal = await openJournal(run, disk, rows.add);
      session = { journal, quota };
      if (state.job === undefined) {
        marks.add(job);
        journal.note(job);
      }
      const { place } = quota;
      const entry = { ...start, ...(place !== undefined && { ledgerFolder: place }) };
      marks.add(entry);
      await journal.append(entry);
    },
    append: (entry) => {
      const { journal } = begun();
      marks.add(entry);
      return journal.append(entry);
    },
    note: (entry) => {
      const { journal } = begun();
      marks.add(entry);
      journal.note(entry);
    },
    claim: async (note, day) => {
      const { journal, quota } = begun();
      // Counted first: a call that was counted and never noted is one that was never made.
      const taken = await quota.takeWrite(day);
      if (taken !== 'taken') return taken;
      marks.add(note);
      await journal.append(note);
      return 'noted';
    },
    hold: NEVER_HELD,
    chain: () => session?.journal.head() ?? run.chain,
    soFar: async () => {
      const known = { ...rows.soFar(), chain: session?.journal.head() ?? run.chain };
      return session?.journal.failed() === true ? readAnew(run, disk).catch(() => known) : known;
    },
    sessions: () => marks.state().sessions,
    passed: marks.passed,
    mark: (progress) => {
      const mark = marks.mark(progress, job.id);
      if (mark === undefined) return 0;
      begun().journal.note(mark);
      return JSON.stringify(mark).length;
    },
    flush: async () => session?.journal.flush(),
    results: async () =>
      goOverText(
        await disk.openForAppend(paths.partialResults, permissions).catch(resultsUnwritable),
        disk.read(paths.partialResults),
      ),
    resume: async (fits) => {
      const resumed = await resumeAtMark(run, disk, fits);
      if (resumed === undefined) await assertWholeJournal(run, contents);
      return resumed;
    },
    publish: async (summary) => {
      const { journal } = begun();
      await journal.settle();
      await publishResults(summary, {
        paths,
        permissions,
        earlierSha256: state.end?.resultsSha256,
        journal,
        disk,
      });
    },
    release: async () => {
      await session?.journal.close().catch(() => undefined);
      await release(session !== undefined || state.job !== undefined).catch(() => undefined);
    },
  };
}

/** Lines of a write that failed may be in the file all the same, and the next session goes on from them. */
async function readAnew({ paths }: OpenRun, disk: Disk): Promise<RunSoFar> {
  const { state, chain } = await readState(paths, disk, 'newest mark');
  return { ...state, chain };
}

/** Cuts a torn tail off. */
async function openJournal(
  run: OpenRun,
  disk: Disk,
  durable: (entry: JournalEntry) => void,
): Promise<FileJournal> {
  const { paths, state, soundBytes, chain, permissions } = run;
  const open = state.job === undefined ? disk.createForAppend : disk.openForAppend;
  const file = await open(paths.journal, permissions).catch(journalUnwritable);
  try {
    if (file.size() !== soundBytes) await file.truncate(soundBytes);
    return writeJournal(file, chain, durable);
  } catch (error) {
    await file.close();
    return journalUnwritable(error);
  }
}

function journalUnwritable(cause: unknown): never {
  throw unwritable("The run's journal", cause);
}

function resultsUnwritable(cause: unknown): never {
  throw unwritable('The results so far', cause);
}
