import { createHash, type Hash } from 'node:crypto';
import type { AppendFile } from '../../../disk/append-file.ts';
import type { ResultsSink } from '../../run-store.ts';
import { unwritable } from './unwritable.ts';

/** Begins the file anew; closes it where that fails. */
export function beginText(file: AppendFile): Promise<ResultsSink> {
  return goOnWithText(file, { bytes: 0, hash: createHash('sha256') });
}

/** The first bytes of a file, and the hash of these. */
export interface TextSoFar {
  readonly bytes: number;
  readonly hash: Hash;
}

/** Goes on behind these bytes, and cuts off what stands there; closes the file where that fails. */
export async function goOnWithText(file: AppendFile, { bytes: from, hash }: TextSoFar): Promise<ResultsSink> {
  try {
    await file.truncate(from);
  } catch (error) {
    await file.close();
    throw unwritable(WHAT, error);
  }
  return sinkInto(file, hash);
}

/**
 * Writes from the beginning over what stands there (`there`), which stays as long as the new text is the same: a session that ends before
 * it has come so far takes nothing away. From the first byte that differs on, the file is the new text's.
 */
export async function goOverText(file: AppendFile, there: AsyncIterable<Uint8Array>): Promise<ResultsSink> {
  const before = readAlong(there);
  let same = 0;
  let parted = false;
  const sink = sinkInto(file, createHash('sha256'), async (bytes) => {
    const alike = parted ? 0 : await before.alike(bytes);
    same += alike;
    if (alike === bytes.length) return undefined;
    if (!parted) await file.truncate(same);
    parted = true;
    return bytes.subarray(alike);
  });
  return {
    ...sink,
    soFar: () => ({ ...sink.soFar(), bytes: parted ? file.size() : same }),
    finish: async () => {
      if (!parted && file.size() > same) await file.truncate(same).catch(cantWrite);
      return sink.finish();
    },
    close: async () => {
      await before.close();
      await file.close();
    },
  };
}

/** `missing`: the part of some bytes that the file doesn't have yet. */
function sinkInto(
  file: AppendFile,
  hash: Hash,
  missing: (bytes: Buffer) => Promise<Buffer | undefined> = async (bytes) => bytes,
): ResultsSink {
  return {
    write: async (text) => {
      const bytes = Buffer.from(text);
      hash.update(bytes);
      const rest = await missing(bytes).catch(cantWrite);
      if (rest !== undefined) await file.append(rest).catch(cantWrite);
    },
    soFar: () => ({ bytes: file.size(), sha256: hash.copy().digest('hex') }),
    finish: async () => {
      await file.flush().catch(cantWrite);
      return hash.copy().digest('hex');
    },
    close: () => file.close(),
  };
}

/** Tells how far bytes are alike with the next ones of a text; what can't be read is not. */
function readAlong(text: AsyncIterable<Uint8Array>): {
  readonly alike: (bytes: Buffer) => Promise<number>;
  readonly close: () => Promise<void>;
} {
  const pieces = text[Symbol.asyncIterator]();
  let piece: Uint8Array = new Uint8Array();
  return {
    alike: async (bytes) => {
      for (let at = 0; at < bytes.length;) {
        if (piece.length === 0) {
          const next = await pieces.next().catch(() => undefined);
          if (next === undefined || next.done === true) return at;
          piece = next.value;
        }
        const length = Math.min(piece.length, bytes.length - at);
        for (let i = 0; i < length; i += 1) if (piece[i] !== bytes[at + i]) return at + i;
        piece = piece.subarray(length);
        at += length;
      }
      return bytes.length;
    },
    close: async () => {
      await pieces.return?.();
    },
  };
}

const WHAT = 'The results so far';

function cantWrite(cause: unknown): never {
  throw unwritable(WHAT, cause);
}
