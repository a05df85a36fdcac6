import type { OpenFile } from './system-calls.ts';

/**
 * A file that only grows. After a failed write, flush or truncation every later call but `close` fails with the same
 * error: what is on disk is then unknown, and a flush that failed once must not be believed when it succeeds later
 * (the kernel drops the pages it could not write).
 */
export interface AppendFile {
  /** Bytes in the file, as far as this process wrote them. */
  readonly size: () => number;
  /**
   * Throws a `FileChanged` where somebody else wrote to the file, cut it short, or moved or removed it. `path`: where it is by now, if
   * we moved it ourselves. Not while an append is under way.
   */
  readonly assertOurs: (path?: string) => void;
  /** Whole or rejected. Appends queue behind each other; a crash may leave the last one torn. */
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** The same, synchronously. Not to be called while an `append` is under way: their bytes would mix. */
  readonly appendNow: (bytes: Uint8Array) => void;
  /** Resolves once all that was appended before would survive a power cut (fdatasync). */
  readonly flush: () => Promise<void>;
  readonly truncate: (size: number) => Promise<void>;
  /** Does not flush. */
  readonly close: () => Promise<void>;
}

/** A file that something else changed behind this process's back. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';

  constructor(how: string) {
    super(`${how}: something else changed it`);
  }
}

export async function createAppendFile(file: OpenFile): Promise<AppendFile> {
  let size = await file.size();
  let failure: { readonly error: unknown } | undefined;
  let lastAppend: Promise<void> = Promise.resolve();

  const assertSound = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  const fail = (error: unknown): never => {
    failure ??= { error };
    throw failure.error;
  };
  const writeAll = async (bytes: Uint8Array): Promise<void> => {
    assertSound();
    for (let done = 0; done < bytes.length;) {
      const written = await file.write(bytes.subarray(done)).catch(fail);
      done += written;
      size += written;
    }
  };

  return {
    size: () => size,
    assertOurs: (path) => {
      const onDisk = file.sizeNow();
      if (onDisk !== size) throw new FileChanged(`it holds ${onDisk} bytes where this run left ${size}`);
      if (!file.isNamed(path)) throw new FileChanged('it is no longer at its place');
    },
    append: (bytes) => {
      const turn = lastAppend.then(() => writeAll(bytes));
      lastAppend = turn.catch(() => undefined);
      return turn;
    },
    appendNow: (bytes) => {
      assertSound();
      try {
        for (let done = 0; done < bytes.length;) {
          const written = file.writeNow(bytes.subarray(done));
          done += written;
          size += written;
        }
      } catch (error) {
        fail(error);
      }
    },
    flush: async () => {
      await lastAppend;
      assertSound();
      await file.syncContent().catch(fail);
      assertSound();
    },
    truncate: async (newSize) => {
      await lastAppend;
      assertSound();
      await file.truncate(newSize).catch(fail);
      size = newSize;
    },
    close: async () => {
      await lastAppend;
      await file.close();
    },
  };
}
