import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { createAppendFile, type AppendFile } from './append-file.ts';
import { namingFaults } from './name-faults.ts';
import { readBackInPieces, readInPieces, type PlacedPiece } from './read-pieces.ts';
import { createSharedFile, type SharedFile } from './shared-file.ts';
import { nodeSystemCalls, type OpenFile, type Standing, type SystemCalls } from './system-calls.ts';

/** Files and names that survive a crash: what a method promised is on disk once it resolves. */
export interface Disk {
  /** Creates the file if it is absent, and then flushes its folder. `permissions`: of a file that is made, here as below. */
  readonly openForAppend: (path: string, permissions?: number) => Promise<AppendFile>;
  /** The same, and fails with EEXIST where it is there. */
  readonly createForAppend: (path: string, permissions?: number) => Promise<AppendFile>;
  /** A file that other processes append to at the same time; ENOENT where it is absent. */
  readonly openShared: (path: string) => Promise<SharedFile>;
  /** The file holds either its old content or `bytes`, whatever happens. */
  readonly replaceFile: (path: string, bytes: Uint8Array, permissions?: number) => Promise<void>;
  /** Gives a finished temporary file its final name: flushed, renamed, folder flushed. Replaces what was there. */
  readonly publish: (temporaryPath: string, finalPath: string) => Promise<void>;
  /** The same where nothing has that name: false, and the temporary file stays, where something has. Atomic between processes. */
  readonly publishNew: (temporaryPath: string, finalPath: string) => Promise<boolean>;
  /** Makes the file with its content unless there is one: false if there is. Atomic between processes. */
  readonly createExclusively: (path: string, bytes: Uint8Array) => Promise<boolean>;
  /** Renames a file or folder; replaces a file of that name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** A file; absent is no error. */
  readonly remove: (path: string) => Promise<void>;
  /** One that still holds something is left as it is. */
  readonly removeEmptyFolder: (path: string) => Promise<void>;
  /** With its parents; there already is no error. `permissions`: of the folder itself, where it is made. */
  readonly makeFolder: (path: string, permissions?: number) => Promise<void>;
  readonly exists: (path: string) => Promise<boolean>;
  /** What stands at that name itself, be it a link; undefined where nothing does. */
  readonly look: (path: string) => Promise<Standing | undefined>;
  /** Names in a folder; none where it is absent. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Its content in pieces that stay valid, from that byte on; ENOENT where it is absent. */
  readonly read: (path: string, fromByte?: number) => AsyncIterable<Uint8Array>;
  /** The same from its end to its beginning: the last piece comes first. */
  readonly readBack: (path: string) => AsyncIterable<PlacedPiece>;
  /** For small files; undefined where it is absent. */
  readonly readWhole: (path: string) => Promise<Uint8Array | undefined>;
}

export function createDisk(systemCalls: SystemCalls): Disk {
  const calls = namingFaults(systemCalls);
  return {
    openForAppend: (path, permissions) => openForAppend(calls, path, 'append', permissions),
    createForAppend: (path, permissions) => openForAppend(calls, path, 'create', permissions),
    openShared: async (path) => createSharedFile(await calls.open(path, 'share')),
    replaceFile: async (path, bytes, permissions) => {
      await withTemporary(calls, { path, bytes, permissions }, async (temporary) => {
        await calls.rename(temporary, path);
        await flushFolder(calls, dirname(path));
      });
    },
    publish: async (temporaryPath, finalPath) => {
      await withFile(await calls.open(temporaryPath, 'flush'), (file) => file.sync());
      await renameDurably(calls, temporaryPath, finalPath);
    },
    publishNew: async (temporaryPath, finalPath) => {
      await withFile(await calls.open(temporaryPath, 'flush'), (file) => file.sync());
      try {
        if (!(await linkUnlessPresent(calls, temporaryPath, finalPath))) return false;
        await calls.remove(temporaryPath);
        await flushFolder(calls, dirname(temporaryPath));
      } catch (error) {
        if (!hasNoLinks(error)) throw error;
        if (await calls.exists(finalPath)) return false;
        await renameDurably(calls, temporaryPath, finalPath);
      }
      return true;
    },
    createExclusively: async (path, bytes) => {
      try {
        return await withTemporary(calls, { path, bytes }, (temporary) =>
          linkUnlessPresent(calls, temporary, path),
        );
      } catch (error) {
        if (!hasNoLinks(error)) throw error;
        return createUnlessPresent(calls, path, bytes);
      }
    },
    rename: (from, to) => renameDurably(calls, from, to),
    remove: async (path) => {
      if (!(await calls.exists(path))) return;
      await calls.remove(path);
      await flushFolder(calls, dirname(path));
    },
    removeEmptyFolder: (path) => calls.removeEmptyFolder(path),
    makeFolder: async (path, permissions) => {
      const first = await calls.makeFolder(path, permissions);
      if (first === undefined) return;
      // Every folder that was made is a name in its parent.
      for (let made = resolve(path); ; made = dirname(made)) {
        await flushFolder(calls, dirname(made));
        if (made.length <= resolve(first).length) return;
      }
    },
    exists: (path) => calls.exists(path),
    look: (path) => calls.look(path),
    list: (path) => calls.list(path),
    read: (path, fromByte) => readInPieces(calls, path, fromByte),
    readBack: (path) => readBackInPieces(calls, path),
    readWhole: (path) => readWhole(calls, path),
  };
}

export const realDisk: Disk = createDisk(nodeSystemCalls);

/** The `code` of a system error, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

async function openForAppend(
  calls: SystemCalls,
  path: string,
  mode: 'append' | 'create',
  permissions?: number,
): Promise<AppendFile> {
  const existed = await calls.exists(path);
  const file = await calls.open(path, mode, permissions);
  try {
    if (!existed) await flushFolder(calls, dirname(path));
    return await createAppendFile(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface Content {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly permissions?: number | undefined;
}

/** Writes and flushes a neighbour of `path`, hands its name on, and leaves nothing of it behind. */
async function withTemporary<T>(
  calls: SystemCalls,
  { path, bytes, permissions }: Content,
  use: (temporary: string) => Promise<T>,
): Promise<T> {
  // No longer than any name that can be had: the one that it takes the place of may be as long as names get.
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await withFile(await calls.open(temporary, 'create', permissions), async (file) => {
      const content = await createAppendFile(file);
      await content.append(bytes);
      await content.flush();
    });
    return await use(temporary);
  } finally {
    // What counts is decided by now; a name left behind is harmless.
    await calls.remove(temporary).catch(() => undefined);
  }
}

async function linkUnlessPresent(calls: SystemCalls, from: string, to: string): Promise<boolean> {
  try {
    await calls.link(from, to);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  await flushFolder(calls, dirname(to));
  return true;
}

/** Filesystems without links, such as exFAT and some that are shared, say so in one of these words. */
function hasNoLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemErrorCode(error) ?? '');
}

/** Its content follows its name: whoever reads it between finds it empty. */
async function createUnlessPresent(calls: SystemCalls, path: string, bytes: Uint8Array): Promise<boolean> {
  let file: OpenFile;
  try {
    file = await calls.open(path, 'create');
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await withFile(file, async () => {
      const content = await createAppendFile(file);
      await content.append(bytes);
      await content.flush();
    });
  } catch (error) {
    await calls.remove(path).catch(() => undefined);
    throw error;
  }
  await flushFolder(calls, dirname(path));
  return true;
}

async function renameDurably(calls: SystemCalls, from: string, to: string): Promise<void> {
  await calls.rename(from, to);
  await flushFolder(calls, dirname(to));
  if (dirname(from) !== dirname(to)) await flushFolder(calls, dirname(from));
}

async function flushFolder(calls: SystemCalls, folder: string): Promise<void> {
  // Windows has no such call: its filesystems write names through their own log.
  if (process.platform === 'win32') return;
  await withFile(await calls.open(folder, 'folder'), (file) => file.sync());
}

async function readWhole(calls: SystemCalls, path: string): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of readInPieces(calls, path)) pieces.push(piece);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}

async function withFile<T>(file: OpenFile, use: (file: OpenFile) => Promise<T>): Promise<T> {
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
