import { join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { acquireLock, type Lock } from '../lock/lock.ts';
import type { Machine } from '../../../disk/machine.ts';
import type { Clock } from '../../../model/clock.ts';
import { createCallRing, type CallRing } from '../../../model/quota/call-ring.ts';
import { newestOf, type CallTimes } from '../../../model/quota/earliest-start.ts';
import { QUOTA_DAY_MS } from '../../../model/quota/quota-day.ts';
import type { JournaledWrites } from '../../account-quota.ts';
import { createLedgerFile, type LedgerFile } from './ledger-file.ts';
import { decodeRecords, encodeRecords } from './ledger-record.ts';
import { createLedgerTime, resumedTime } from '../../../model/quota/ledger-time.ts';
import { callsOfDay, lostCalls } from './lost-calls.ts';
import { createTimeMarks, readTimeMark } from './time-mark.ts';
import { ledgerUnwritable } from './unwritable-ledger.ts';

export type LedgerKind = 'writes' | 'reads';

export interface FileLedgerOptions {
  /** As `ledgerFolder` names it; made if it is absent. */
  readonly folder: string;
  readonly kind: LedgerKind;
  /** This process's purpose, for whoever finds the ledger held: `disassociate people.csv`. */
  readonly purpose: string;
  /** As `ledgerCapacity` says. */
  readonly capacity: number;
  /** Calls that a run's journal tells of: a ledger that has fewer of the last day was lost. */
  readonly journaled?: Pick<JournaledWrites, 'atMost' | 'timesMs'>;
}

export interface FileLedgerDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
}

/** The calls that an account's quota has seen, each noted before it is made. */
export interface FileLedger {
  /** The ledger's own time, epoch milliseconds: never goes back, whatever the wall clock does. */
  readonly nowMs: () => number;
  /** All calls that still count, by ledger time, and perhaps older ones; up to the capacity it was opened with. */
  readonly times: CallTimes;
  /** Calls that it had lost, and that were restored from a journal. */
  readonly restored: number;
  /** Notes a call, or several, at `nowMs()`; they outlive the process once this returns. A `RunError` if they can't be noted. */
  readonly record: (calls?: number) => void;
  /** Flushes, and lets go of the ledger. */
  readonly close: () => Promise<void>;
}

export function ledgerPath(folder: string, kind: LedgerKind): string {
  return join(folder, `${kind}.ledger`);
}

/** Held by one process at a time: what `readLockHolder` is to be asked. */
export function ledgerLockPath(folder: string, kind: LedgerKind): string {
  return join(folder, `${kind}.lock`);
}

/**
 * Opens an account's ledger and locks it. Throws a `RunError`: `account_held` names the process that holds it,
 * `results_unwritable` says why it can't be kept.
 */
export async function openFileLedger(
  options: FileLedgerOptions,
  deps: FileLedgerDependencies,
): Promise<FileLedger> {
  const path = ledgerPath(options.folder, options.kind);
  try {
    await deps.disk.makeFolder(options.folder, 0o700);
    const lock = await acquireLock(
      ledgerLockPath(options.folder, options.kind),
      { purpose: options.purpose, refusal: 'account_held' },
      { ...deps, wallMs: deps.clock.wallMs },
    );
    return await openLocked({ path, lock, options, deps }).catch(async (error: unknown) => {
      await lock.release();
      throw error;
    });
  } catch (error) {
    throw ledgerUnwritable(path, error);
  }
}

/** The times in a ledger that another process may hold, for `status`: empty where there is none. */
export async function readLedgerTimes(
  folder: string,
  kind: LedgerKind,
  disk: Disk,
): Promise<readonly number[]> {
  return decodeRecords(Buffer.from((await disk.readWhole(ledgerPath(folder, kind))) ?? []));
}

interface Opening {
  readonly path: string;
  readonly lock: Lock;
  readonly options: FileLedgerOptions;
  readonly deps: FileLedgerDependencies;
}

async function openLocked({ path, lock, options, deps }: Opening): Promise<FileLedger> {
  const { disk, clock } = deps;
  const markPath = join(options.folder, `${options.kind}.clock.json`);
  const found = Buffer.from((await disk.readWhole(path)) ?? []);
  const noted = decodeRecords(found);
  const lost = await lostSince(noted, options.journaled, clock.wallMs());
  const recorded = [...noted, ...lost].toSorted((one, other) => one - other);
  const mark = await readTimeMark(markPath, disk);
  const startMs = resumedTime(clock.wallMs(), recorded.at(-1) ?? 0, mark);
  const time = createLedgerTime(clock, startMs);

  const times = createCallRing(options.capacity);
  for (const timeMs of recorded) times.push(timeMs);
  forgetExpired(times, startMs);
  const kept = encodeRecords(newestOf(times, times.length));
  if (!kept.equals(found)) await disk.replaceFile(path, kept);

  const file = createLedgerFile({ path, disk, clock, first: await disk.openForAppend(path) });
  const marks = createTimeMarks({ path: markPath, marked: mark !== undefined, disk, clock });
  const nowMs = (): number => {
    const ledgerMs = time.nowMs();
    marks.note(ledgerMs);
    return ledgerMs;
  };
  return {
    nowMs,
    times,
    restored: lost.length,
    record: (calls = 1) => {
      const timeMs = Math.ceil(nowMs());
      const starts = Array.from({ length: calls }, () => timeMs);
      note(file, path, starts);
      for (const start of starts) times.push(start);
      forgetExpired(times, timeMs);
      file.compactIfLong(times);
    },
    close: async () => {
      try {
        await marks.close(time.nowMs());
        await file.close();
      } finally {
        await lock.release();
      }
    },
  };
}

/** The journal is read only where the ledger has fewer calls of the last day than it has of all times. */
async function lostSince(
  noted: readonly number[],
  journaled: FileLedgerOptions['journaled'],
  nowMs: number,
): Promise<readonly number[]> {
  if (journaled === undefined || callsOfDay(noted, nowMs).length >= journaled.atMost) return [];
  return lostCalls(noted, await journaled.timesMs(), nowMs);
}

/** The newest stays, however old: no time before it is believed later. */
function forgetExpired(times: CallRing, nowMs: number): void {
  const newestMs = times.at(-1) ?? nowMs;
  times.forgetUntil(Math.min(nowMs - QUOTA_DAY_MS, newestMs - 1));
}

function note(file: LedgerFile, path: string, timesMs: readonly number[]): void {
  try {
    file.append(timesMs);
  } catch (error) {
    throw ledgerUnwritable(path, error);
  }
}
