import { open, type FileHandle } from 'node:fs/promises';
import { RunError } from '../../model/run-error.ts';
import type { InputSource } from './input-source.ts';

const CHUNK_BYTES = 65_536;

/** A file as a source: opened when its first byte is asked for, closed when the last was, or nobody wants more. */
export function fileSource(path: string): InputSource {
  return { name: path, bytes: readChunks(path) };
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await openFile(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await readChunk(file, path);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) throw folderInstead(path);
    return file;
  } catch (error) {
    await file?.close();
    throw error instanceof RunError ? error : unreadable(path, error);
  }
}

/** A buffer of its own each time: whoever got the last one may still hold it. */
async function readChunk(file: FileHandle, path: string): Promise<{ bytesRead: number; buffer: Buffer }> {
  try {
    return await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function folderInstead(path: string): RunError {
  return new RunError('input_unreadable', `${path} is a folder, not a file.`, {
    code: 'name_file_in_folder',
  });
}

function unreadable(path: string, cause: unknown): RunError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (path.includes(NOT_UTF8)) return unnameable(path, cause);
      return new RunError(
        'input_unreadable',
        `There is no file ${path}.`,
        { code: 'check_file_name' },
        cause,
      );
    case 'EISDIR':
      return folderInstead(path);
    case 'EACCES':
    case 'EPERM':
      return new RunError(
        'input_unreadable',
        `No permission to read ${path}.`,
        { code: 'ask_read_permission' },
        cause,
      );
    default:
      return new RunError(
        'input_unreadable',
        `${path} could not be read: ${reasonOf(cause)}`,
        { code: 'check_input_disk' },
        cause,
      );
  }
}

/** Whatever Node is given in an argument that is not UTF-8, it hands on as this. */
const NOT_UTF8 = '\uFFFD';

function unnameable(path: string, cause: unknown): RunError {
  const message = `The name ${path} has a byte that is not UTF-8, and no file can be opened by such a name.`;
  return new RunError('input_unreadable', message, { code: 'check_file_name', notUtf8: true }, cause);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
