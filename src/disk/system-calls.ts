import { constants, fstatSync, readSync, statSync, writeSync, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An open file, one method a system call: nothing here loops, retries or remembers. */
export interface OpenFile {
  /** Bytes taken, which may be fewer than given. */
  readonly write: (bytes: Uint8Array) => Promise<number>;
  readonly writeNow: (bytes: Uint8Array) => number;
  /** Bytes read into `target`, from this position on or from where the last reading ended; 0 at the end. */
  readonly read: (target: Uint8Array, position?: number) => Promise<number>;
  /** fdatasync. */
  readonly syncContent: () => Promise<void>;
  /** fsync: what a folder needs. */
  readonly sync: () => Promise<void>;
  readonly truncate: (size: number) => Promise<void>;
  readonly size: () => Promise<number>;
  readonly sizeNow: () => number;
  /** Bytes read into `target` from this position on; 0 at the end. */
  readonly readNow: (target: Uint8Array, position: number) => number;
  /** Whether a path leads to it, by default the one it was opened by: nobody has moved, removed or replaced it. */
  readonly isNamed: (by?: string) => boolean;
  readonly close: () => Promise<void>;
}

/**
 * `append` and `create` make the file (`create` fails where it exists), `share` opens one that is there to be read and appended to,
 * `flush` one to flush it. Those that write follow no link: what stands at a name of ours may be another's.
 */
export type OpenMode = 'append' | 'share' | 'create' | 'flush' | 'read' | 'folder';

/** A name's own file, folder or link. */
export interface Standing {
  readonly isFile: boolean;
  /** Who may read and write it; of a link, what it leads to, here as below. */
  readonly permissions: number;
  readonly bytes: number;
}

/** The calls that `createDisk` makes of the operating system: the place where a test makes the Nth call fail. */
export interface SystemCalls {
  /** `permissions`: of a file that is made, less what the process's umask takes off. */
  readonly open: (path: string, mode: OpenMode, permissions?: number) => Promise<OpenFile>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Fails with EEXIST where `to` exists: the one atomic "create if absent" with content. */
  readonly link: (from: string, to: string) => Promise<void>;
  /** A file; absent is no error. */
  readonly remove: (path: string) => Promise<void>;
  /** One that still holds something, or is absent, is left as it is. */
  readonly removeEmptyFolder: (path: string) => Promise<void>;
  /** With its parents; the first folder that was made, if any. `permissions`: of the folder itself. */
  readonly makeFolder: (path: string, permissions?: number) => Promise<string | undefined>;
  readonly exists: (path: string) => Promise<boolean>;
  /** What stands at that name itself, be it a link; undefined where nothing does. */
  readonly look: (path: string) => Promise<Standing | undefined>;
  /** Names in a folder; none where it is absent. */
  readonly list: (path: string) => Promise<readonly string[]>;
}

const FAILS: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EPERM',
  'EIO',
  'ESTALE',
  'ETIMEDOUT',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
]);

// Absent on Windows.
const NO_LINK = constants.O_NOFOLLOW ?? 0;

const FLAGS: Readonly<Record<OpenMode, number>> = {
  append: constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | NO_LINK,
  share: constants.O_RDWR | constants.O_APPEND | NO_LINK,
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
  flush: constants.O_RDWR | NO_LINK,
  read: constants.O_RDONLY,
  folder: constants.O_RDONLY,
};

export const nodeSystemCalls: SystemCalls = {
  open: openFile,
  rename,
  link,
  remove: (path) => rm(path, { force: true }),
  removeEmptyFolder: (path) => rmdir(path).catch(() => undefined),
  makeFolder,
  exists: (path) =>
    stat(path).then(
      () => true,
      (error: unknown) => {
        // A disk that does not answer, or answers only others, has not said that there is nothing.
        if (FAILS.has(codeOf(error))) throw error;
        return false;
      },
    ),
  look: async (path) => {
    try {
      const found = await lstat(path);
      const meant = found.isSymbolicLink() ? await stat(path).catch(() => found) : found;
      return { isFile: found.isFile(), permissions: meant.mode & 0o777, bytes: meant.size };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  },
  list: (path) =>
    readdir(path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }),
};

/** Not `mkdir({ recursive: true })`: under /proc Node 20 never comes back from it. */
async function makeFolder(path: string, permissions?: number): Promise<string | undefined> {
  try {
    await mkdir(path, permissions);
    return path;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return undefined;
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const first = await makeFolder(dirname(path));
  await mkdir(path, permissions).catch(unlessThere);
  return first ?? path;
}

/** Another process may have made it in between. */
function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function openFile(path: string, mode: OpenMode, permissions?: number): Promise<OpenFile> {
  const handle = await open(path, FLAGS[mode], permissions);
  // What tells one file from another never changes while it is open.
  let opened: Stats | undefined;
  return {
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    writeNow: (bytes) => writeSync(handle.fd, bytes),
    read: async (target, position) =>
      (await handle.read(target, 0, target.length, position ?? null)).bytesRead,
    syncContent: () => handle.datasync(),
    sync: () => handle.sync(),
    truncate: (size) => handle.truncate(size),
    size: async () => (await handle.stat()).size,
    sizeNow: () => fstatSync(handle.fd).size,
    readNow: (target, position) => readSync(handle.fd, target, 0, target.length, position),
    isNamed: (by = path) => isSameFile(by, (opened ??= fstatSync(handle.fd))),
    close: () => handle.close(),
  };
}

function isSameFile(path: string, opened: Stats): boolean {
  const named = statSync(path, { throwIfNoEntry: false });
  return named?.ino === opened.ino && named.dev === opened.dev;
}
