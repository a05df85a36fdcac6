import type { InputOptions } from '../input/input-options.ts';
import type { InputTally } from '../input/input-tally.ts';
import { openInput } from '../input/open-input.ts';
import type { Understanding } from '../input/understanding.ts';
import type { Association } from '../model/entity.ts';
import type { InputRow } from '../model/row.ts';

/** An input that can be read as often as needed. */
export interface RereadableInput {
  readonly name: string;
  readonly read: () => AsyncIterable<Uint8Array>;
  readonly options: InputOptions;
}

/** What a whole reading of the input found. */
export interface Survey {
  readonly understanding: Understanding;
  readonly tally: InputTally;
}

/** Reads the input to its end before anything is sent: a file that can't be read through is refused whole. */
export async function surveyInput(input: RereadableInput): Promise<Survey> {
  const opened = await openInput({ name: input.name, bytes: input.read() }, input.options);
  let rows = 0;
  for await (const batch of opened.batches) rows += batch.length;
  const tally = opened.tally();
  if (tally.rows !== rows) throw new Error(`${rows} rows were read and ${tally.rows} counted`);
  return { understanding: opened.understanding, tally };
}

/** The associations that the valid rows name. */
export async function* associationsOf(input: RereadableInput): AsyncGenerator<Association> {
  for await (const row of rowsOf(input)) {
    if (row.kind === 'valid') yield { opportunityId: row.target.opportunityId, entity: row.target.entity };
  }
}

async function* rowsOf(input: RereadableInput): AsyncGenerator<InputRow> {
  const opened = await openInput({ name: input.name, bytes: input.read() }, input.options);
  for await (const batch of opened.batches) yield* batch;
}
