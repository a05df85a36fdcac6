import { createHash } from 'node:crypto';
import type { Disk } from '../../disk/disk.ts';
import { RunError } from '../../model/run-error.ts';
import { unwritable } from '../../store/files/run-folder/unwritable.ts';
import type { ExportPlaces } from './export-places.ts';

/** The hashes by which a file of ours is known again. */
export interface Published {
  readonly results: { readonly sha256: string };
  readonly unread?: { readonly sha256: string };
}

/**
 * Gives the finished files their names, each whole or not at all, and then removes the folder. Cut off anywhere, the same
 * export does it again with the same outcome; no file of anybody else's is replaced, however late it appears.
 */
export async function publishExport(summary: Published, places: ExportPlaces, disk: Disk): Promise<void> {
  try {
    if (summary.unread !== undefined) {
      await publishOnce(disk, { from: places.partialUnread, to: places.unread, ...summary.unread });
    }
    await publishOnce(disk, { from: places.partialResults, to: places.results, ...summary.results });
    await disk.replaceFile(places.summary, Buffer.from(`${JSON.stringify(summary, null, 2)}\n`));
  } catch (error) {
    throw unwritable(`The export ${places.results}`, error);
  }
  // What is published is finished; the same command would clear away whatever can't be removed now.
  await removeFolder(places, disk).catch(() => undefined);
}

interface Publishing {
  readonly from: string;
  readonly to: string;
  readonly sha256: string;
}

async function publishOnce(disk: Disk, { from, to, sha256 }: Publishing): Promise<void> {
  if ((await disk.exists(from)) && (await disk.publishNew(from, to))) return;
  if ((await sha256Of(disk, to)) === sha256) return;
  throw new RunError('results_exist', `${to} appeared while the export was under way, and is not replaced.`, {
    code: 'move_file_away',
  });
}

async function sha256Of(disk: Disk, path: string): Promise<string | undefined> {
  if (!(await disk.exists(path))) return undefined;
  const hash = createHash('sha256');
  for await (const piece of disk.read(path)) hash.update(piece);
  return hash.digest('hex');
}

/** The lock is its holder's to remove, and with it the folder, once it is empty. */
async function removeFolder(places: ExportPlaces, disk: Disk): Promise<void> {
  const { partialResults, partialUnread, reads, list, job, finished } = places;
  // While `finished` is there, the same command finishes this, and reads nothing again.
  for (const path of [partialResults, partialUnread, reads, list, job, finished]) await disk.remove(path);
}
