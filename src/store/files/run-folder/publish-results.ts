import { join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { RunError } from '../../../model/run-error.ts';
import { identify } from '../../input-bytes.ts';
import type { JournalWriter } from '../../run-store.ts';
import { endEntry, type Summary } from '../../summary.ts';
import type { RunPaths } from './run-paths.ts';
import { unwritable } from './unwritable.ts';

/** A run whose results are to get their name. */
export interface Published {
  readonly paths: RunPaths;
  /** Those of the input. */
  readonly permissions?: number | undefined;
  /** SHA-256 of results that an earlier session of the run has published. */
  readonly earlierSha256?: string | undefined;
  readonly journal: JournalWriter;
  readonly disk: Disk;
}

/**
 * Gives the finished results and their summary their names, each whole or not at all, and then closes the journal's
 * account. Cut off anywhere, the same run does it again with the same outcome; no file of anybody else's is replaced, however
 * late it appears.
 */
export async function publishResults(summary: Summary, run: Published): Promise<void> {
  const { paths, journal } = run;
  try {
    await publishText(summary, run);
    await publishSummary(summary, run);
  } catch (error) {
    throw unwritable(`The results ${paths.results}`, error);
  }
  await journal.append(endEntry(summary));
}

async function publishText({ results }: Summary, run: Published): Promise<void> {
  const { paths, earlierSha256, disk } = run;
  if (await disk.publishNew(paths.partialResults, paths.results)) return;
  const { sha256 } = await identify(paths.results, disk.read(paths.results));
  // The run's own: an earlier session has come as far as this, or has told the same rows in other words.
  if (sha256 === results.sha256) await disk.remove(paths.partialResults);
  else if (sha256 === earlierSha256) await disk.publish(paths.partialResults, paths.results);
  else throw appeared(paths.results, paths.partialResults);
}

async function publishSummary(summary: Summary, { paths, permissions, disk }: Published): Promise<void> {
  const finished = join(paths.folder, 'summary.json');
  await disk.replaceFile(finished, Buffer.from(`${JSON.stringify(summary, null, 2)}\n`), permissions);
  if (await disk.publishNew(finished, paths.summary)) return;
  const there = Buffer.from((await disk.readWhole(paths.summary)) ?? '').toString('utf8');
  if (!there.includes(JSON.stringify(summary.runId))) throw appeared(paths.summary, finished);
  // The run's own, of an earlier session.
  await disk.publish(finished, paths.summary);
}

function appeared(path: string, ours: string): RunError {
  return new RunError(
    'results_unwritable',
    `${path} appeared while the run was under way, and is not replaced; what the run has for it stands in ${ours}.`,
    { code: 'move_other_file_away' },
  );
}
