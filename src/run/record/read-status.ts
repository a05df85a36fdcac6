import { isQuotaGoneElsewhere } from '../../calls/stop/stop-reasons.ts';
import { countsOf } from '../../input/rows/input-tally.ts';
import { callsSince } from '../../model/quota/earliest-start.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../../model/quota/quota-day.ts';
import { finishAtRate, rowsPerSecond } from '../../model/quota/rows-rate.ts';
import { expectedFinish } from '../../pace/expected-finish.ts';
import { sameCommandGoesOn } from '../../model/run-error.ts';
import type { QuotaUsage } from '../../store/account-quota.ts';
import { isPlan } from '../../store/given-terms.ts';
import type { Holder } from '../../store/holder.ts';
import type { ChainHead } from '../../store/journal-chain.ts';
import type { Awaited, EndEntry, JobEntry, SessionEntry, StopEntry } from '../../store/journal-line.ts';
import type { RecentEvents, RecentFault } from '../../store/recent-events.ts';
import type { RunRecord } from '../../store/run-store.ts';
import type { Session } from '../../store/sessions.ts';
import { halfReplaced, type HalfReplaced } from './half-replaced.ts';
import { journalFault } from './journal-fault.ts';
import { doubtsIn, rowsDone, type RowInDoubt, type RowsDone } from '../rows/rows-done.ts';
import { writesOf } from '../request/changes-at-most.ts';
import { inputOptionsOfRun, onlyFrom, operationFrom } from '../request/input-terms.ts';
import { surveyIn, type SurveyCounts } from '../request/kept-survey.ts';

/** Where a run stands, told from its record alone. */
export type RunStatus = SoundStatus | DamagedStatus;

/** Told of every run. */
interface StatusFrame extends Pick<RowsDone, 'input' | 'rowsToRun'> {
  readonly version: 1;
  readonly state: 'running' | 'stopped' | 'finished';
  readonly job: JobEntry;
  /** The process that works on it. */
  readonly holder: Holder | undefined;
  /** Why nobody knows whether one does, a sentence. */
  readonly lockFault?: string;
  /** How far the chain of the journal's lines has come. */
  readonly journal: ChainHead;
}

/** Of a run whose journal is not as it left it: how far it came, what it spent and when it would end is known to nobody. */
export interface DamagedStatus extends StatusFrame {
  /** What shows it, a clause. */
  readonly journalFault: string;
}

/** Of a run whose journal nothing speaks against. */
export interface SoundStatus extends StatusFrame, RowsDone {
  readonly journalFault?: undefined;
  readonly end: EndEntry | undefined;
  /** Of a run that has stopped: those in doubt, but for more than the most that are named; absent where there are none. */
  readonly rowsInDoubt?: readonly RowInDoubt[];
  /** Of a run that has stopped: rows between whose calls it did. */
  readonly halfReplaced: readonly HalfReplaced[];
  /** All of them, oldest first. */
  readonly sessions: readonly Session[];
  /** Why the newest session ended; absent while one goes, and where it was cut off. */
  readonly stop: StopEntry | undefined;
  /** The command that goes on with the run; absent where none began it, where the same would stop again, and where a worker does. */
  readonly goOn: string | undefined;
  /** Of a run that nobody works on, and that waits in a queue: a worker goes on with it by itself from then on, epoch milliseconds. */
  readonly nextAtMs?: number;
  /** When the newest write left or was answered, epoch milliseconds; absent before the first. */
  readonly lastCallMs: number | undefined;
  /** What all rows wait for, of a run under way; absent while they go. */
  readonly waits?: RunWait;
  /** Of the newest session, lately; absent while its process is suspended. */
  readonly rowsPerSecond: number | undefined;
  readonly quota: QuotaStatus | undefined;
  /** Absent where it depends on what is waited for, or on when a suspended process goes on. */
  readonly expectedFinishMs: number | undefined;
  readonly lastFaults: readonly RecentFault[];
}

/** Epoch milliseconds. */
export interface RunWait {
  /** The quotas: of writes, and of reads. */
  readonly for: 'service' | 'sign_in' | 'daily_quota' | 'daily_read_quota';
  readonly sinceMs: number;
  /** At the latest; absent of a service that never answered, and is not waited for. */
  readonly untilMs?: number;
}

export interface QuotaStatus {
  readonly usedInDay: number;
  readonly leftInDay: number | 'unlimited';
  /** When the used-up quota has room again, epoch milliseconds. */
  readonly freesAtMs?: number;
}

/** As many as a report has. */
const DOUBTS_NAMED = 10_000;

/** Reads where a run stands, while it goes or after; changes nothing and waits for nobody. */
export async function readStatus(run: RunRecord): Promise<RunStatus> {
  const { job, state: found, holder, lockFault } = run;
  const survey = surveyIn(run.marked) ?? surveyIn({ survey: found.session?.survey }) ?? (await surveyOf(run));
  const { rowsToRun, tally: input } = survey;
  const frame: StatusFrame = {
    version: 1,
    state: found.end === undefined ? (holder === undefined ? 'stopped' : 'running') : 'finished',
    job,
    holder: holder && toldOf(holder),
    ...(lockFault !== undefined && { lockFault }),
    input: countsOf(input),
    rowsToRun,
    journal: run.found.chain,
  };
  const fault = await journalFault(run);
  if (fault !== undefined) return { ...frame, journalFault: fault };
  return soundStatus(run, frame, survey);
}

async function soundStatus(run: RunRecord, frame: StatusFrame, survey: SurveyCounts): Promise<SoundStatus> {
  const { job, state: found, recent } = run;
  const { session, settled, unsettled } = found;
  const { state } = frame;
  // A plan spends none of the quota that the session tells of.
  const spends = isPlan(job.terms) ? undefined : session;
  const writes = await countedWrites(run, state);
  const stop = state === 'stopped' ? found.stop : undefined;
  const nextAtMs = state === 'stopped' ? run.nextAtMs : undefined;
  const goesOn = stop === undefined || sameCommandGoesOn(stop.code);
  const rowsLeft = survey.rowsToRun - settled.rows;
  const done = rowsDone(survey, found);
  // Of a run under way, those in doubt are on their way, and have their place in the quota.
  const counted = state === 'running' ? done.inDoubt : 0;
  const calls = writesOf(rowsLeft, survey) - counted;
  const rate = state === 'running' ? recent.rate : [];
  const { quota, expectedFinishMs } = outlookOf(spends, { rowsLeft, calls, rate }, writes);
  const isSuspended = frame.holder?.suspended === true;
  const waits = state === 'running' && !isSuspended ? waitOf(run, quota, rowsLeft) : undefined;
  const finishes =
    goesOn &&
    !isQuotaGoneElsewhere(stop) &&
    !isSuspended &&
    (waits === undefined || waits.for === 'daily_quota');
  return {
    ...frame,
    end: found.end,
    ...done,
    ...(state === 'stopped' &&
      done.inDoubt > 0 && { rowsInDoubt: doubtsIn(unsettled).slice(0, DOUBTS_NAMED) }),
    halfReplaced: state === 'stopped' ? halfReplaced(unsettled) : [],
    sessions: found.sessions,
    stop,
    goOn: goesOn && nextAtMs === undefined ? session?.goOn : undefined,
    ...(nextAtMs !== undefined && { nextAtMs }),
    lastCallMs: recent.lastCallMs,
    ...(waits !== undefined && { waits }),
    rowsPerSecond: isSuspended ? undefined : rowsPerSecond(recent.rate),
    quota,
    expectedFinishMs: finishes ? expectedFinishMs : undefined,
    lastFaults: recent.faults,
  };
}

/** A quota that ends with its process, as a rehearsal's does, is counted nowhere else than in the journal. */
async function countedWrites(run: RunRecord, state: StatusFrame['state']): Promise<QuotaUsage> {
  const writes = await run.writes();
  const { session } = run.state;
  if (state !== 'running' || session === undefined || session.ledgerFolder !== undefined) return writes;
  const begunMs = Date.parse(session.at);
  return { ...writes, times: (await run.newestWrites()).filter((atMs) => atMs >= begunMs) };
}

/** Only where the journal has none, as an earlier version's: reading an input takes most of the program. */
async function surveyOf(run: RunRecord): Promise<SurveyCounts> {
  const { surveyInput } = await import('../request/survey-input.ts');
  const { job } = run;
  return surveyInput(
    { name: job.input.name, read: run.input, options: inputOptionsOfRun(run) },
    { only: onlyFrom(job.terms), operationOf: () => operationFrom(job.terms) },
  );
}

/** What a home keeps beside, to know its own process again, is nobody's affair. */
function toldOf({ host, pid, since, purpose, suspended }: Holder): Holder {
  return { host, pid, since, purpose, ...(suspended === true && { suspended }) };
}

const AWAITED = {
  service: 'service',
  'sign-in': 'sign_in',
  reads: 'daily_read_quota',
} as const satisfies Record<Awaited['what'], RunWait['for']>;

/** The day's quota is waited for once its last call has left. */
function waitOf(
  { recent: { awaited, lastCallMs = 0 }, state: { session } }: RunRecord,
  quota: QuotaStatus | undefined,
  rowsLeft: number,
): RunWait | undefined {
  if (awaited !== undefined) {
    const { what, ...times } = awaited;
    return { for: AWAITED[what], ...times };
  }
  const { freesAtMs: untilMs } = quota ?? {};
  if (untilMs === undefined || rowsLeft <= 0) return undefined;
  const begunMs = Date.parse(session?.at ?? '');
  return { for: 'daily_quota', sinceMs: Math.max(lastCallMs, begunMs), untilMs };
}

/** Rows not settled yet, the writes that they take at most, and how fast rows go. */
interface WorkLeft {
  readonly rowsLeft: number;
  readonly calls: number;
  readonly rate: RecentEvents['rate'];
}

function outlookOf(
  session: SessionEntry | undefined,
  { rowsLeft, calls, rate }: WorkLeft,
  writes: QuotaUsage,
): Pick<SoundStatus, 'quota' | 'expectedFinishMs'> {
  if (session === undefined) return { quota: undefined, expectedFinishMs: undefined };
  const { callsPerSecond, callsPerDay } = session;
  const { times } = writes;
  const nowMs = writes.nowMs();
  const permittedMs = expectedFinish({ remainingCalls: calls, nowMs, callsPerSecond, callsPerDay, times });
  const expectedFinishMs = finishAtRate([{ finishMs: permittedMs, calls, callsPerSecond }], rowsLeft, rate);
  const usedInDay = callsSince(times, nowMs - DAY_MS);
  if (callsPerDay === 'unlimited') return { quota: { usedInDay, leftInDay: 'unlimited' }, expectedFinishMs };
  const leftInDay = Math.max(0, callsPerDay - usedInDay);
  const oldestThatCounts = leftInDay === 0 ? times.at(-callsPerDay) : undefined;
  return {
    quota: {
      usedInDay,
      leftInDay,
      ...(oldestThatCounts !== undefined && { freesAtMs: oldestThatCounts + QUOTA_DAY_MS }),
    },
    expectedFinishMs,
  };
}
