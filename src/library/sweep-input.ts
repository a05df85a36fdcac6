import { fileSource } from '../input/bytes/read-file.ts';
import type { InputSource } from '../input/bytes/input-source.ts';
import type { InputOptions } from '../input/columns/input-options.ts';
import { OBJECT_OPTIONS } from '../input/open-input.ts';
import { csvSource, type InputObject } from '../input/records/object-source.ts';
import { RunError } from '../model/run-error.ts';

/** A file's path, the bytes of a file, or rows as plain objects. */
export type SweepInput =
  | string
  | AsyncIterable<Uint8Array>
  | AsyncIterable<InputObject>
  | Iterable<InputObject>;

/** An input as its reader takes it. */
export interface OpenedSource extends InputSource {
  /** Columns that are known, since rows came as objects. */
  readonly columns: InputOptions;
}

/** Looks at the first piece: bytes are read as a file's, objects as its rows. */
export async function openSource(input: SweepInput): Promise<OpenedSource> {
  if (typeof input === 'string') return { ...fileSource(input), columns: {} };
  assertIterable(input);
  const first = await firstOf(input);
  if (first.value instanceof Uint8Array) {
    // The first piece was bytes, and so are all.
    return { name: 'input', bytes: first.all as AsyncIterable<Uint8Array>, columns: {} };
  }
  if (first.value === undefined) throw new RunError('input_unreadable', 'The input has no rows.');
  // The first piece was no bytes, and so is none.
  const objects = first.all as AsyncIterable<InputObject>;
  return { ...csvSource({ name: 'input', objects }), columns: OBJECT_OPTIONS };
}

/** Callers without types may hand over anything. */
function assertIterable(input: unknown): void {
  const isObject = typeof input === 'object' && input !== null;
  if (isObject && (Symbol.asyncIterator in input || Symbol.iterator in input)) return;
  throw new RunError('usage', 'The input is a path, or an iterable of bytes or of objects.');
}

interface FirstOf {
  readonly value: InputObject | Uint8Array | undefined;
  readonly all: AsyncIterable<InputObject | Uint8Array>;
}

async function firstOf(input: Exclude<SweepInput, string>): Promise<FirstOf> {
  const source = piecesOf(input);
  const first = await source.next();
  async function* all(): AsyncGenerator<InputObject | Uint8Array> {
    try {
      for (let next = first; next.done !== true; next = await source.next()) yield next.value;
    } finally {
      await source.return(undefined);
    }
  }
  return { value: first.done === true ? undefined : first.value, all: all() };
}

async function* piecesOf(input: Exclude<SweepInput, string>): AsyncGenerator<InputObject | Uint8Array> {
  yield* input;
}
