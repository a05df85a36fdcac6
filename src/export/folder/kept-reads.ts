import type { AppendFile } from '../../disk/append-file.ts';
import type { Disk } from '../../disk/disk.ts';
import type { OpportunitySnapshot } from '../../model/call.ts';
import { sealed, soundLines } from './sealed-line.ts';

/** A fault of an opportunity that could not be read. */
export interface ReadFault {
  readonly exception: string;
  readonly message: string;
  readonly requestId?: string;
}

/** An opportunity as it was read, or why it was not. */
export type ReadRecord =
  | { readonly id: string; readonly opportunity: OpportunitySnapshot }
  | { readonly id: string; readonly fault: ReadFault };

/** What was read, one record for each of the list, in its order. */
export interface KeptReads {
  readonly count: () => number;
  readonly unread: () => number;
  /**
   * A crash may lose the newest: they are read again. Those that come while others are written are written together, so that
   * a slow disk holds no read up; rejects with the failure of an earlier one.
   */
  readonly add: (record: ReadRecord) => Promise<void>;
  /** From the first on; whatever was added is in the file by then. */
  readonly records: () => AsyncGenerator<ReadRecord>;
  readonly close: () => Promise<void>;
}

/** Opens the records that earlier sessions left, or none. */
export async function openKeptReads(disk: Disk, path: string): Promise<KeptReads> {
  const before = { count: 0, unread: 0, end: 0 };
  for await (const line of soundLines(disk, path)) {
    before.count += 1;
    before.unread += Number('fault' in (line.value as ReadRecord));
    before.end = line.end;
  }
  const file = await disk.openForAppend(path);
  try {
    if (before.end < file.size()) await file.truncate(before.end);
  } catch (error) {
    await file.close();
    throw error;
  }
  return keptReads(file, before, () => recordsOf(disk, path));
}

function keptReads(
  file: AppendFile,
  before: { readonly count: number; readonly unread: number },
  records: KeptReads['records'],
): KeptReads {
  let { count, unread } = before;
  const lines = gatheredLines(file);
  return {
    count: () => count,
    unread: () => unread,
    add: async (record) => {
      await lines.add(sealed(record));
      count += 1;
      unread += Number('fault' in record);
    },
    records: async function* inFile() {
      await lines.written();
      yield* records();
    },
    close: async () => {
      await lines.written().catch(() => undefined);
      await file.close();
    },
  };
}

/** Characters that wait to be written at the most: as many as some hundred reads have. */
const MOST_WAITING = 65_536;

interface GatheredLines {
  readonly add: (line: string) => Promise<void>;
  /** Resolves once whatever was added is in the file; rejects where it can't be. */
  readonly written: () => Promise<void>;
}

function gatheredLines(file: AppendFile): GatheredLines {
  let waiting = '';
  let writing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const write = async (): Promise<void> => {
    try {
      while (waiting !== '') {
        const text = waiting;
        waiting = '';
        await file.append(Buffer.from(text));
      }
    } catch (error) {
      failure ??= { error };
    }
    writing = undefined;
  };
  const written = async (): Promise<void> => {
    await writing;
    if (failure !== undefined) throw failure.error;
  };
  return {
    add: async (line) => {
      if (failure !== undefined) throw failure.error;
      waiting += line;
      writing ??= write();
      if (waiting.length > MOST_WAITING) await written();
    },
    written,
  };
}

async function* recordsOf(disk: Disk, path: string): AsyncGenerator<ReadRecord> {
  // The checksum shows that this tool wrote the line.
  for await (const { value } of soundLines(disk, path)) yield value as ReadRecord;
}
