import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** The identity of an input's bytes. */
export interface InputIdentity {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads the bytes to their end. */
export async function identify(name: string, bytes: AsyncIterable<Uint8Array>): Promise<InputIdentity> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of bytes) {
    hash.update(piece);
    size += piece.length;
  }
  return { name, bytes: size, sha256: hash.digest('hex') };
}

/** An input of which the first bytes were read. */
export interface BegunReading {
  /** All of it, those first bytes included. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Lets the source go where it was not read to its end. */
  readonly close: () => Promise<void>;
}

/** Reads the first bytes: an input that can't be read is refused before anything of a run is touched. */
export async function beginReading(bytes: AsyncIterable<Uint8Array>): Promise<BegunReading> {
  const reading = bytes[Symbol.asyncIterator]();
  let first: IteratorResult<Uint8Array> | undefined = await reading.next();
  async function* goOn(): AsyncGenerator<Uint8Array> {
    let next = first ?? (await reading.next());
    // A run has this for as long as it goes, and some hundreds of them go in one process.
    first = undefined;
    for (; next.done !== true; next = await reading.next()) yield next.value;
  }
  return {
    bytes: goOn(),
    close: async () => {
      await reading.return?.();
    },
  };
}

/** Where a run's report is written unless it is told otherwise: `people.report.html` beside `people.results.csv`. */
export function reportPath(results: string): string {
  return join(dirname(results), `${fileStem(results).replace(/\.results$/i, '')}.report.html`);
}

/** A file's name without its folder and what tells its form: `people` of `in/people.csv.gz` or `people.xlsx`. */
export function fileStem(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods)$/i, '');
}
