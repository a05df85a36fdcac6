import type { OpenFile, SystemCalls } from './system-calls.ts';

/** The same calls; each that fails names the file that it was about, which the system does of some alone. */
export function namingFaults(calls: SystemCalls): SystemCalls {
  return {
    open: async (path, mode, permissions) =>
      named(path, async () => namingIn(path, await calls.open(path, mode, permissions))),
    rename: (from, to) => named(from, () => calls.rename(from, to)),
    link: (from, to) => named(to, () => calls.link(from, to)),
    remove: (path) => named(path, () => calls.remove(path)),
    removeEmptyFolder: (path) => named(path, () => calls.removeEmptyFolder(path)),
    makeFolder: (path, permissions) => named(path, () => calls.makeFolder(path, permissions)),
    exists: (path) => named(path, () => calls.exists(path)),
    look: (path) => named(path, () => calls.look(path)),
    list: (path) => named(path, () => calls.list(path)),
  };
}

function namingIn(path: string, file: OpenFile): OpenFile {
  return {
    write: (bytes) => named(path, () => file.write(bytes)),
    writeNow: (bytes) => namedNow(path, () => file.writeNow(bytes)),
    read: (target, position) => named(path, () => file.read(target, position)),
    syncContent: () => named(path, () => file.syncContent()),
    sync: () => named(path, () => file.sync()),
    truncate: (size) => named(path, () => file.truncate(size)),
    size: () => named(path, () => file.size()),
    sizeNow: () => namedNow(path, () => file.sizeNow()),
    readNow: (target, position) => namedNow(path, () => file.readNow(target, position)),
    isNamed: (by) => namedNow(path, () => file.isNamed(by)),
    close: () => named(path, () => file.close()),
  };
}

async function named<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw withPath(error, path);
  }
}

function namedNow<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw withPath(error, path);
  }
}

function withPath(error: unknown, path: string): unknown {
  return error instanceof Error && !('path' in error) ? Object.assign(error, { path }) : error;
}
