import { fstatSync, readSync, statSync, writeSync } from 'node:fs';
import { access, link, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** An open file, one method a system call: nothing here loops, retries or remembers. */
export interface OpenFile {
  /** Bytes taken, which may be fewer than given. */
  readonly write: (bytes: Uint8Array) => Promise<number>;
  readonly writeNow: (bytes: Uint8Array) => number;
  /** Bytes read into `target`; 0 at the end. */
  readonly read: (target: Uint8Array) => Promise<number>;
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
 * `append`, `share` and `create` make the file (`create` fails where it exists; `share` can be read, too), `flush` opens one
 * that is there to flush it.
 */
export type OpenMode = 'append' | 'share' | 'create' | 'flush' | 'read' | 'folder';

/** The calls that `createDisk` makes of the operating system: the place where a test makes the Nth call fail. */
export interface SystemCalls {
  readonly open: (path: string, mode: OpenMode) => Promise<OpenFile>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Fails with EEXIST where `to` exists: the one atomic "create if absent" with content. */
  readonly link: (from: string, to: string) => Promise<void>;
  /** A file; absent is no error. */
  readonly remove: (path: string) => Promise<void>;
  /** One that still holds something, or is absent, is left as it is. */
  readonly removeEmptyFolder: (path: string) => Promise<void>;
  /** With its parents; the first folder that was made, if any. */
  readonly makeFolder: (path: string) => Promise<string | undefined>;
  readonly exists: (path: string) => Promise<boolean>;
  /** Names in a folder; none where it is absent. */
  readonly list: (path: string) => Promise<readonly string[]>;
}

const FLAGS: Readonly<Record<OpenMode, string>> = {
  append: 'a',
  share: 'a+',
  create: 'wx',
  flush: 'r+',
  read: 'r',
  folder: 'r',
};

export const nodeSystemCalls: SystemCalls = {
  open: openFile,
  rename,
  link,
  remove: (path) => rm(path, { force: true }),
  removeEmptyFolder: (path) => rmdir(path).catch(() => undefined),
  makeFolder,
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  list: (path) =>
    readdir(path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }),
};

/** Not `mkdir({ recursive: true })`: under /proc Node 20 never comes back from it. */
async function makeFolder(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return undefined;
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const first = await makeFolder(dirname(path));
  await mkdir(path).catch(unlessThere);
  return first ?? path;
}

/** Another process may have made it in between. */
function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function openFile(path: string, mode: OpenMode): Promise<OpenFile> {
  const handle = await open(path, FLAGS[mode]);
  return {
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    writeNow: (bytes) => writeSync(handle.fd, bytes),
    read: async (target) => (await handle.read(target)).bytesRead,
    syncContent: () => handle.datasync(),
    sync: () => handle.sync(),
    truncate: (size) => handle.truncate(size),
    size: async () => (await handle.stat()).size,
    sizeNow: () => fstatSync(handle.fd).size,
    readNow: (target, position) => readSync(handle.fd, target, 0, target.length, position),
    isNamed: (by = path) => isSameFile(by, handle.fd),
    close: () => handle.close(),
  };
}

function isSameFile(path: string, fd: number): boolean {
  const named = statSync(path, { throwIfNoEntry: false });
  const opened = fstatSync(fd);
  return named?.ino === opened.ino && named.dev === opened.dev;
}
