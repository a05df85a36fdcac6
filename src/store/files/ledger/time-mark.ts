import type { Disk } from '../../../disk/disk.ts';
import type { Clock } from '../../../model/clock.ts';
import type { TimeMark } from '../../../model/quota/ledger-time.ts';

/** Keeps a mark on disk of how far ledger time has come, while the wall clock is behind it. */
export interface TimeMarks {
  /** Cheap: writes in the background, now and then. */
  readonly note: (ledgerMs: number) => void;
  readonly close: (ledgerMs: number) => Promise<void>;
}

/** Difference of clocks that have not been set, at most. */
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
  let writing: Promise<void> | undefined;

  const isBehind = (ledgerMs: number): boolean => ledgerMs - clock.wallMs() >= SAME_MS;
  const bringUpToDate = (ledgerMs: number): Promise<void> => {
    marked = isBehind(ledgerMs);
    markedAtMs = clock.monotonicMs();
    const written = marked
      ? disk.replaceFile(
          path,
          Buffer.from(`${JSON.stringify({ wallMs: clock.wallMs(), ledgerMs } satisfies TimeMark)}\n`),
        )
      : disk.remove(path);
    // Without its mark a wait may be longer than it must, never too short: not worth stopping a run for.
    return written.catch(() => undefined);
  };

  return {
    note: (ledgerMs) => {
      if (writing !== undefined) return;
      const due = isBehind(ledgerMs) ? !marked || clock.monotonicMs() - markedAtMs >= EVERY_MS : marked;
      if (!due) return;
      writing = bringUpToDate(ledgerMs).then(() => {
        writing = undefined;
      });
    },
    close: async (ledgerMs) => {
      await writing;
      if (marked || isBehind(ledgerMs)) await bringUpToDate(ledgerMs);
    },
  };
}

/** A mark that is absent or unreadable is none. */
export async function readTimeMark(path: string, disk: Disk): Promise<TimeMark | undefined> {
  const bytes = await disk.readWhole(path);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
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
