import type { Disk } from '../disk/disk.ts';
import type { Clock } from '../model/clock.ts';
import type { TimeMark } from './ledger-time.ts';

/** Keeps a mark on disk of how far ledger time has come, while the wall clock is behind it. */
export interface TimeMarks {
  readonly note: (ledgerMs: number) => void;
  readonly close: () => Promise<void>;
}

/** What clocks differ by without having been set. */
const SAME_MS = 1000;
/** A restart loses this much at most. */
const EVERY_MS = 60_000;

export interface TimeMarkPlace {
  readonly path: string;
  /** Whether an earlier process left one. */
  readonly marked: boolean;
  readonly disk: Disk;
  readonly clock: Clock;
}

export function createTimeMarks({ path, marked: markedBefore, disk, clock }: TimeMarkPlace): TimeMarks {
  let marked = markedBefore;
  let markedAtMs = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> = Promise.resolve();
  /** Without its mark a wait may be longer than it must, never too short: a failure is not worth stopping a run for. */
  const write = (act: () => Promise<void>): void => {
    writing = writing.then(act).catch(() => undefined);
  };
  return {
    note: (ledgerMs) => {
      const wallMs = clock.wallMs();
      if (ledgerMs - wallMs < SAME_MS) {
        if (!marked) return;
        marked = false;
        markedAtMs = Number.NEGATIVE_INFINITY;
        write(() => disk.remove(path));
      } else if (clock.monotonicMs() - markedAtMs >= EVERY_MS) {
        const mark: TimeMark = { wallMs, ledgerMs };
        marked = true;
        markedAtMs = clock.monotonicMs();
        write(() => disk.replaceFile(path, Buffer.from(`${JSON.stringify(mark)}\n`)));
      }
    },
    close: () => writing,
  };
}

/** A mark that is absent or unreadable is none. */
export async function readTimeMark(path: string, disk: Disk): Promise<TimeMark | undefined> {
  const bytes = await disk.readWhole(path);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isTimeMark(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isTimeMark(value: unknown): value is TimeMark {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'wallMs' in value &&
    Number.isFinite(value.wallMs) &&
    'ledgerMs' in value &&
    Number.isFinite(value.ledgerMs)
  );
}
