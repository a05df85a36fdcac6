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

/** Where the results stand, and who hears of what is written. */
export interface WritingOn {
  /** The sink has rows already, and their header. */
  readonly begun?: boolean;
  /** Told of rows as soon as their lines are in the sink, before anything else is written. */
  readonly written?: (rows: readonly SettledRow[]) => void;
}

/** Begins with the header; the sink is closed with the writer, and at once where not even that can be written. */
export async function beginResults(
  sink: ResultsSink,
  form: ResultsForm,
  { begun = false, written = () => undefined }: WritingOn = {},
): Promise<ResultsWriter> {
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
        written(rows);
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
    if (!begun) await sink.write(headerText(form));
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
