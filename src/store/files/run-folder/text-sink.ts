import { createHash } from 'node:crypto';
import type { AppendFile } from '../../../disk/append-file.ts';
import type { ResultsSink } from '../../run-store.ts';
import { unwritable } from './unwritable.ts';

/** Begins the file anew; closes it where that fails. */
export async function beginText(file: AppendFile): Promise<ResultsSink> {
  const hash = createHash('sha256');
  try {
    await file.truncate(0);
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
