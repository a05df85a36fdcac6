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
  return {
    write: async (text) => {
      const bytes = Buffer.from(text);
      hash.update(bytes);
      await file.append(bytes).catch(cantWrite);
    },
    soFar: () => ({ bytes: file.size(), sha256: hash.copy().digest('hex') }),
    finish: async () => {
      await file.flush().catch(cantWrite);
      return hash.copy().digest('hex');
    },
    close: () => file.close(),
  };
}

const WHAT = 'The results so far';

function cantWrite(cause: unknown): never {
  throw unwritable(WHAT, cause);
}
