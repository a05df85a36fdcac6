import type { ResultsSink } from '../store/run-store.ts';
import { headerText, rowsText, type ResultsForm, type SettledRow } from './results-csv.ts';

/** Writes the results so far: the settled rows from the first on, in input order. Derived from the journal. */
export interface ResultsWriter {
  /** Resolves once there is room for more; the row is written within the next turn of the event loop. */
  readonly add: (settled: SettledRow) => Promise<void>;
  /** Writes what is queued and makes it durable; gives the SHA-256 of the whole. */
  readonly finish: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Rows queued before the writer must catch up. */
const QUEUE_ROWS = 512;

/** Begins with the header; the sink is closed with the writer, and at once where not even that can be written. */
export async function beginResults(sink: ResultsSink, form: ResultsForm): Promise<ResultsWriter> {
  let queue: SettledRow[] = [];
  let writing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const assertSound = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  const writeAll = async (): Promise<void> => {
    try {
      while (queue.length > 0) {
        const rows = queue;
        queue = [];
        await sink.write(rowsText(rows, form));
      }
    } catch (error) {
      failure = { error };
    }
    writing = undefined;
  };
  const settle = async (): Promise<void> => {
    await writing;
    assertSound();
  };
  try {
    await sink.write(headerText(form));
  } catch (error) {
    await sink.close();
    throw error;
  }
  return {
    add: async (settled) => {
      assertSound();
      queue.push(settled);
      writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(writeAll);
      if (queue.length >= QUEUE_ROWS) await settle();
    },
    finish: async () => {
      await settle();
      return sink.finish();
    },
    close: async () => {
      await writing;
      await sink.close();
      assertSound();
    },
  };
}
