import type { AppendFile } from '../../../disk/append-file.ts';
import type { Disk } from '../../../disk/disk.ts';
import type { Clock } from '../../../model/clock.ts';
import { newestOf, type CallTimes } from '../../../model/quota/earliest-start.ts';
import { encodeRecords, RECORD_BYTES } from './ledger-record.ts';

/** A ledger's file: grows by a record a call, is flushed in the background, and cut to what still counts when long. */
export interface LedgerFile {
  /**
   * On its way to the disk, and safe from the death of this process, when it returns. Throws, and writes nothing, where another
   * process has written to the file or taken its place.
   */
  readonly append: (timesMs: readonly number[]) => void;
  /** `times` are those that still count, the last appended one included. */
  readonly compactIfLong: (times: CallTimes) => void;
  readonly close: () => Promise<void>;
}

export interface LedgerFileParts {
  readonly path: string;
  readonly disk: Disk;
  readonly clock: Clock;
  /** The file, open. */
  readonly first: AppendFile;
}

const FLUSH_EVERY_MS = 1000;
/** How many records that no longer count a file may hold. */
const SLACK_RECORDS = 20_000;

export function createLedgerFile({ path, disk, clock, first }: LedgerFileParts): LedgerFile {
  // Two while a shorter copy takes the first one's place: a crash may leave the name with either.
  let files: readonly AppendFile[] = [first];
  let flushedAtMs = Number.NEGATIVE_INFINITY;
  let flushing: Promise<void> | undefined;
  let compacting: Promise<void> | undefined;
  let appended = 0;

  const flush = async (): Promise<void> => {
    for (const file of files) await file.flush();
  };
  const flushSoon = (): void => {
    if (flushing !== undefined || clock.monotonicMs() - flushedAtMs < FLUSH_EVERY_MS) return;
    flushedAtMs = clock.monotonicMs();
    const ended = (): void => {
      flushing = undefined;
    };
    // A file whose flush failed refuses the next append: nothing is lost by not looking here.
    flushing = flush().then(ended, ended);
  };

  const compact = async (times: CallTimes): Promise<void> => {
    const shorterPath = `${path}.shorter`;
    await disk.remove(shorterPath);
    const shorter = await disk.openForAppend(shorterPath);
    try {
      const appendedBefore = appended;
      await shorter.append(encodeRecords(newestOf(times, times.length)));
      await shorter.flush();
      // From here to `files` having both no call can be noted: nothing is awaited.
      shorter.appendNow(encodeRecords(newestOf(times, appended - appendedBefore)));
    } catch (error) {
      await shorter.close();
      throw error;
    }
    const longer = files;
    files = [...longer, shorter];
    await disk.publish(shorterPath, path);
    files = [shorter];
    await flushing;
    for (const file of longer) await file.close();
  };

  return {
    append: (timesMs) => {
      // While a shorter copy takes its place, the name is with either.
      if (compacting === undefined) for (const file of files) file.assertOurs(path);
      const records = encodeRecords(timesMs);
      for (const file of files) file.appendNow(records);
      appended += timesMs.length;
      flushSoon();
    },
    compactIfLong: (times) => {
      const records = (files[0]?.size() ?? 0) / RECORD_BYTES;
      if (records < 2 * times.length + SLACK_RECORDS || compacting !== undefined) return;
      compacting = compact(times).then(
        () => {
          compacting = undefined;
        },
        // The long file, and a copy that may have its name, go on being written: no more attempts in this process.
        () => undefined,
      );
    },
    close: async () => {
      await compacting;
      await flushing;
      try {
        await flush();
      } finally {
        for (const file of files) await file.close();
      }
    },
  };
}
