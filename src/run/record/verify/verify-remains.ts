import { isDeepStrictEqual } from 'node:util';
import type { Tally } from '../../../model/tally.ts';
import type { Summary } from '../../../store/summary.ts';
import { differenceOf, settledCheck, type Check } from './check-sessions.ts';
import { verificationOf, type Verification } from './verification.ts';

/** Results whose run is not beside them, as they are now. */
export interface ResultsNow {
  readonly sha256: string;
  readonly counts: Pick<Tally, 'rows' | 'byStatus'>;
  /** The run's folder, where it stands in its place without a journal. */
  readonly emptied?: string | undefined;
}

/** Checks results by their summary, as far as that goes: `notVerified` says what only the run's folder would show. */
export function verifyRemains(now: ResultsNow, summary: Summary | undefined): Verification {
  const checks =
    summary === undefined
      ? [{ what: 'the results are those that their summary tells of', sound: false, found: NO_SUMMARY }]
      : checksBy(summary, now);
  if (now.emptied === undefined) return verificationOf(checks, ONLY_THE_FOLDER);
  return verificationOf([emptiedCheck(now.emptied), ...checks], ONLY_THE_JOURNAL);
}

const NO_SUMMARY =
  'there is no summary beside them, or it is none of ours, so that nothing shows whether they are as they were written';

/** Nobody who moves results away empties their folder. */
function emptiedCheck(folder: string): Check {
  return {
    what: 'the run’s journal can be read',
    sound: false,
    found: `${folder} stands here, and its journal is empty or gone. Restore the folder from a backup`,
  };
}

const ONLY_THE_JOURNAL = [
  'what the run sent and was answered, and that the input is the one it began with: only the journal tells',
  'that the summary is as the run wrote it: somebody who changed both files would not be found out',
];

const ONLY_THE_FOLDER = [
  'the journal, and with it what the run sent and was answered: the run’s folder is not beside the results',
  'that the summary is as the run wrote it: somebody who changed both files would not be found out',
  'the input: its copy stood in the folder',
];

function checksBy({ results, counts, sessions }: Summary, now: ResultsNow): Verification['checks'] {
  return [
    {
      what: 'the results have the SHA-256 that the summary names',
      sound: now.sha256 === results.sha256,
      found: `they have ${now.sha256} instead of ${results.sha256}: they were changed, or are another run’s`,
    },
    {
      what: 'the results have as many rows of each status as the summary says',
      sound:
        now.counts.rows === counts.rows &&
        isDeepStrictEqual({ ...now.counts.byStatus }, { ...counts.byStatus }),
      found:
        now.counts.rows === counts.rows
          ? `they have ${differenceOf(now.counts.byStatus, counts.byStatus)}`
          : `they have ${now.counts.rows} rows instead of ${counts.rows}: ${differenceOf(now.counts.byStatus, counts.byStatus)}`,
    },
    ...(sessions === undefined ? [] : [settledCheck(sessions, now.counts.byStatus)]),
  ];
}
