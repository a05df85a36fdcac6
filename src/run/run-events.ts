import type { InputTally } from '../input/rows/input-tally.ts';
import type { TableReading } from '../input/columns/table-reading.ts';
import type { PreflightNews } from '../calls/open-preflight.ts';
import type { SignInNews } from '../calls/stop/await-sign-in.ts';
import type { OutageNews } from '../calls/stop/inquire.ts';
import type { RunProgress } from './progress.ts';
import type { TakenBack } from './record/since/taken-back.ts';
import type { SessionChange } from './session-start.ts';
import type { Reason } from './run-digest.ts';

/** The state that earlier sessions of a run left, as it is resumed. */
export interface Resumption {
  readonly begunAt: string;
  readonly rowsDone: number;
  readonly rowsInDoubt: number;
  readonly takenBack: readonly TakenBack[];
}

/** The valid rows that are asked for. */
export interface RowsToRun {
  readonly rowsToRun: number;
  /** Of these, those that attach nothing in the place of what they remove. */
  readonly unreplaced: number;
}

/** Events that nobody hears. */
export const SILENT: RunEvents = {
  understood: () => undefined,
  stillUnreplaced: () => undefined,
  unmapped: () => undefined,
  setAside: () => undefined,
  resumed: () => undefined,
  changed: () => undefined,
  quotaRestored: () => undefined,
  clockSetRight: () => undefined,
  began: () => undefined,
  troubled: () => undefined,
  preflightOff: () => undefined,
  underReview: () => undefined,
  outageBegan: () => undefined,
  outageEnded: () => undefined,
  signInEnded: () => undefined,
  signInBack: () => undefined,
  signInEndsFirst: () => undefined,
};

/** Events of a run under way; the screen decides how they look. */
export interface RunEvents extends PreflightNews, OutageNews, SignInNews {
  readonly understood: (table: TableReading, tally: InputTally, toRun: RowsToRun) => void;
  /** So many rows were asked for, and stay left out for want of a replacement. */
  readonly stillUnreplaced: (rows: number) => void;
  /** Identifiers that the map of replacements has nothing for, as messages show them, each with the number of its rows. */
  readonly unmapped: (rows: ReadonlyMap<string, number>) => void;
  readonly setAside: (paths: readonly string[]) => void;
  readonly resumed: (resumption: Resumption) => void;
  /** Whoever goes on, or how, is not as in the session before; told before anything is asked or sent. */
  readonly changed: (changes: readonly SessionChange[]) => void;
  /** The account's count of writes had lost so many, which this run's journal still tells of. */
  readonly quotaRestored: (writes: number) => void;
  /** This machine's clock is so far ahead of the service's, milliseconds; the service's is used. */
  readonly clockSetRight: (aheadMs: number) => void;
  /** The first call is about to leave; `progress` may be asked at any time from now on. */
  readonly began: (progress: () => RunProgress) => void;
  /** The sign-in ends at `endsAtMs`, before the run is expected to; both epoch milliseconds. */
  readonly signInEndsFirst: (endsAtMs: number, finishMs: number) => void;
  /** A row that this session tried is the first to end for this reason. */
  readonly troubled: (reason: Reason) => void;
}
