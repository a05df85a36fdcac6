import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { irregularAt } from '../../disk/irregular-file.ts';
import type { Disk } from '../../disk/disk.ts';
import type { CheckFile } from '../../model/advice.ts';
import { RunError } from '../../model/run-error.ts';

/** A file under way that is there whole or not at all: one that can't be written or finished is abandoned. */
export interface NewFile {
  readonly put: (text: string) => Promise<void>;
  /** Gives it its name. */
  readonly finish: () => Promise<void>;
  /** Leaves nothing of it behind. */
  readonly abandon: () => Promise<void>;
}

/** Puts a text in the place of a file's own, of which it is known whose it is. @throws RunError `output_unwritable` */
export async function replaceOwnFile(
  path: string,
  file: CheckFile,
  text: string,
  disk: Pick<Disk, 'look' | 'replaceFile'>,
): Promise<void> {
  const unwritable = unwritableAs(path, file);
  const { permissions } = (await disk.look(path).catch(unwritable)) ?? {};
  await disk.replaceFile(path, Buffer.from(text), permissions).catch(unwritable);
}

/** The system tells of the call that failed, and of a temporary name; whoever reads it knows neither. */
function unwritableAs(path: string, file: CheckFile): (cause: unknown) => never {
  return (cause) => {
    const told = cause instanceof Error ? cause.message : String(cause);
    const reason = told.replace(/, [a-z]+( '.*')?$/s, '');
    throw new RunError(
      'output_unwritable',
      `${path} could not be written: ${reason}.`,
      { code: 'name_writable_file', file },
      cause,
    );
  };
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
  const unwritable = unwritableAs(path, file);
  const exists = (): RunError => {
    const irregular = irregularAt(path);
    const is = irregular === undefined ? 'exists already' : `is ${irregular}, not a file`;
    return new RunError('output_unwritable', `${path} ${is}.`, { code: 'name_new_file', file });
  };
  if (await disk.exists(path).catch(unwritable)) throw exists();
  const folder = dirname(path);
  if (!(await disk.exists(folder).catch(unwritable))) {
    throw new RunError('output_unwritable', `${path} could not be written: there is no folder ${folder}.`, {
      code: 'make_folder',
      file,
    });
  }
  // A link that leads nowhere takes the name too.
  if ((await disk.look(path).catch(unwritable)) !== undefined) throw exists();
  const temporary = join(folder, `.${randomUUID()}.part`);
  const { permissions } = (await disk.look(input).catch(() => undefined)) ?? {};
  const opened = await disk.createForAppend(temporary, permissions).catch(async (cause: unknown) => {
    await disk.remove(temporary).catch(() => undefined);
    return unwritable(cause);
  });
  const abandon = async (): Promise<void> => {
    try {
      await opened.close();
    } finally {
      await disk.remove(temporary);
    }
  };
  const orAbandon = async (step: Promise<void>): Promise<void> => {
    try {
      await step;
    } catch (error) {
      // What went wrong first is what is told.
      await abandon().catch(() => undefined);
      throw error;
    }
  };
  const publish = async (): Promise<void> => {
    await opened.close().catch(unwritable);
    // It may have appeared while this was written.
    if (!(await disk.publishNew(temporary, path).catch(unwritable))) throw exists();
  };
  return {
    put: (text) => orAbandon(opened.append(Buffer.from(text)).catch(unwritable)),
    finish: () => orAbandon(publish()),
    abandon,
  };
}
