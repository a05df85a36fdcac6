import { createHash } from 'node:crypto';
import type { RunRecord } from '../../store/run-store.ts';

/** How a finished run's results stand now; those that are long are not looked at. */
export type ResultsNow = 'as left' | 'changed' | 'gone' | 'not looked at';

/** Whoever asks where a run stands is not kept waiting: to read and hash so much takes some hundredths of a second. */
export const LOOKED_AT_BYTES = 8_000_000;

/** Whether the results are those that the run published, by their SHA-256. */
export async function resultsAsLeft(
  { state: { end }, publishedResults }: Pick<RunRecord, 'state' | 'publishedResults'>,
  lookedAtBytes: number = LOOKED_AT_BYTES,
): Promise<ResultsNow> {
  if (end === undefined) return 'not looked at';
  const bytes = await publishedResults();
  if (bytes === undefined) return 'gone';
  const hash = createHash('sha256');
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > lookedAtBytes) return 'not looked at';
    hash.update(piece);
  }
  return hash.digest('hex') === end.resultsSha256 ? 'as left' : 'changed';
}
