import type { Disk } from '../../../disk/disk.ts';
import type { JournalWriter } from '../../run-store.ts';
import type { RunPaths } from './run-paths.ts';
import type { Summary } from '../../summary.ts';
import { unwritable } from './unwritable.ts';

/**
 * Gives the finished results and their summary their names, each whole or not at all, and then closes the journal's
 * account. Cut off anywhere, the same run does it again with the same outcome.
 */
export async function publishResults(
  summary: Summary,
  paths: RunPaths,
  journal: JournalWriter,
  disk: Disk,
): Promise<void> {
  try {
    await disk.publish(paths.partialResults, paths.results);
    await disk.replaceFile(paths.summary, Buffer.from(`${JSON.stringify(summary, null, 2)}\n`));
  } catch (error) {
    throw unwritable(`The results ${paths.results}`, error);
  }
  await journal.append({
    t: 'end',
    tally: summary.counts,
    resultsSha256: summary.results.sha256,
    at: summary.finishedAt,
  });
}
