import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives `work` a folder of its own, and removes it afterwards.
 *
 * @param {(folder: string) => Promise<void>} work
 */
export async function inBenchFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'oppsweep-bench-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
