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
  readonly disk: Disk;
  readonly clock: Clock;
}

export function createTimeMarks({ path, disk, clock }: TimeMarkPlace): TimeMarks {
  let markedAtMs = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> = Promise.resolve();
  return {
    note: (ledgerMs) => {
      const wallMs = clock.wallMs();
      if (ledgerMs - wallMs < SAME_MS || clock.monotonicMs() - markedAtMs < EVERY_MS) return;
      markedAtMs = clock.monotonicMs();
      const mark: TimeMark = { wallMs, ledgerMs };
      // Without its mark a wait may be longer than it must, never too short: not worth stopping a run for.
      writing = writing
        .then(() => disk.replaceFile(path, Buffer.from(`${JSON.stringify(mark)}\n`)))
        .catch(() => undefined);
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
