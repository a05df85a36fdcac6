import type { Disk } from '../../disk/disk.ts';
import { isGone, readLockHolder, type LockHolder } from '../../store/files/lock/lock.ts';
import type { Machine } from '../../disk/machine.ts';
import type { InputTally } from '../../input/rows/input-tally.ts';
import type { Clock } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import { callsSince } from '../../model/quota/earliest-start.ts';
import { expectedFinish } from '../../pace/expected-finish.ts';
import { readLedgerTimes } from '../../store/files/ledger/file-ledger.ts';
import { DAY_MS } from '../../model/quota/quota-day.ts';
import type { EndEntry, JobEntry, SessionEntry } from '../../store/journal-line.ts';
import { foldJournal } from '../../store/journal-state.ts';
import { readJournal } from '../../store/files/run-folder/read-journal.ts';
import { foldRecentEvents, type RecentFault } from '../../store/recent-events.ts';
import type { RunPaths } from '../../store/files/run-folder/run-paths.ts';
import type { Tally } from '../../model/tally.ts';
import { inputOptionsFrom, onlyFrom, operationFrom } from '../input-terms.ts';
import { copyDamaged, hasLostJournal, journalLost } from '../../store/files/run-folder/damaged-folder.ts';
import { surveyInput, writesOf } from '../survey-input.ts';

/** Where a run stands, told from its folder alone. */
export interface RunStatus {
  readonly state: 'running' | 'stopped' | 'finished';
  readonly job: JobEntry;
  readonly end: EndEntry | undefined;
  /** The process that works on it. */
  readonly holder: LockHolder | undefined;
  readonly input: InputTally;
  /** Valid rows that are to be run: some may not be asked for. */
  readonly rowsToRun: number;
  /** Rows that needed a call or a read; invalid and duplicate ones are in `input`. */
  readonly settled: Tally;
  readonly inDoubt: number;
  /** Over the newest settled rows. */
  readonly rowsPerSecond: number | undefined;
  readonly quota: QuotaStatus | undefined;
  readonly expectedFinishMs: number | undefined;
  readonly lastFaults: readonly RecentFault[];
}

export interface QuotaStatus {
  readonly usedInDay: number;
  readonly leftInDay: number | 'unlimited';
  /** When the used-up quota has room again, epoch milliseconds. */
  readonly freesAtMs?: number;
}

export interface StatusDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
}

/** Reads where a run stands, while it goes or after; changes nothing and waits for nobody. */
export async function readStatus(paths: RunPaths, deps: StatusDependencies): Promise<RunStatus> {
  const fold = foldJournal();
  const recent = foldRecentEvents();
  if (await deps.disk.exists(paths.journal)) {
    for await (const { entry, endByte } of readJournal(paths.journal, deps.disk.read(paths.journal))) {
      fold.add(entry, endByte);
      recent.add(entry);
    }
  }
  const { job, session, end, settled, unsettled } = fold.state();
  if (job === undefined) throw (await hasLostJournal(paths, deps.disk)) ? journalLost(paths) : noRun(paths);
  if (!(await deps.disk.exists(paths.inputCopy))) throw copyDamaged(paths, 'is gone');
  const survey = await surveyInput(
    {
      name: job.input.name,
      read: () => deps.disk.read(paths.inputCopy),
      options: inputOptionsFrom(job.terms),
    },
    {
      only: onlyFrom(job.terms),
      operationOf: () => operationFrom(job.terms),
    },
  );
  const { tally: input, rowsToRun } = survey;
  const holder = await livingHolder(paths, deps);
  const { faults, settledAtMs } = recent.events();
  const state = end === undefined ? (holder === undefined ? 'stopped' : 'running') : 'finished';
  return {
    state,
    job,
    end,
    holder,
    input,
    rowsToRun,
    settled,
    inDoubt: [...unsettled.values()].filter(({ standing }) => standing === 'in_doubt').length,
    rowsPerSecond: rateOf(settledAtMs),
    // A plan spends none of the quota that the session tells of.
    ...(await outlookOf(
      job.terms['command'] === 'plan' ? undefined : session,
      writesOf(rowsToRun - settled.rows, survey),
      deps,
    )),
    lastFaults: faults,
  };
}

/** Who works on the run now, if anybody. */
export async function livingHolder(
  paths: RunPaths,
  { disk, machine }: Pick<StatusDependencies, 'disk' | 'machine'>,
): Promise<LockHolder | undefined> {
  const holder = await readLockHolder(paths.lock, disk);
  return holder === undefined || (await isGone(holder, machine)) ? undefined : holder;
}

function rateOf(settledAtMs: readonly number[]): number | undefined {
  const [first, last] = [settledAtMs[0], settledAtMs.at(-1)];
  if (first === undefined || last === undefined || last <= first) return undefined;
  return ((settledAtMs.length - 1) * 1_000) / (last - first);
}

async function outlookOf(
  session: SessionEntry | undefined,
  remainingCalls: number,
  { disk, clock }: StatusDependencies,
): Promise<Pick<RunStatus, 'quota' | 'expectedFinishMs'>> {
  if (session === undefined) return { quota: undefined, expectedFinishMs: undefined };
  const { callsPerSecond, callsPerDay, ledgerFolder } = session;
  const times = ledgerFolder === undefined ? [] : await readLedgerTimes(ledgerFolder, 'writes', disk);
  const nowMs = Math.max(clock.wallMs(), times.at(-1) ?? 0);
  const expectedFinishMs = expectedFinish({ remainingCalls, nowMs, callsPerSecond, callsPerDay, times });
  const usedInDay = callsSince(times, nowMs - DAY_MS);
  if (callsPerDay === 'unlimited') return { quota: { usedInDay, leftInDay: 'unlimited' }, expectedFinishMs };
  const leftInDay = Math.max(0, callsPerDay - usedInDay);
  const oldestThatCounts = leftInDay === 0 ? times.at(-callsPerDay) : undefined;
  return {
    quota: {
      usedInDay,
      leftInDay,
      ...(oldestThatCounts !== undefined && { freesAtMs: oldestThatCounts + DAY_MS }),
    },
    expectedFinishMs,
  };
}

function noRun({ folder }: RunPaths): RunError {
  return new RunError('input_unreadable', `There is no run in ${folder}.`, { code: 'name_a_run' });
}
