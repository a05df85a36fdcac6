import type { RowStatus } from '../../model/outcome.ts';
import { sameCommandGoesOn, type RunError } from '../../model/run-error.ts';
import type { ChainHead } from '../../store/journal-chain.ts';
import type { RunPlaces } from '../../store/run-store.ts';
import type { CallCounts } from '../../store/journal-line.ts';
import { callsOfLast } from '../../store/sessions.ts';
import type { Summary } from '../../store/summary.ts';
import type { Reason, RunDigest } from '../../run/run-digest.ts';
import type { RunEnd } from '../../run/run-end.ts';
import { takenBackWords } from '../../model/words/since-words.ts';
import type { ReadAt } from '../process/process-context.ts';
import { holdsNamedAlone, planNotes } from '../../model/words/plan-notes.ts';
import { withFlags } from './option-spelling.ts';
import { hintLines, hintOf } from './hints/hints.ts';
import { EXIT, exitCodeOf } from './hints/stop-codes.ts';
import { describeDone, tallyLines } from './describe-done.ts';
import { halfReplacedLines, harmDone } from './describe-harm.ts';
import { count, counted, dateTime, oneOf, span, withMoments } from './amounts.ts';
import { allSessionsLine } from './describe-sessions.ts';

export interface FinishedFrame extends ReadAt {
  readonly places: RunPlaces;
  readonly tookMs: number;
  readonly next: NextStep;
  /** Nothing was to be changed. */
  readonly planned?: boolean;
  /** Of a rehearsal: how long the real run takes. */
  readonly realRun?: string;
}

/** The command for rows of these statuses (none named: all). */
export type NextStep = (only: readonly RowStatus[]) => string;

/** A finished run's work, in words a newcomer understands. */
export function describeFinished(
  end: Extract<RunEnd, { kind: 'finished' }>,
  { places, tookMs, next, planned = end.tally.plan !== undefined, realRun, nowMs }: FinishedFrame,
): string {
  const { sessions = [] } = end.summary;
  const { writes, reads, throttles } = callsOfLast(sessions) ?? end.summary.calls;
  const throttled = throttles === 0 ? 'none throttled' : `${count(throttles)} throttled`;
  return [
    ...harmDone(end.digest, end.digest.own, places),
    `Finished: ${counted(end.tally.rows, 'row')} read, each with its line in the results.`,
    ...ownLines(end),
    ...takenBackLines(end.takenBack),
    ...reasonLines(end.digest),
    ...(planned ? planLines(end, nowMs) : []),
    `${counted(writes, 'write')} and ${counted(reads, 'read')} in ${span(tookMs)}, ${throttled}.`,
    ...allSessionsLine(sessions),
    ...(realRun === undefined ? [] : [realRun]),
    ...rereadLines(end.summary.calls),
    `Results: ${places.results}`,
    `Summary: ${places.summary}`,
    ...journalLines(end.summary.journal),
    ...adviceOn(end, next, planned),
    '',
  ].join('\n');
}

/** A run knows nothing of its undo: what was undone stays done in its results, and is not sent again. */
export function takenBackLines(undos: RunEnd['takenBack'] = []): string[] {
  return undos.map(
    (undo) =>
      `${takenBackWords(undo)}: this run does not send that again. To have it done again, begin anew with --restart; rows that are done are found by a read.`,
  );
}

/** Whoever keeps this line elsewhere can show later that nothing before it was changed. */
export function journalLines(chain: ChainHead | undefined): string[] {
  if (chain === undefined || chain.lines === 0) return [];
  return [`Journal: ${counted(chain.lines, 'line')}, ending in ${chain.sha256}`];
}

function rereadLines({ rereads = 0 }: CallCounts): string[] {
  if (rereads === 0) return [];
  return [
    `${counted(rereads, 'opportunity')} had to be read again: sorted by opportunity, the file would need one read each.`,
  ];
}

function planLines(
  { tally, summary }: Extract<RunEnd, { kind: 'finished' }>,
  nowMs: ReadAt['nowMs'],
): string[] {
  const { plan } = tally;
  if (plan === undefined || plan.writesNeeded === 0)
    return ['A run would spend 0 writes: there is nothing to do. Nothing was changed.'];
  return [
    `A run would spend ${counted(plan.writesNeeded, 'write')}; begun now, it would end ${endOf(summary, nowMs)}. Nothing was changed.`,
    ...planNotes(plan.byNote, holdsNamedAlone(summary.endpoint, summary.options)).map(
      (note) => `  ${withFlags(note)}`,
    ),
  ];
}

export function describeFinishedBefore(
  end: Extract<RunEnd, { kind: 'finished_before' }>,
  places: RunPlaces,
  { nowMs }: ReadAt = {},
): string {
  return [
    `This run is finished since ${dateTime(Date.parse(end.at), nowMs)}; nothing was sent now.`,
    ...tallyLines(end.tally),
    ...takenBackLines(end.takenBack),
    `Results: ${places.results}${end.resultsIntact ? '' : ' (changed since the run wrote it)'}`,
    'To run it again from the beginning, add --restart: the old results are renamed, never deleted.',
    '',
  ].join('\n');
}

export function describeStopped(
  end: Extract<RunEnd, { kind: 'stopped' }>,
  places: RunPlaces,
  { sameCommand, nowMs }: ReadAt & { readonly sameCommand: string },
): string {
  return [
    ...harmDone(end.digest, end.done.settled, places),
    ...halfReplacedLines(end.halfReplaced),
    `Stopped (${end.reason.code}): ${spelt(end.reason, nowMs)}`,
    ...hintLines(end.reason),
    describeDone(end.done),
    ...tallyLines(end.done.settled),
    ...takenBackLines(end.takenBack),
    ...reasonLines(end.digest),
    `So far: ${places.partialResults}`,
    ...journalLines(end.journal),
    ...(sameCommandGoesOn(end.reason.code) ? [`Go on:  ${sameCommand}`] : []),
    '',
  ].join('\n');
}

/** One `RunError`, as `main.ts` prints it; where the same command goes on later, a scheduler finds the reason's code. */
export function describeError(error: RunError, { nowMs }: ReadAt = {}): string {
  const reason = exitCodeOf(error.code) === EXIT.stopped ? ` (${error.code})` : '';
  return `oppsweep${reason}: ${spelt(error, nowMs)}\n${hintOf(error)}\n`;
}

function spelt({ message }: RunError, nowMs: ReadAt['nowMs']): string {
  return withMoments(withFlags(message), (atMs) => dateTime(atMs, nowMs));
}

function endOf({ finishIfRunNow, finishedAt }: Summary, nowMs: ReadAt['nowMs']): string {
  const endMs = Date.parse(finishIfRunNow ?? finishedAt);
  return `${dateTime(endMs, nowMs)} (in ${span(endMs - Date.parse(finishedAt))})`;
}

/** Counts of the rows that this run decided; the others kept the line of the results that were its input. */
function ownLines({ tally, digest: { own } }: Extract<RunEnd, { kind: 'finished' }>): string[] {
  const kept = tally.rows - own.rows;
  return kept === 0
    ? tallyLines(own)
    : [...tallyLines(own), `  ${counted(kept, 'other row')} kept the line ${kept === 1 ? 'it' : 'they'} had`];
}

const REASONS_SHOWN = 3;
/** Our own messages, two ARNs long, are shown whole. */
const MESSAGE_SHOWN = 400;

function reasonLines({ reasons }: RunDigest): string[] {
  const lines = reasons.slice(0, REASONS_SHOWN).map(describeReason);
  const more = reasons.length - lines.length;
  return more > 0 ? [...lines, `  … and ${counted(more, 'other reason')}`] : lines;
}

/** An exception with the first row that has it. */
export function describeReason({ exception, rows, first }: Reason): string {
  const { row, rowBefore, opportunityId, message } = first;
  const others = rows === 1 ? '' : ` (and ${counted(rows - 1, 'more row')})`;
  const shown = message.length > MESSAGE_SHOWN ? `${message.slice(0, MESSAGE_SHOWN)}…` : message;
  const before = rowBefore === undefined ? '' : ` (row ${rowBefore} of the run before)`;
  return `  ✗ row ${count(row)}${before}  ${showOpportunity(opportunityId)}${exception}${others}: ${withFlags(shown)}`;
}

function showOpportunity(id: string): string {
  return id === '' ? '' : `${id}  `;
}

/** One command, for all the rows that the sentence before it names. */
function adviceOn(
  { tally, digest }: Extract<RunEnd, { kind: 'finished' }>,
  next: NextStep,
  planned: boolean,
): string[] {
  const { own, columns } = digest;
  const open = (['invalid', 'failed', 'unknown'] as const).filter(
    (status) => (own.byStatus[status] ?? 0) > 0,
  );
  const look =
    open.length === 0
      ? []
      : [
          `Next: the columns "${columns.message}" and "${columns.tip}" say what to do about the rows that are ${oneOf(open)}.`,
        ];
  const command = (words: string, only: readonly RowStatus[]): string[] => [
    ...look,
    `${words}: ${next(only)}`,
  ];
  if (planned) return (tally.plan?.writesNeeded ?? 0) > 0 ? command('Run it', []) : look;
  if (open.length === 0) return look;
  const again = { ...digest.again, invalid: 0 };
  return open.every((status) => again[status] > 0)
    ? command(`Run the ${open.join(' and ')} ones again`, open)
    : command('Once that is done', open);
}
