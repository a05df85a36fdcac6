import type { Tally } from '../../src/model/tally.ts';
import type { RunDigest } from '../../src/run/run-digest.ts';

/** The digest of a run that decided all its rows; those that failed may end otherwise. */
export function digestOf(tally: Tally, changes: Partial<RunDigest> = {}): RunDigest {
  const { failed = 0, unknown = 0 } = tally.byStatus;
  return {
    own: tally,
    reasons: [],
    lost: [],
    again: { failed, unknown },
    columns: { message: 'message', tip: 'tip' },
    ...changes,
  };
}
