import { openInput, type OpenInput } from '../../input/open-input.ts';
import type { EarlierResult } from '../../model/outcome.ts';
import { RunError } from '../../model/run-error.ts';

/** Some results as they stand. */
export interface ResultsRead {
  /** The user's own header cells. */
  readonly header: readonly string[];
  readonly lines: AsyncIterable<ResultLine>;
}

export interface ResultLine {
  /** What our columns say; `undefined` for a line that was added since. */
  readonly earlier: EarlierResult | undefined;
  /** The user's own cells. */
  readonly own: readonly string[];
}

/** Rejects with `input_unreadable` where they are no results; else the lines are to be read to their end, or returned. */
export async function openResults(name: string, bytes: AsyncIterable<Uint8Array>): Promise<ResultsRead> {
  const opened = await openInput({ name, bytes }, {});
  if (opened.table.resultsFile !== undefined) return { header: opened.header, lines: linesOf(opened) };
  await opened.close();
  throw new RunError('input_unreadable', `${name} is no results file: it has none of their columns.`, {
    code: 'name_a_run',
  });
}

/** Whether some input was results; what can't be read is none. */
export async function areResults(name: string, input: () => AsyncIterable<Uint8Array>): Promise<boolean> {
  try {
    const opened = await openInput({ name, bytes: input() }, {});
    await opened.close();
    return opened.table.resultsFile !== undefined;
  } catch (error) {
    if (error instanceof RunError) return false;
    throw error;
  }
}

async function* linesOf({ batches, close }: OpenInput): AsyncGenerator<ResultLine> {
  try {
    for await (const batch of batches) for (const { earlier, cells } of batch) yield { earlier, own: cells };
  } finally {
    await close();
  }
}

/**
 * What each line of some results says, in order; `undefined` for one that was added since, or whose status is none of ours. Rejects as
 * `openResults` does.
 */
export async function* resultRows(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<EarlierResult | undefined> {
  const { lines } = await openResults(name, bytes);
  for await (const { earlier } of lines) yield earlier?.overwritten === undefined ? earlier : undefined;
}
