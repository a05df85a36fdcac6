import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import type { CheckFile } from '../../model/advice.ts';
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
 * Begins one of the files that `check` and `compare` write. It may be read by whom the input may be read by.
 *
 * @throws RunError `output_unwritable` where there is one already, or it can't be written
 */
export async function openNewFile(
  path: string,
  file: CheckFile,
  input: string,
  disk: Disk,
): Promise<NewFile> {
  const unwritable = (cause: unknown): never => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RunError(
      'output_unwritable',
      `${path} could not be written: ${reason}.`,
      { code: 'name_writable_file', file },
      cause,
    );
  };
  const exists = (): RunError =>
    new RunError('output_unwritable', `${path} exists already.`, { code: 'name_new_file', file });
  if (await disk.exists(path)) throw exists();
  const folder = dirname(path);
  if (!(await disk.exists(folder))) {
    throw new RunError('output_unwritable', `${path} could not be written: there is no folder ${folder}.`, {
      code: 'make_folder',
      file,
    });
  }
  const temporary = join(folder, `.${randomUUID()}.part`);
  const { permissions } = (await disk.look(input).catch(() => undefined)) ?? {};
  const opened = await disk.createForAppend(temporary, permissions).catch(unwritable);
  return {
    put: (text) => opened.append(Buffer.from(text)).catch(unwritable),
    finish: async () => {
      await opened.close();
      // It may have appeared while this was written.
      if (!(await disk.publishNew(temporary, path).catch(unwritable))) throw exists();
    },
    abandon: async () => {
      await opened.close();
      await disk.remove(temporary);
    },
  };
}
