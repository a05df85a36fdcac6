import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** Writes a file in a folder as a run would, and removes it. Gives the bytes that are free; rejects with the system's error. */
export async function tryPlace(folder: string, disk: Disk): Promise<number> {
  const probe = join(folder, `.oppsweep-${randomUUID()}`);
  await disk.createExclusively(probe, Buffer.from('oppsweep doctor\n'));
  await disk.remove(probe);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
