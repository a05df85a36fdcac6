import { NEAR_MISS } from '../../model/fault.ts';
import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import type { RunError } from '../../model/run-error.ts';
import type { RunPlaces } from '../../store/run-store.ts';
import type { CallCounts, Summary } from '../../store/summary.ts';
import type { Tally } from '../../model/tally.ts';
import type { RunEnd } from '../../run/run-end.ts';
import { withFlags } from './option-spelling.ts';
import { hintOf } from './hints.ts';
import { EXIT, exitCodeOf } from './stop-codes.ts';
import { count, counted, moment, span } from './amounts.ts';

const MEANINGS: Readonly<Record<RowStatus, string>> = {
  disassociated: 'removed',
  associated: 'attached',
  replaced: 'the new one attached, then the old one removed',
  already_absent: 'was not associated: nothing to remove',
  already_present: 'was associated already: nothing to attach',
  would_disassociate: 'would be removed',
  would_associate: 'would be attached',
  would_replace: 'would be replaced',
  duplicate: 'same as an earlier row: not sent twice',
  invalid: 'failed validation: nothing was sent',
  failed: 'refused or given up: not done',
  unknown: 'may or may not have been done: look before you act',
};

export interface FinishedFrame {
  readonly places: RunPlaces;
  readonly tookMs: number;
  /** The command that runs the failed rows again. */
  readonly again: string | undefined;
}

/** A finished run's work, in words a newcomer understands. */
export function describeFinished(
  end: Extract<RunEnd, { kind: 'finished' }>,
  { places, tookMs, again }: FinishedFrame,
): string {
  const { writes, reads, throttles } = end.summary.calls;
  const throttled = throttles === 0 ? 'none throttled' : `${count(throttles)} throttled`;
  return [
    `Finished: ${counted(end.tally.rows, 'row')} read, each with its line in the results.`,
    ...tallyLines(end.tally),
    ...planLines(end),
    `${counted(writes, 'write')} and ${counted(reads, 'read')} in ${span(tookMs)}, ${throttled}.`,
    ...rereadLines(end.summary.calls),
    `Results: ${places.results}`,
    `Summary: ${places.summary}`,
    ...adviceOn(end.tally, again),
    '',
  ].join('\n');
}

function rereadLines({ rereads = 0 }: CallCounts): string[] {
  if (rereads === 0) return [];
  return [
    `${counted(rereads, 'opportunity')} had to be read again: sorted by opportunity, the file would need one read each.`,
  ];
}

function planLines({ tally: { plan }, summary }: Extract<RunEnd, { kind: 'finished' }>): string[] {
  if (plan === undefined) return [];
  const {
    last_solution: lastSolution = 0,
    locked_review: locked = 0,
    last_of_type: lastOfType = 0,
  } = plan.byNote;
  return [
    `A run would spend ${counted(plan.writesNeeded, 'write')}; begun now, it would end ${endOf(summary)}. Nothing was changed.`,
    ...(lastSolution > 0
      ? [`  ${counted(lastSolution, 'opportunity')} would lose the last solution (--protect-last keeps it)`]
      : []),
    ...(lastOfType > 0 ? [`  ${counted(lastOfType, 'time')} the last entity of another type would go`] : []),
    ...(locked > 0 ? [`  ${counted(locked, 'row')} may be refused: the opportunity is under review`] : []),
  ];
}

export function describeFinishedBefore(
  end: Extract<RunEnd, { kind: 'finished_before' }>,
  places: RunPlaces,
): string {
  return [
    `This run is finished since ${end.at}; nothing was sent now.`,
    ...tallyLines(end.tally),
    `Results: ${places.results}${end.resultsIntact ? '' : ' (changed since the run wrote it)'}`,
    'To run it again from the beginning, add --restart: the old results are renamed, never deleted.',
    '',
  ].join('\n');
}

export function describeStopped(
  end: Extract<RunEnd, { kind: 'stopped' }>,
  places: RunPlaces,
  sameCommand: string,
): string {
  return [
    `Stopped (${end.reason.code}): ${withFlags(end.reason.message)}`,
    hintOf(end.reason),
    `${count(end.tally.rows)} of ${counted(end.rows, 'row')} done so far:`,
    ...tallyLines(end.tally),
    `So far: ${places.partialResults}`,
    // What was damaged is to be mended first, as the hint says.
    ...(end.reason.code === 'state_damaged' ? [] : [`Go on:  ${sameCommand}`]),
    '',
  ].join('\n');
}

/** One `RunError`, as `main.ts` prints it; where the same command goes on later, a scheduler finds the reason's code. */
export function describeError(error: RunError): string {
  const reason = exitCodeOf(error.code) === EXIT.stopped ? ` (${error.code})` : '';
  return `oppsweep${reason}: ${withFlags(error.message)}\n${hintOf(error)}\n`;
}

/** A line a status, in a fixed order, and the exceptions. */
export function tallyLines(tally: Tally): string[] {
  const statuses = ROW_STATUSES.flatMap((status): [RowStatus, number][] => {
    const rows = tally.byStatus[status] ?? 0;
    return rows === 0 ? [] : [[status, rows]];
  });
  const widths = {
    count: Math.max(...statuses.map(([, rows]) => count(rows).length), 1),
    status: Math.max(...statuses.map(([status]) => status.length), 1),
  };
  const lines = statuses.map(
    ([status, rows]) =>
      `  ${count(rows).padStart(widths.count)}  ${status.padEnd(widths.status)}  ${MEANINGS[status]}`,
  );
  const exceptions = Object.entries(tally.byException).filter(
    ([name]) => name !== 'DuplicateRow' && name !== 'InvalidRow',
  );
  if (exceptions.length === 0) return lines;
  return [
    ...lines,
    `  exceptions: ${exceptions.map(([name, rows]) => `${name} ${count(rows)}`).join(', ')}`,
    ...nearMissLines(tally),
  ];
}

function nearMissLines({ byException }: Tally): string[] {
  const rows = byException[NEAR_MISS] ?? 0;
  if (rows === 0) return [];
  return [`  ${counted(rows, 'near miss')}: nothing was sent; "message" says what each may mean`];
}

function endOf({ finishIfRunNow, finishedAt }: Summary): string {
  const endMs = Date.parse(finishIfRunNow ?? finishedAt);
  const nowMs = Date.parse(finishedAt);
  return `${moment(endMs, nowMs)} (in ${span(endMs - nowMs)})`;
}

function adviceOn({ byStatus }: Tally, again: string | undefined): string[] {
  const open = (['invalid', 'failed', 'unknown'] as const).filter((status) => (byStatus[status] ?? 0) > 0);
  if (open.length === 0) return [];
  const advice = `Next: the columns "message" and "tip" say what to do about the rows that are ${open.join(' or ')}.`;
  const canRunAgain = again !== undefined && (byStatus.failed ?? 0) + (byStatus.unknown ?? 0) > 0;
  return canRunAgain ? [advice, `Run the failed ones again: ${again}`] : [advice];
}
