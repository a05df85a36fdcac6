import { openInput } from '../../input/open-input.ts';
import type { EarlierResult } from '../../model/outcome.ts';
import { RunError } from '../../model/run-error.ts';

/**
 * Each line of some results, in order; `undefined` for one whose status is none of ours. Rejects with `input_unreadable` where they
 * are no results.
 */
export async function* resultRows(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<EarlierResult | undefined> {
  const opened = await openInput({ name, bytes }, {});
  try {
    if (opened.table.resultsFile === undefined) {
      throw new RunError('input_unreadable', `${name} is no results file: it has none of their columns.`, {
        code: 'name_a_run',
      });
    }
    for await (const batch of opened.batches) for (const { earlier } of batch) yield earlier;
  } finally {
    await opened.close();
  }
}
