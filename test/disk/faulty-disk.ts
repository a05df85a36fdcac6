import { createDisk, type Disk } from '../../src/disk/disk.ts';
import { nodeSystemCalls, type OpenFile, type SystemCalls } from '../../src/disk/system-calls.ts';

/**
 * - `EIO`: the Nth call fails, once; a write takes half of its bytes first.
 * - `ENOSPC`: the disk is full from the Nth call on: that write takes half of its bytes, later ones none.
 * - `short`: the Nth call, if it is a write, takes half of its bytes and says so.
 */
export type FaultKind = 'EIO' | 'ENOSPC' | 'short';

export interface FaultyDisk extends Disk {
  /** Calls made of the operating system so far; the fault was met once this is at least N. */
  readonly calls: () => number;
}

/**
 * A disk on the real filesystem whose `faultAt`th call (from 1) goes wrong. Reading a size and closing don't count; whether there is a
 * file, only with `looks`.
 */
export function createFaultyDisk(faultAt: number, kind: FaultKind, looks = false): FaultyDisk {
  let calls = 0;
  const fault = { kind, looks, next: (): FaultStage => stageOf(++calls, faultAt) };
  return { ...createDisk(faultySystemCalls(fault)), calls: () => calls };
}

type FaultStage = 'before' | 'now' | 'after';

interface Fault {
  readonly kind: FaultKind;
  readonly looks: boolean;
  readonly next: () => FaultStage;
}

function stageOf(call: number, faultAt: number): FaultStage {
  if (call === faultAt) return 'now';
  return call < faultAt ? 'before' : 'after';
}

function faultySystemCalls(fault: Fault): SystemCalls {
  const check = (): void => {
    if (fault.next() === 'now' && fault.kind !== 'short') throw systemError(fault.kind);
  };
  return {
    open: async (path, mode, permissions) => {
      check();
      return faultyFile(await nodeSystemCalls.open(path, mode, permissions), fault, check);
    },
    rename: async (from, to) => {
      check();
      await nodeSystemCalls.rename(from, to);
    },
    link: async (from, to) => {
      check();
      await nodeSystemCalls.link(from, to);
    },
    remove: async (path) => {
      check();
      await nodeSystemCalls.remove(path);
    },
    removeEmptyFolder: async (path) => {
      check();
      return nodeSystemCalls.removeEmptyFolder(path);
    },
    makeFolder: async (path, permissions) => {
      check();
      return nodeSystemCalls.makeFolder(path, permissions);
    },
    exists: async (path) => {
      if (fault.looks) check();
      return nodeSystemCalls.exists(path);
    },
    look: async (path) => {
      if (fault.looks) check();
      return nodeSystemCalls.look(path);
    },
    list: async (path) => {
      check();
      return nodeSystemCalls.list(path);
    },
  };
}

function faultyFile(file: OpenFile, fault: Fault, check: () => void): OpenFile {
  const takes = (bytes: Uint8Array): { readonly bytes: Uint8Array; readonly thenFails: boolean } => {
    const stage = fault.next();
    const full = fault.kind === 'ENOSPC' && stage === 'after';
    if (full) return { bytes: bytes.subarray(0, 0), thenFails: true };
    if (stage !== 'now') return { bytes, thenFails: false };
    return { bytes: bytes.subarray(0, Math.ceil(bytes.length / 2)), thenFails: fault.kind !== 'short' };
  };
  return {
    ...file,
    write: async (bytes) => {
      const taken = takes(bytes);
      const written = taken.bytes.length === 0 ? 0 : await file.write(taken.bytes);
      if (taken.thenFails) throw systemError(fault.kind);
      return written;
    },
    writeNow: (bytes) => {
      const taken = takes(bytes);
      const written = taken.bytes.length === 0 ? 0 : file.writeNow(taken.bytes);
      if (taken.thenFails) throw systemError(fault.kind);
      return written;
    },
    read: async (target, position) => {
      check();
      return file.read(target, position);
    },
    readNow: (target, position) => {
      check();
      return file.readNow(target, position);
    },
    syncContent: async () => {
      check();
      await file.syncContent();
    },
    sync: async () => {
      check();
      await file.sync();
    },
    truncate: async (size) => {
      check();
      await file.truncate(size);
    },
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by the test`), { code });
}
