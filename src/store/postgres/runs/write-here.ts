import { createHash } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { RunError } from '../../../model/run-error.ts';
import { identify } from '../../input-bytes.ts';
import type { RunContents } from '../../run-store.ts';

/**
 * Writes a finished run's results and summary beside each other on this machine, whole or not at all. `earlierSha256`: of results that the
 * run has published before, which may be replaced; no other file is.
 */
export async function writeHere(
  { places, publishedResults, publishedSummary }: RunContents,
  earlierSha256: string | undefined,
  disk: Disk,
): Promise<void> {
  const results = await publishedResults();
  if (results === undefined) return;
  const temporary = join(dirname(places.results), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const sha256 = await writeText(temporary, results, disk);
    // Behind the results, which go with it: they are whole if it is there.
    const summary = await publishedSummary();
    if (summary === undefined) throw deleted(places.results);
    if (!(await disk.publishNew(temporary, places.results))) {
      const there = await identify(places.results, disk.read(places.results));
      if (there.sha256 === earlierSha256) await disk.publish(temporary, places.results);
      else if (there.sha256 !== sha256) throw appeared(places.results);
    }
    await disk.replaceFile(places.summary, Buffer.from(summary));
  } catch (error) {
    throw cantWrite(places.results, error);
  } finally {
    await disk.remove(temporary).catch(() => undefined);
  }
}

/** The same into another folder. */
export async function writeInto(run: RunContents, folder: string, disk: Disk): Promise<boolean> {
  if (run.state.end === undefined) return false;
  const inFolder = (path: string): string => join(folder, basename(path));
  const places = {
    ...run.places,
    results: inFolder(run.places.results),
    summary: inFolder(run.places.summary),
  };
  await writeHere({ ...run, places }, undefined, disk);
  return true;
}

async function writeText(path: string, text: AsyncIterable<Uint8Array>, disk: Disk): Promise<string> {
  const hash = createHash('sha256');
  const file = await disk.createForAppend(path);
  try {
    for await (const piece of text) {
      hash.update(piece);
      await file.append(piece);
    }
    await file.flush();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

function appeared(path: string): RunError {
  return new RunError(
    'results_unwritable',
    `${path} is not this run's, and is not replaced: the run is finished, and its results are in the store.`,
    { code: 'move_other_file_away' },
  );
}

function deleted(results: string): RunError {
  return new RunError(
    'results_unwritable',
    `The results ${results} could not be written: the run was deleted from the store meanwhile.`,
    { code: 'look_at_fleet' },
  );
}

function cantWrite(path: string, cause: unknown): RunError {
  if (cause instanceof RunError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RunError(
    'results_unwritable',
    `The results ${path} could not be written: ${reason}. The run is finished, and its results are in the store.`,
    undefined,
    cause,
  );
}
