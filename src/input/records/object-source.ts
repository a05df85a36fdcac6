import { RunError } from '../../model/run-error.ts';
import type { InputSource } from '../bytes/input-source.ts';

/** One row as a program has it. Further fields are columns that are carried through untouched. */
export interface InputObject {
  readonly opportunity: string;
  /** Where it is absent, the identifier's shape tells it. */
  readonly type?: string | undefined;
  readonly entity: string;
  readonly replacement?: string | undefined;
  readonly [field: string]: unknown;
}

/** Rows from a program in place of a file. `row` counts from 2, as if a header stood above them. */
export interface ObjectSource {
  /** Their name in messages. */
  readonly name: string;
  readonly objects: AsyncIterable<InputObject> | Iterable<InputObject>;
}

/** Columns of every such table, by the part they play. */
export const OBJECT_COLUMNS = {
  opportunity: 'opportunity',
  type: 'type',
  entity: 'entity',
  replacement: 'replacement',
} as const;

const CHUNK_CHARACTERS = 16_384;

/**
 * The same rows as the text of a CSV file, so that whatever is done with a file can be done with them. Its columns are the
 * fields of the first object; an object may lack some of them.
 *
 * @throws RunError `input_format`, from its bytes, for a field that the first object does not have
 */
export function csvSource({ name, objects }: ObjectSource): InputSource {
  return { name, bytes: csvBytes(name, objects) };
}

async function* csvBytes(name: string, objects: ObjectSource['objects']): AsyncGenerator<Uint8Array> {
  let fields: ReadonlySet<string> | undefined;
  let text = '';
  let row = 1;
  for await (const object of objects) {
    row += 1;
    assertIsObject(name, row, object);
    if (fields === undefined) {
      fields = new Set([...Object.values(OBJECT_COLUMNS), ...Object.keys(object)]);
      text = lineOf([...fields]);
    }
    const further = Object.keys(object).find((field) => fields?.has(field) === false);
    if (further !== undefined) throw unexpectedField(name, row, further);
    text += lineOf([...fields].map((field) => textOf(object[field])));
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(fields === undefined ? lineOf(Object.values(OBJECT_COLUMNS)) : text);
}

/** Every cell in quotes: no character of a value is taken for the table's own. */
function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  // Functions and symbols have no text.
  return JSON.stringify(value) ?? '';
}

/** Callers without types may hand over anything. */
function assertIsObject(name: string, row: number, object: unknown): void {
  if (typeof object === 'object' && object !== null && !Array.isArray(object)) return;
  throw new RunError('input_format', `${name}: row ${row} is no object.`, { code: 'same_fields' });
}

function unexpectedField(name: string, row: number, field: string): RunError {
  return new RunError(
    'input_format',
    `${name}: the object of row ${row} has a field ${JSON.stringify(field)} that the first object does not have.`,
    { code: 'same_fields' },
  );
}
