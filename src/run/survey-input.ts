import type { InputOptions } from '../input/input-options.ts';
import type { InputTally } from '../input/input-tally.ts';
import { openInput } from '../input/open-input.ts';
import type { Understanding } from '../input/understanding.ts';
import type { Association } from '../model/entity.ts';
import type { RowStatus } from '../model/outcome.ts';
import type { InputRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';

/** An input that can be read as often as needed. */
export interface RereadableInput {
  readonly name: string;
  readonly read: () => AsyncIterable<Uint8Array>;
  readonly options: InputOptions;
}

/** What a whole reading of the input found. */
export interface Survey {
  readonly understanding: Understanding;
  /** The user's header cells, as they were. */
  readonly header: readonly string[];
  readonly tally: InputTally;
  /** Valid rows that are to be run: all of them, unless `only` leaves some out. */
  readonly rowsToRun: number;
}

/** Reads the input to its end before anything is sent: a file that can't be read through is refused whole. */
export async function surveyInput(input: RereadableInput, only?: readonly RowStatus[]): Promise<Survey> {
  const opened = await openInput({ name: input.name, bytes: input.read() }, input.options);
  if (only !== undefined && opened.understanding.resultsFile === undefined) throw noResults(input.name);
  let rowsToRun = 0;
  for await (const batch of opened.batches) {
    for (const row of batch) if (row.kind === 'valid' && isAskedFor(row, only)) rowsToRun += 1;
  }
  return { understanding: opened.understanding, header: opened.header, tally: opened.tally(), rowsToRun };
}

/** Whether a run of these statuses only takes the row; a row of which nothing is known is taken. */
export function isAskedFor({ earlier }: InputRow, only: readonly RowStatus[] | undefined): boolean {
  return only === undefined || earlier === undefined || only.includes(earlier.status);
}

function noResults(name: string): RunError {
  return new RunError(
    'usage',
    `--only takes rows of an earlier run's results, and ${name} is no results file.`,
    {
      hint: 'Name the results (people.results.csv), or leave --only out.',
    },
  );
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
