import { basename } from 'node:path';
import { assertNever } from '../../../model/fault.ts';
import type { DamagedStatus, RunStatus, SoundStatus } from '../../../run/record/read-status.ts';
import { faultWords } from '../../../run/record/journal-fault.ts';
import type { ResultsNow } from '../../../run/record/results-as-left.ts';
import type { FoundSince } from '../../../run/record/since/found-since.ts';
import type { ChangedBefore } from '../../../run/record/since/changed-before.ts';
import { givenTerms } from '../../../store/given-terms.ts';
import type { Holder } from '../../../store/holder.ts';
import type { RunPlaces } from '../../../store/run-store.ts';
import { onOneLine } from '../../process/terminal.ts';
import { count, counted, moment, perSecond, span, withMoments, zoned } from '../amounts.ts';
import {
  changedBeforeWords,
  correctedWords,
  doneSinceWords,
  takenBackWords,
} from '../../../model/words/since-words.ts';
import { describeDone, tallyLines } from '../describe-done.ts';
import { journalLines } from '../describe-end.ts';
import { halfReplacedLines } from '../describe-harm.ts';
import { isQuotaGoneElsewhere } from '../../../calls/stop/stop-reasons.ts';
import { quotaLines } from '../describe-pace.ts';
import { hintLines } from '../hints/hints.ts';
import { sessionLines, termLines } from '../describe-sessions.ts';
import { withFlags } from '../option-spelling.ts';
import { stateWord, wakeWords } from './describe-runs.ts';
import { minute, waitLines, waitWords } from './describe-wait.ts';
import { isRehearsalAt, whereWords } from './describe-where.ts';

/** What stands beside a run's record. */
export interface FoundBeside extends FoundSince {
  readonly results?: ResultsNow;
}

/** Where a run stands, and what goes on with it. */
export function describeStatus(
  found: RunStatus,
  places: RunPlaces,
  nowMs: number,
  beside: FoundBeside = {},
): string {
  const { job } = found;
  const lines =
    found.journalFault === undefined ? soundLines(found, places, nowMs, beside) : damageLines(found, places);
  const shown = onOneLine([job.input.name, basename(places.results), places.results, places.partialResults]);
  return shown(
    [
      `${basename(places.results)}, the run of ${job.input.name}: ${stateWords(found, nowMs)}`,
      ...lines,
      '',
    ].join('\n'),
  );
}

function soundLines(
  found: SoundStatus,
  places: RunPlaces,
  nowMs: number,
  { results = 'not looked at', corrected, changedBefore, takenBack = [], doneSince = [] }: FoundBeside,
): string[] {
  const { input, end, job } = found;
  const lines =
    end === undefined
      ? [
          describeDone(found, found.state === 'running' ? 'under way' : 'in doubt'),
          ...tallyLines(found.settled),
          ...halfReplacedLines(found.halfReplaced),
          ...stopLines(found, nowMs),
          ...waitLines(found, nowMs),
          ...callLines(found, nowMs),
          ...outlookLines(found, nowMs),
        ]
      : [`${counted(input.rows, 'row')}:`, ...tallyLines(end.tally), ...beforeLines(changedBefore)];
  const file =
    end === undefined
      ? `So far: ${places.partialResults}`
      : `Results: ${places.results}${corrected === undefined ? RESULTS_NOW[results] : ` (${correctedWords(corrected)})`}`;
  return [
    whereWords(job.terms),
    ...lockLines(found),
    ...lines,
    ...doneSince.map((later) => `  ${doneSinceWords(later)}`),
    ...takenBack.map((undo) => `  ${takenBackWords(undo)}`),
    ...faultLines(found, nowMs),
    ...termLines(givenTerms(job.terms)),
    ...sessionLines(found.sessions, found.state === 'running', nowMs),
    file,
    ...journalLines(found.journal),
    ...goOnLines(found),
  ];
}

const RESULTS_NOW: Readonly<Record<ResultsNow, string>> = {
  'as left': '',
  'not looked at': '',
  changed: ' (not as the run left it: changed since; --verify tells more)',
  gone: ' (not there; the same command writes it again from the journal, and sends nothing)',
};

/** Nothing that the journal tells is told: whoever reads a number believes it. */
function damageLines({ journalFault }: DamagedStatus, { folder, results }: RunPlaces): string[] {
  return [
    `DAMAGED: ${faultWords(journalFault)}.`,
    `What was done for how many rows, what is left of the quota, and when it ends is not known. --verify tells what is sound.`,
    `Restore ${folder} from a backup. Until then the run is not gone on with, and not undone.`,
    `Results, if it came to them: ${results}`,
  ];
}

/** Counted with the others, and done by another run. */
function beforeLines(before: ChangedBefore | undefined): string[] {
  if (before === undefined) return [];
  return [
    `  ${count(before.rows)} of them ${before.rows === 1 ? 'was' : 'were'} ${changedBeforeWords(before)}`,
  ];
}

/** With the zone of all times below. */
function stateWords(found: RunStatus, nowMs: number): string {
  const { state, holder, job } = found;
  const told = (iso = ''): string => zoned(Date.parse(iso), nowMs);
  const by = holder === undefined ? '' : workedOn(holder, nowMs);
  if (found.journalFault !== undefined)
    return `damaged; ${holder === undefined ? 'no process works on it' : `worked on ${by}`}`;
  switch (state) {
    case 'running':
      return `${stateWord(found)}, ${by}`;
    case 'finished':
      return `finished ${told(found.end?.at)}`;
    case 'stopped':
      return `${restWords(found, nowMs)} (begun ${told(job.at)})`;
    default:
      return assertNever(state);
  }
}

/** All that is not done by who holds the lock can be told without it. */
function lockLines({ lockFault }: RunStatus): string[] {
  if (lockFault === undefined) return [];
  return [
    `${lockFault} If no other oppsweep process is running, remove it: until then nothing goes on with the run.`,
  ];
}

/** Of a run that nobody works on. */
function restWords({ nextAtMs, lockFault }: SoundStatus, nowMs: number): string {
  if (lockFault !== undefined) return 'not finished; whether a process works on it is not known';
  if (nextAtMs === undefined) return 'stopped; no process works on it';
  const when = nextAtMs > nowMs ? `at ${zoned(nextAtMs, nowMs)}` : 'as soon as one has a place';
  return `waiting; a worker goes on with it by itself, ${when}`;
}

/** A run whose journal has no line yet. */
export function describeBeginning(results: string, holder: Holder, nowMs: number): string {
  return `${basename(results)}: the run is starting, ${workedOn(holder, nowMs)}: no call has left yet.\n`;
}

function workedOn(holder: Holder, nowMs: number): string {
  return `by process ${holder.pid} on ${holder.host} since ${zoned(Date.parse(holder.since), nowMs)}${wakeWords(holder)}`;
}

/** Where a run stands, in one line. */
export function statusLine(found: RunStatus): string {
  if (found.journalFault !== undefined)
    return `DAMAGED: ${found.journalFault} · how many of ${counted(found.rowsToRun, 'valid row')} are done is not known`;
  const { settled, rowsToRun, quota, waits } = found;
  const statuses = Object.entries(settled.byStatus).map(([status, rows]) => `${count(rows)} ${status}`);
  const left =
    quota === undefined || quota.leftInDay === 'unlimited' || isQuotaGoneElsewhere(found.stop)
      ? []
      : [`${count(quota.leftInDay)} writes of quota left`];
  const until = quota?.freesAtMs === undefined ? [] : [`no quota, until ${minute(quota.freesAtMs)}`];
  const waiting = waits === undefined ? until : [waitWords(waits)];
  const finish = found.expectedFinishMs === undefined ? [] : [`done by ${minute(found.expectedFinishMs)}`];
  const parts = [
    stateWord(found),
    ...(isRehearsalAt(found.job.terms) ? ['a rehearsal'] : []),
    `${count(settled.rows)} of ${counted(rowsToRun, 'valid row')} done`,
    ...statuses,
    ...(waiting.length > 0 ? waiting : left),
    ...finish,
  ];
  return parts.join(' · ');
}

const NO_WORD =
  'its process was killed, as by a second Ctrl-C, or could not write why it stopped (its disk full, or away)';

/** A process that was killed has left no word, nor has one whose disk was full: the two look alike. */
function stopLines({ state, stop, nextAtMs, lockFault }: SoundStatus, nowMs: number): string[] {
  if (state !== 'stopped' || lockFault !== undefined) return [];
  if (stop === undefined) return [`Reason: not known: ${NO_WORD}`];
  const { code, message, advice } = stop;
  return [
    `Reason: ${code}: ${withMoments(withFlags(message), (atMs) => moment(atMs, nowMs))}`,
    ...(nextAtMs === undefined ? hintLines({ code, advice }).map((line) => `  ${line}`) : []),
  ];
}

function callLines({ lastCallMs, quota, state, nextAtMs }: SoundStatus, nowMs: number): string[] {
  const last =
    lastCallMs === undefined
      ? []
      : [`Last call: ${moment(lastCallMs, nowMs)} (${span(Math.max(0, nowMs - lastCallMs))} ago)`];
  const nextMs = quota?.freesAtMs;
  if (nextMs === undefined || nextMs <= nowMs || nextAtMs !== undefined) return last;
  const condition = state === 'running' ? '' : ', if it goes on by then';
  return [...last, `Next call: ${moment(nextMs, nowMs)} (in ${span(nextMs - nowMs)})${condition}`];
}

/** A rate of rows that were settled long ago is none of now: the process may be suspended, or wait. */
const LATELY_MS = 60_000;

function outlookLines(found: SoundStatus, nowMs: number): string[] {
  const { rowsPerSecond, expectedFinishMs, state, waits, lastCallMs = 0 } = found;
  const lines: string[] = [];
  const isOfNow = state === 'running' && waits === undefined && lastCallMs > nowMs - LATELY_MS;
  if (rowsPerSecond !== undefined && isOfNow) lines.push(`Rate: ${perSecond(rowsPerSecond, 'row')} lately`);
  lines.push(...quotaLines(found, nowMs));
  if (expectedFinishMs !== undefined) {
    const condition =
      found.nextAtMs === undefined ? ', if it goes on now' : ', if a worker has a place for it';
    const when = `${moment(expectedFinishMs, nowMs)} (in ${span(Math.max(0, expectedFinishMs - nowMs))})`;
    lines.push(`Finish: ${when}${state === 'running' ? '' : condition}`);
  }
  return lines;
}

/** Of a run that is finished they were overcome, or its rows tell of them. */
function faultLines({ lastFaults, state }: SoundStatus, nowMs: number): string[] {
  if (lastFaults.length === 0 || state === 'finished') return [];
  const faults = lastFaults.map(({ atMs, exception }) => `${exception} at ${moment(atMs, nowMs)}`);
  return [`Last exceptions: ${faults.join(', ')}`];
}

function goOnLines({ state, goOn }: SoundStatus): string[] {
  return state === 'stopped' && goOn !== undefined ? [`Go on:  ${goOn}`] : [];
}
