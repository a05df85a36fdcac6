import { join } from 'node:path';
import { systemErrorCode, type Disk } from '../../../disk/disk.ts';
import type { SharedFile } from '../../../disk/shared-file.ts';
import { decodeReadRecords, READ_RECORD_BYTES, SEAL, type ReadRecord } from './read-record.ts';

/**
 * The records of all processes in one order, through files that follow each other: once one is long it is sealed, and whoever
 * finds the seal goes on in the next. A file whose reads no longer count can so be removed while others read and write.
 */
export interface ReadFiles {
  /** Shows each record that was not shown yet. */
  readonly readOn: (show: (record: ReadRecord) => void) => Promise<void>;
  /** Appends a record, or the seal in its place: `readOn` shows where it came to stand, if anywhere. */
  readonly append: (record: Buffer) => void;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** 161,319 reads. */
export const SEAL_AT_BYTES: number = 4 * 1024 * 1024;

export interface ReadFilesPlace {
  readonly folder: string;
  readonly disk: Disk;
  readonly sealAtBytes: number;
}

/** Begins with the oldest file that is there. `sealed` is told the path of each that is left for the next one. */
export async function openReadFiles(
  place: ReadFilesPlace,
  sealed: (path: string) => void,
): Promise<ReadFiles> {
  let current = await openBehind(0, place);
  let readBytes = 0;
  const goOn = async (): Promise<void> => {
    const before = current;
    current = await openBehind(before.number, place);
    readBytes = 0;
    await before.file.close();
    sealed(before.path);
  };
  return {
    readOn: async (show) => {
      while (current.file.sizeNow() - readBytes >= READ_RECORD_BYTES) {
        const { records, readBytes: length } = decodeReadRecords(
          Buffer.from(current.file.readNow(readBytes)),
        );
        readBytes += length;
        const end = records.findIndex(({ token }) => token === 0);
        for (const record of end === -1 ? records : records.slice(0, end)) show(record);
        if (end !== -1) await goOn();
      }
    },
    append: (record) => current.file.appendNow(readBytes < place.sealAtBytes ? record : SEAL),
    flush: () => current.file.flush(),
    close: () => current.file.close(),
  };
}

interface NumberedFile {
  readonly number: number;
  readonly path: string;
  readonly file: SharedFile;
}

const NAME = /^reads-(\d+)\.calls$/;

/**
 * The next file there is, or a new one. One that is listed is never made again: it may have been removed since, and would
 * stand before those that are in use.
 */
async function openBehind(last: number, { folder, disk }: ReadFilesPlace): Promise<NumberedFile> {
  for (;;) {
    const names = await disk.list(folder);
    const numbers = names.flatMap((name) => Number(NAME.exec(name)?.[1] ?? 0)).filter((one) => one > last);
    const number = numbers.length === 0 ? last + 1 : Math.min(...numbers);
    const path = join(folder, `reads-${number}.calls`);
    if (numbers.length === 0) await disk.createExclusively(path, Buffer.alloc(0));
    try {
      return { number, path, file: await disk.openShared(path) };
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    }
  }
}
