import { irregularAt } from './irregular-file.ts';
import type { Disk } from './disk.ts';

/** A file's or a folder's name, and the one that it is to have. */
export type Renaming = readonly [from: string, to: string];

/** Renames all that are there, in their order, and gives those. Where one can't be renamed, all have their old names again. */
export async function renameAll(
  renamings: readonly Renaming[],
  disk: Pick<Disk, 'look' | 'rename'>,
): Promise<readonly Renaming[]> {
  const begun: Renaming[] = [];
  try {
    for (const [from, to] of renamings) {
      if ((await disk.look(from)) === undefined) continue;
      const irregular = irregularAt(from);
      if (irregular !== undefined && irregular !== 'a folder')
        throw new Error(`${from} is ${irregular}, and is left where it is`);
      // One whose folder can't be flushed has its new name all the same.
      begun.push([from, to]);
      await disk.rename(from, to);
    }
  } catch (error) {
    await renameBack(begun, disk);
    throw error;
  }
  return begun;
}

/** As far as the disk lets it. */
export async function renameBack(renamings: readonly Renaming[], disk: Pick<Disk, 'rename'>): Promise<void> {
  for (const [from, to] of renamings.toReversed()) await disk.rename(to, from).catch(() => undefined);
}
