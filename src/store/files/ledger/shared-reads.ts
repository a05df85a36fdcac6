import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import type { Clock } from '../../../model/clock.ts';
import type { CallTimes } from '../../../model/quota/earliest-start.ts';
import { createLedgerTime, resumedTime, type LedgerTime } from '../../../model/quota/ledger-time.ts';
import { QUOTA_DAY_MS } from '../../../model/quota/quota-day.ts';
import type { QuotaWait, ReadLimits } from '../../account-quota.ts';
import { openReadFiles, SEAL_AT_BYTES, type ReadFiles } from './read-files.ts';
import { encodeReadRecord, type ReadRecord } from './read-record.ts';
import { createReadStarts, type ReadStarts } from './read-starts.ts';
import { createTimeMarks, readTimeMark, type TimeMarks } from './time-mark.ts';
import { ledgerUnwritable } from './unwritable-ledger.ts';

/**
 * An account's reads, shared call by call by every process on this machine, held by none: each appends a record before its
 * read, and all derive the same start times from the records' order.
 */
export interface SharedReads {
  readonly nowMs: () => number;
  readonly times: CallTimes;
  /** Counts a read that may start now, or says how long to wait. */
  readonly take: (limits: ReadLimits) => Promise<'taken' | QuotaWait>;
  /** Learns what others have taken. */
  readonly lookUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SharedReadsPlace {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  /** The starts that are kept, at the most. */
  readonly capacity: number;
  /** Starts that were noted before there were such records, oldest first. */
  readonly before: readonly number[];
  readonly sealAtBytes?: number;
}

export async function openSharedReads(place: SharedReadsPlace): Promise<SharedReads> {
  const { folder, disk, clock, before } = place;
  const markPath = join(folder, 'reads.clock.json');
  const mark = await readTimeMark(markPath, disk);
  const starts = createReadStarts(place.capacity, before);
  const sealed: SealedFile[] = [];
  const files = await openReadFiles(
    { folder, disk, sealAtBytes: place.sealAtBytes ?? SEAL_AT_BYTES },
    (path) => sealed.push({ path, newestMs: starts.times.at(-1) ?? 0 }),
  );
  let newestMs = before.at(-1) ?? 0;
  await files.readOn((record) => {
    starts.add(record);
    newestMs = Math.max(newestMs, record.fromMs);
  });
  const time = createLedgerTime(clock, resumedTime(clock.wallMs(), newestMs, mark));
  await removeExpired(sealed, time.nowMs(), disk);
  const marks = createTimeMarks({ path: markPath, marked: mark !== undefined, disk, clock });
  return shareReads({ folder, files, starts, time, marks, flushing: flushEverySecond(files, clock) });
}

/** A file that is not written any more, and when the last of its reads started. */
interface SealedFile {
  readonly path: string;
  readonly newestMs: number;
}

/** In their order, so that none is missing between two. */
async function removeExpired(sealed: readonly SealedFile[], nowMs: number, disk: Disk): Promise<void> {
  for (const { path, newestMs } of sealed) {
    if (newestMs > nowMs - QUOTA_DAY_MS) return;
    await disk.remove(path);
  }
}

interface Parts {
  readonly folder: string;
  readonly files: ReadFiles;
  readonly starts: ReadStarts;
  readonly time: LedgerTime;
  readonly marks: TimeMarks;
  readonly flushing: Flushing;
}

/** Who came in second waits for the place that the order of the records gave it; unused for so long, it takes another. */
const KEPT_FOR_MS = 1_000;
/** Nobody waits so long for the second's quota. */
const LONG_MS = 60_000;
/** Times are noted in eighths of a millisecond. */
const PARTS_OF_A_MS = 8;

function shareReads({ folder, files, starts, time, marks, flushing }: Parts): SharedReads {
  const token = randomInt(1, 2 ** 32);
  let number = 0;
  let mineMs: number | undefined;
  let wonMs: number | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const nowMs = (): number => {
    const ledgerMs = time.nowMs();
    marks.note(ledgerMs);
    return ledgerMs;
  };
  const show = (record: ReadRecord): void => {
    const startMs = starts.add(record);
    time.saw(record.fromMs);
    if (record.token === token && record.number === number) mineMs = startMs;
  };
  const placeWon = (fromMs: number): 'taken' | QuotaWait | undefined => {
    if (wonMs === undefined) return undefined;
    const waitMs = wonMs - fromMs;
    if (waitMs > 0) return { waitMs, why: waitMs > LONG_MS ? 'daily_quota' : 'rate' };
    wonMs = undefined;
    return waitMs >= -KEPT_FOR_MS ? 'taken' : undefined;
  };
  const takeNext = async (limits: ReadLimits): Promise<'taken' | QuotaWait> => {
    for (;;) {
      await files.readOn(show);
      const fromMs = Math.ceil(nowMs() * PARTS_OF_A_MS) / PARTS_OF_A_MS;
      const known = placeWon(fromMs) ?? starts.waitOf(limits, fromMs);
      if (known !== undefined) return known;
      number += 1;
      mineMs = undefined;
      files.append(encodeReadRecord({ fromMs, limits, token, number }));
      flushing.soon();
      await files.readOn(show);
      // Undefined: the file was sealed before; the record counts in none, and goes into the next.
      if (mineMs !== undefined && mineMs <= fromMs) return 'taken';
      wonMs = mineMs;
    }
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work).catch((error: unknown) => {
      throw ledgerUnwritable(join(folder, 'reads'), error);
    });
    turn = done.catch(() => undefined);
    return done;
  };

  return {
    nowMs,
    times: starts.times,
    take: (limits) => inTurn(() => takeNext(asRecorded(limits))),
    lookUp: () => inTurn(() => files.readOn(show)),
    close: async () => {
      await turn;
      await marks.close(time.nowMs());
      await flushing.end();
      await files.close();
    },
  };
}

/** The rate as records have it: what is reckoned beforehand is then what others will reckon. */
function asRecorded({ callsPerSecond, callsPerDay }: ReadLimits): ReadLimits {
  return {
    callsPerSecond: callsPerSecond === 'unlimited' ? callsPerSecond : Math.fround(callsPerSecond),
    callsPerDay,
  };
}

interface Flushing {
  /** Cheap: flushes in the background, now and then. Throws once a flush has failed. */
  readonly soon: () => void;
  readonly end: () => Promise<void>;
}

const FLUSH_EVERY_MS = 1_000;

function flushEverySecond(files: ReadFiles, clock: Clock): Flushing {
  let flushedAtMs = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const assertSound = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  return {
    soon: () => {
      assertSound();
      if (clock.monotonicMs() - flushedAtMs < FLUSH_EVERY_MS) return;
      flushedAtMs = clock.monotonicMs();
      underWay = files.flush().catch((error: unknown) => {
        failure = { error };
      });
    },
    end: async () => {
      await underWay;
      assertSound();
      await files.flush();
    },
  };
}
