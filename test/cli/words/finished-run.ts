import { describeFinished } from '../../../src/cli/words/describe-end.ts';
import type { Tally } from '../../../src/model/tally.ts';
import type { RunDigest } from '../../../src/run/run-digest.ts';
import { placesOf } from '../../../src/store/files/run-folder/folder-contents.ts';
import { runPaths } from '../../../src/store/files/run-folder/run-paths.ts';
import type { RunPlaces } from '../../../src/store/run-store.ts';
import type { CallCounts } from '../../../src/store/journal-line.ts';
import { summarise } from '../../../src/store/summary.ts';
import { JOB, sessionOf } from '../../results/samples.ts';
import { digestOf } from '../../run/digests.ts';

export const PLACES: RunPlaces = placesOf(runPaths('people.results.csv'));
export const TALLY: Tally = {
  rows: 1_203,
  byStatus: { failed: 3, disassociated: 1_190, duplicate: 10 },
  byException: { DuplicateRow: 10, ValidationException: 2, ThrottlingException: 1 },
  attempts: 1_200,
};

function next(only: readonly string[]): string {
  return `oppsweep x ${only.join(',')}`.trimEnd();
}

/** The words of a run that finished with these counts. */
export function finished(
  tally: Tally,
  calls: Partial<CallCounts> = {},
  finishIfRunNow?: string,
  digest: Partial<RunDigest> = {},
): string {
  const summary = summarise(JOB, {
    command: 'disassociate',
    catalog: 'Sandbox',
    endpoint: 'emulator',
    results: { name: 'people.results.csv', sha256: 'def' },
    counts: tally,
    sessions: [sessionOf({ writes: 1_200, reads: 7, throttles: 0, ...calls })],
    finishedAt: '2025-01-31T13:00:00.000Z',
    ...(finishIfRunNow !== undefined && { finishIfRunNow }),
  });
  const frame = { places: PLACES, tookMs: 90 * 60_000, next };
  return describeFinished({ kind: 'finished', tally, digest: digestOf(tally, digest), summary }, frame);
}
