import type { RemainsStatus } from '../../../run/record/verify/read-remains.ts';
import type { Verification } from '../../../run/record/verify/verification.ts';
import type { Summary } from '../../../store/summary.ts';
import { counted, moment, zoned } from '../amounts.ts';
import { tallyLines } from '../describe-done.ts';
import { callerWords, sessionLines, termLines } from '../describe-sessions.ts';
import { isRehearsalAt, whereWords } from './describe-where.ts';

/** A run of which only the results are left, and perhaps the summary. */
export function describeRemains(
  { counts, summary, resultsIntact, emptied }: RemainsStatus,
  results: string,
  nowMs: number,
): string {
  const known =
    summary === undefined
      ? ['Its summary is not beside it, so that who ran it, when and where is not known.']
      : [
          `Begun ${zoned(Date.parse(summary.startedAt), nowMs)}, finished ${moment(Date.parse(summary.finishedAt), nowMs)}, by ${summary.tool}`,
          ...termLines(summary.terms ?? {}),
          ...sessionLines(summary.sessions ?? [], false, nowMs),
          resultsIntact === true
            ? 'The results are those that the summary tells of (SHA-256).'
            : 'The results were changed since the summary was written: these counts are theirs as they are now.',
        ];
  return [
    emptied === undefined
      ? `${results}: finished; its folder is not beside it, so that its journal can't be looked into`
      : `${results}: finished; ${emptied} stands beside it, but its journal is empty or gone. Restore it from a backup`,
    ...(summary === undefined ? [] : [whereWords(summary) + callerOf(summary)]),
    `${counted(counts.rows, 'row')}:`,
    ...tallyLines(counts),
    ...known,
    '',
  ].join('\n');
}

/** Where its sessions had several, each names its own. */
function callerOf(summary: Summary): string {
  const { caller, sessions = [] } = summary;
  if (isRehearsalAt(summary)) return '';
  if (caller !== null) return `, as ${callerWords(caller)}`;
  return sessions.length > 1 ? '' : ', as a caller that is not known';
}

export function describeVerification(verification: Verification | undefined): string {
  if (verification === undefined) return '';
  const lines = verification.checks.map(
    ({ what, sound, found }) => `  ${sound ? 'ok ' : 'BAD'}  ${what}${sound ? '' : `: ${found}`}`,
  );
  const { notVerified = [] } = verification;
  const head = verification.sound ? 'Verified:' : 'Verified, and not sound:';
  const rest =
    notVerified.length === 0 ? [] : ['Not verified:', ...notVerified.map((what) => `  --   ${what}`)];
  return [head, ...lines, ...rest, ''].join('\n');
}
