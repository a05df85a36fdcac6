import { basename } from 'node:path';
import { assertNever } from '../../../model/fault.ts';
import type { RunStatus, RunWait } from '../../../run/record/read-status.ts';
import { changedBefore } from '../../../run/record/changed-before.ts';
import { givenTerms } from '../../../store/given-terms.ts';
import type { RunPlaces } from '../../../store/run-store.ts';
import { nameOnOneLine, onOneLine } from '../../process/terminal.ts';
import { count, counted, decimal, moment, span } from '../amounts.ts';
import { describeDone } from '../describe-done.ts';
import { journalLines, tallyLines } from '../describe-end.ts';
import { halfReplacedLines } from '../describe-harm.ts';
import { quotaLines } from '../describe-pace.ts';
import { hintLines } from '../hints/hints.ts';
import { sessionLines, termLines } from '../describe-sessions.ts';
import { withFlags } from '../option-spelling.ts';

/** Where a run stands, and what goes on with it. */
export function describeStatus(found: RunStatus, places: RunPlaces, nowMs: number): string {
  const { input, end, job } = found;
  const head = `${basename(places.results)}, the run of ${job.input.name}: ${stateWords(found)}`;
  const lines =
    end === undefined
      ? [
          describeDone(found),
          ...tallyLines(found.settled),
          ...halfReplacedLines(found.halfReplaced),
          ...stopLines(found),
          ...waitLines(found, nowMs),
          ...callLines(found, nowMs),
          ...outlookLines(found, nowMs),
        ]
      : [`${counted(input.rows, 'row')}:`, ...tallyLines(end.tally), ...beforeLines(changedBefore(found))];
  const file = end === undefined ? `So far: ${places.partialResults}` : `Results: ${places.results}`;
  const shown = onOneLine([job.input.name, basename(places.results), places.results, places.partialResults]);
  return shown(
    [
      head,
      ...lines,
      ...faultLines(found, nowMs),
      ...termLines(givenTerms(job.terms)),
      ...sessionLines(found.sessions, found.state === 'running'),
      file,
      ...journalLines(found.journal),
      ...damageLines(found, places),
      ...goOnLines(found),
      '',
    ].join('\n'),
  );
}

/** Counted with the others, and done by another run. */
function beforeLines(rows: number): string[] {
  if (rows === 0) return [];
  return [`  ${count(rows)} of them were changed by an earlier run, whose results were the input`];
}

function stateWords({ state, holder, end, job }: RunStatus): string {
  switch (state) {
    case 'running':
      return `running, by process ${holder?.pid ?? 0} on ${holder?.host ?? ''} since ${holder?.since ?? ''}`;
    case 'finished':
      return `finished ${end?.at ?? ''}`;
    case 'stopped':
      return `stopped; no process works on it (begun ${job.at})`;
    default:
      return assertNever(state);
  }
}

/** Where a run stands, in one line: the same as long as nothing has changed. */
export function statusLine({ state, settled, rowsToRun, quota, waits }: RunStatus): string {
  const statuses = Object.entries(settled.byStatus).map(([status, rows]) => `${count(rows)} ${status}`);
  const left =
    quota === undefined || quota.leftInDay === 'unlimited'
      ? []
      : [`${count(quota.leftInDay)} writes left today`];
  const until = quota?.freesAtMs === undefined ? [] : [`no quota, until ${minute(quota.freesAtMs)}`];
  const waiting = waits === undefined ? until : [waitWords(waits)];
  const parts = [
    state,
    `${count(settled.rows)} of ${counted(rowsToRun, 'valid row')} done`,
    ...statuses,
    ...(waiting.length > 0 ? waiting : left),
  ];
  return parts.join(' · ');
}

const NO_WORD = 'its process was killed, or could not write why it stopped (its disk full, or away)';

const AWAITED = {
  service: 'the service',
  sign_in: 'a sign-in',
  daily_quota: 'quota',
  daily_read_quota: 'quota of reads',
} as const satisfies Record<RunWait['for'], string>;

function waitWords({ for: what, untilMs }: RunWait): string {
  const until = untilMs === undefined ? '' : `, until ${minute(untilMs)}${isQuota(what) ? '' : ' at most'}`;
  return `waits for ${AWAITED[what]}${until}`;
}

/** That it ends then is known. */
function isQuota(what: RunWait['for']): boolean {
  return what === 'daily_quota' || what === 'daily_read_quota';
}

/** UTC. */
function minute(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16)}Z`;
}

function waitLines({ waits }: RunStatus, nowMs: number): string[] {
  if (waits === undefined) return [];
  const { for: what, sinceMs, untilMs } = waits;
  const since = `since ${moment(sinceMs, nowMs)} (${span(Math.max(0, nowMs - sinceMs))})`;
  if (untilMs === undefined) return [`Waits: for ${AWAITED[what]}, ${since}; it is asked a few times more`];
  const until = `until ${moment(untilMs, nowMs)}`;
  if (isQuota(what)) return [`Waits: for the day’s ${AWAITED[what]}, ${since}, ${until}`];
  return [`Waits: for ${AWAITED[what]}, ${since}, ${until} at most; without it the run stops then`];
}

/** A process that was killed has left no word, nor has one whose disk was full: the two look alike. */
function stopLines({ state, stop }: RunStatus): string[] {
  if (state !== 'stopped') return [];
  if (stop === undefined) return [`Reason: not known: ${NO_WORD}`];
  const { code, message, advice } = stop;
  return [
    `Reason: ${code}: ${withFlags(message)}`,
    ...hintLines({ code, advice }).map((line) => `  ${line}`),
  ];
}

function callLines({ lastCallMs, quota, state }: RunStatus, nowMs: number): string[] {
  const last =
    lastCallMs === undefined
      ? []
      : [`Last call: ${moment(lastCallMs, nowMs)} (${span(Math.max(0, nowMs - lastCallMs))} ago)`];
  const nextMs = quota?.freesAtMs;
  if (nextMs === undefined || nextMs <= nowMs) return last;
  const condition = state === 'running' ? '' : ', if it goes on by then';
  return [...last, `Next call: ${moment(nextMs, nowMs)} (in ${span(nextMs - nowMs)})${condition}`];
}

/** A rate of rows that were settled long ago is none of now: the process may be suspended, or wait. */
const LATELY_MS = 60_000;

function outlookLines(found: RunStatus, nowMs: number): string[] {
  const { rowsPerSecond, expectedFinishMs, state, waits, lastCallMs = 0 } = found;
  const lines: string[] = [];
  const isOfNow = state === 'running' && waits === undefined && lastCallMs > nowMs - LATELY_MS;
  if (rowsPerSecond !== undefined && isOfNow)
    lines.push(`Rate: ${decimal(rowsPerSecond)} rows a second lately`);
  lines.push(...quotaLines(found, nowMs));
  if (expectedFinishMs !== undefined) {
    const when = `${moment(expectedFinishMs, nowMs)} (in ${span(Math.max(0, expectedFinishMs - nowMs))})`;
    lines.push(`Finish: ${when}${state === 'running' ? '' : ', if it goes on now'}`);
  }
  return lines;
}

function faultLines({ lastFaults }: RunStatus, nowMs: number): string[] {
  if (lastFaults.length === 0) return [];
  const faults = lastFaults.map(({ atMs, exception }) => `${exception} at ${moment(atMs, nowMs)}`);
  return [`Last exceptions: ${faults.join(', ')}`];
}

function damageLines({ journalFault }: RunStatus, { folder }: RunPlaces): string[] {
  if (journalFault === undefined) return [];
  return [
    `DAMAGED: the journal was changed: ${journalFault}. What it tells, above, is not to be relied on.`,
    `Restore ${folder} from a backup. Until then the run is not gone on with, and not undone.`,
  ];
}

function goOnLines({ state, goOn, journalFault }: RunStatus): string[] {
  return journalFault === undefined && state === 'stopped' && goOn !== undefined ? [`Go on:  ${goOn}`] : [];
}

/** A line a run, aligned: its input, its state, how far it has come, its results. */
export function describeRuns(
  runs: readonly { readonly found: RunStatus; readonly places: RunPlaces }[],
): string {
  const rows = runs.map(({ found, places }) => {
    const { state, stop, settled, rowsToRun, end, input, job } = found;
    const reason = stop === undefined ? '' : ` (${stop.code})`;
    const done = end === undefined ? `${count(settled.rows)} of ${count(rowsToRun)}` : count(input.rows);
    return [job.input.name, `${state}${reason}`, `${done} rows`, places.results].map(nameOnOneLine);
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}
