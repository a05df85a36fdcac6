import { createHash } from 'node:crypto';
import type { AppendFile } from '../../../disk/append-file.ts';
import type { RunError } from '../../../model/run-error.ts';
import { headerText, rowsText, type ResultsForm, type SettledRow } from '../../../results/results-csv.ts';
import { unwritable } from './unwritable.ts';

/** The results so far: the settled rows from the first on, in input order. Derived from the journal. */
export interface PartialResults {
  /** Resolves once there is room for more; the row is written within the next turn of the event loop. */
  readonly add: (settled: SettledRow) => Promise<void>;
  /** Writes what is queued and makes it durable; gives the SHA-256 of the whole file. */
  readonly finish: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Rows queued before the writer must catch up. */
const QUEUE_ROWS = 512;

/** Begins the file anew: what it held before is written again from the journal. */
export async function beginPartialResults(file: AppendFile, form: ResultsForm): Promise<PartialResults> {
  const hash = createHash('sha256');
  let queue: SettledRow[] = [];
  let writing: Promise<void> | undefined;
  let failure: RunError | undefined;
  const put = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    await file.append(bytes);
  };
  const writeAll = async (): Promise<void> => {
    try {
      while (queue.length > 0) {
        const rows = queue;
        queue = [];
        await put(rowsText(rows, form));
      }
    } catch (error) {
      failure = unwritable('The results so far', error);
    }
    writing = undefined;
  };
  const settle = async (): Promise<void> => {
    await writing;
    if (failure !== undefined) throw failure;
  };
  try {
    await file.truncate(0);
    await put(headerText(form));
  } catch (error) {
    await file.close();
    throw unwritable('The results so far', error);
  }
  return {
    add: async (settled) => {
      if (failure !== undefined) throw failure;
      queue.push(settled);
      writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(writeAll);
      if (queue.length >= QUEUE_ROWS) await settle();
    },
    finish: async () => {
      await settle();
      await file.flush().catch((error: unknown) => {
        throw unwritable('The results so far', error);
      });
      return hash.digest('hex');
    },
    close: async () => {
      await writing;
      await file.close();
      if (failure !== undefined) throw failure;
    },
  };
}
