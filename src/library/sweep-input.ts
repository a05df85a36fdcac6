import { fileSource } from '../input/bytes/read-file.ts';
import type { InputSource } from '../input/bytes/input-source.ts';
import type { InputOptions } from '../input/columns/input-options.ts';
import { RunError } from '../model/run-error.ts';
import { csvOfObjects, type RowObject } from './row-objects.ts';

/** A file's path, the bytes of a file, or rows as plain objects. */
export type SweepInput = string | AsyncIterable<Uint8Array> | AsyncIterable<RowObject> | Iterable<RowObject>;

/** An input as its reader takes it. */
export interface OpenedSource extends InputSource {
  /** Columns that are known, since rows came as objects. */
  readonly columns: InputOptions;
}

/** Looks at the first piece: bytes are read as a file's, objects as its rows. */
export async function openSource(input: SweepInput): Promise<OpenedSource> {
  if (typeof input === 'string') return { ...fileSource(input), columns: {} };
  const first = await firstOf(input);
  if (first.value instanceof Uint8Array) {
    // The first piece was bytes, and so are all.
    return { name: 'input', bytes: first.all as AsyncIterable<Uint8Array>, columns: {} };
  }
  if (first.value === undefined) throw new RunError('input_unreadable', 'The input has no rows.');
  return {
    name: 'input',
    bytes: csvOfObjects(first.all as AsyncIterable<RowObject>),
    columns: columnsOf(first.value),
  };
}

/** Objects name their columns themselves; a field that is no column of ours is carried through. */
function columnsOf(object: RowObject): InputOptions {
  return {
    opportunityColumn: 'opportunity',
    entityColumn: 'entity',
    ...('type' in object && { typeColumn: 'type' }),
    ...('replacement' in object && { replaceColumn: 'replacement' }),
  };
}

interface FirstOf {
  readonly value: RowObject | Uint8Array | undefined;
  readonly all: AsyncIterable<RowObject | Uint8Array>;
}

async function firstOf(input: Exclude<SweepInput, string>): Promise<FirstOf> {
  const source = piecesOf(input);
  const first = await source.next();
  async function* all(): AsyncGenerator<RowObject | Uint8Array> {
    try {
      for (let next = first; next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await source.return(undefined);
    }
  }
  return { value: first.done === true ? undefined : first.value, all: all() };
}

async function* piecesOf(input: Exclude<SweepInput, string>): AsyncGenerator<RowObject | Uint8Array> {
  yield* input;
}
