import type { Disk } from '../../../disk/disk.ts';
import type { RunLease } from '../../run-store.ts';
import { folderContents } from './folder-contents.ts';
import { writeJournal, type FileJournal } from './journal-writer.ts';
import type { OpenRun } from './open-run.ts';
import { publishResults } from './publish-results.ts';
import { beginText } from './text-sink.ts';
import { unwritable } from './unwritable.ts';

/** The lease of a run whose folder is locked by this process. */
export function leaseOf(run: OpenRun, disk: Disk): RunLease {
  const { paths, job, state, release } = run;
  let journal: FileJournal | undefined;
  const begun = (): FileJournal => {
    if (journal === undefined) throw new Error('The session has not begun.');
    return journal;
  };
  return {
    ...folderContents(run, disk),
    begin: async (start, { place }) => {
      journal = await openJournal(run, disk);
      if (state.job === undefined) journal.note(job);
      await journal.append({ ...start, ...(place !== undefined && { ledgerFolder: place }) });
    },
    append: (entry) => begun().append(entry),
    note: (entry) => begun().note(entry),
    flush: async () => journal?.flush(),
    results: async () => beginText(await disk.openForAppend(paths.partialResults).catch(resultsUnwritable)),
    publish: (summary) => publishResults(summary, paths, begun(), disk),
    release: async () => {
      await journal?.close().catch(() => undefined);
      await release(journal !== undefined || state.job !== undefined).catch(() => undefined);
    },
  };
}

/** Cuts a torn tail off. */
async function openJournal({ paths, soundBytes }: OpenRun, disk: Disk): Promise<FileJournal> {
  const file = await disk.openForAppend(paths.journal).catch(journalUnwritable);
  try {
    if (file.size() !== soundBytes) await file.truncate(soundBytes);
    return writeJournal(file);
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
