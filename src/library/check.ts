import type { TableReading } from '../input/columns/table-reading.ts';
import { openInput } from '../input/open-input.ts';
import { UnclearRows } from '../input/unclear-rows.ts';
import { countsOf, type InputCounts } from '../input/rows/input-tally.ts';
import type { InputRow } from '../model/row.ts';
import { assertOneReplacement, offlinePairs } from '../run/request/offline-pairs.ts';
import { feedRows, type Rows } from './row-feed.ts';
import { openSource, type SweepInput } from './sweep-input.ts';
import { assertReadingOptions, inputOptionsOf, type ReadingOptions } from './sweep-options.ts';

/** How an input was read, and what its rows come to. */
export interface CheckSummary {
  readonly counts: InputCounts;
  readonly reading: TableReading;
}

/** Validates every row; sends nothing, asks nobody. */
export function check(input: SweepInput, options: ReadingOptions = {}): Rows<InputRow, CheckSummary> {
  const left = new AbortController();
  return feedRows({
    run: async (offer) => {
      assertReadingOptions(options);
      assertOneReplacement(options);
      const source = await openSource(input);
      const { replaceMap } = options;
      const map = replaceMap === undefined ? {} : { replaceMap: await offlinePairs(replaceMap) };
      const opened = await openInput(source, { ...inputOptionsOf(options), ...source.columns, ...map });
      const unclear = new UnclearRows(opened.table.name);
      try {
        for await (const batch of opened.batches) {
          for (const row of batch) {
            left.signal.throwIfAborted();
            unclear.see(row);
            await offer(row);
          }
        }
      } finally {
        await opened.close();
      }
      unclear.assertNone(opened.tally().told);
      return { counts: countsOf(opened.tally()), reading: opened.table };
    },
    leave: () => left.abort(),
  });
}
