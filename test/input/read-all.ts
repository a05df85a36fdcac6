import { openInput, type InputOptions, type OpenInput } from '../../src/input/open-input.ts';
import type { InputRow } from '../../src/model/row.ts';

/** Everything an input comes to. */
export interface ReadInput {
  readonly input: OpenInput;
  readonly rows: readonly InputRow[];
}

/** Opens and reads bytes to their end, handed over in chunks of the given size. */
export async function readAll(
  bytes: Uint8Array | string,
  options: InputOptions = {},
  chunkBytes = 65_536,
): Promise<ReadInput> {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const input = await openInput({ name: 'people.csv', bytes: chunksOf(buffer, chunkBytes) }, options);
  const rows: InputRow[] = [];
  for await (const batch of input.batches) rows.push(...batch);
  return { input, rows };
}

async function* chunksOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes)
    yield bytes.subarray(start, start + chunkBytes);
}

/** A row as the corpus writes it: what it asks for, or what is wrong with it. */
export function rowLine(row: InputRow): string {
  switch (row.kind) {
    case 'valid': {
      const { opportunityId, entity, replacement } = row.target;
      const added = replacement === undefined ? [] : [replacement.type, replacement.id];
      return [row.row, 'valid', opportunityId, entity.type, entity.id, ...added].join(' ');
    }
    case 'duplicate':
      return `${row.row} duplicate ${row.firstRow}`;
    case 'invalid':
      return `${row.row} invalid ${row.problems.map(({ kind }) => kind).join(' ')}`;
    case 'skipped':
      return `${row.row} skipped ${row.why.kind}`;
    default:
      return row satisfies never;
  }
}
