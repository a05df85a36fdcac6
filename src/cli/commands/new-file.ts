import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import { RunError } from '../../model/run-error.ts';

/** A file under way that is there whole or not at all. */
export interface NewFile {
  readonly put: (text: string) => Promise<void>;
  /** Gives it its name. */
  readonly finish: () => Promise<void>;
  /** Leaves nothing of it behind. */
  readonly abandon: () => Promise<void>;
}

/**
 * Begins a file that `option` has named.
 *
 * @throws RunError `output_unwritable` where there is one already, or it can't be written
 */
export async function openNewFile(path: string, option: string, disk: Disk): Promise<NewFile> {
  const unwritable = (cause: unknown): never => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RunError('output_unwritable', `${path} could not be written: ${reason}.`, {
      hint: `Name a place that can be written with ${option}.`,
      cause,
    });
  };
  if (await disk.exists(path)) {
    throw new RunError('output_unwritable', `${path} exists already.`, {
      hint: `Name another file with ${option}.`,
    });
  }
  const folder = dirname(path);
  if (!(await disk.exists(folder))) {
    throw new RunError('output_unwritable', `${path} could not be written: there is no folder ${folder}.`, {
      hint: `Make the folder, or name another place with ${option}.`,
    });
  }
  const temporary = join(folder, `.${randomUUID()}.part`);
  const file = await disk.openForAppend(temporary).catch(unwritable);
  return {
    put: (text) => file.append(Buffer.from(text)).catch(unwritable),
    finish: async () => {
      await file.close();
      await disk.publish(temporary, path).catch(unwritable);
    },
    abandon: async () => {
      await file.close();
      await disk.remove(temporary);
    },
  };
}
