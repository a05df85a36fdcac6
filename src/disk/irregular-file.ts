import { statSync, type Stats } from 'node:fs';

/** No file: whatever is written in its place harms what uses it, a device perhaps the whole machine. */
export type Irregular = 'a folder' | 'a device' | 'a pipe' | 'a socket';

/** What stands at a name that is no file, or that a link there leads to; undefined of a file, and where nothing is known. */
export function irregularAt(path: string): Irregular | undefined {
  try {
    return irregular(statSync(path));
  } catch {
    // Whatever else keeps it from being written is told when it is.
    return undefined;
  }
}

function irregular(found: Stats): Irregular | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}
