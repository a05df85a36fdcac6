import type { Home, RunContents } from '../run-store.ts';

/** How a fleet signs in to an account: nothing in it is secret. */
export interface FleetSignIn {
  /** A profile of the host that works; absent, what its own AWS settings say. */
  readonly profile?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
}

/** One account's run, as it is submitted. */
export interface SubmittedRun extends FleetSignIn {
  /** The 12 digits. */
  readonly account: string;
  readonly inputName: string;
  readonly input: Uint8Array;
  /** Those that its input has, and of these the ones to send. */
  readonly rows: number;
  readonly rowsToRun: number;
}

/** Many accounts' runs, submitted together. */
export interface SubmittedFleet {
  /** Each of its runs has it too: a run is known by its account and this. */
  readonly name: string;
  /** The options of every run, as JSON. */
  readonly options: string;
  /** Such as `ann on db1`. */
  readonly by?: string;
  readonly runs: readonly SubmittedRun[];
}

/**
 * `queued`: a worker takes it at its time. `stopped`: somebody has stopped it. `parked`: for a reason that somebody has to mend. The
 * last two wait to be resumed.
 */
export type FleetRunState = 'queued' | 'stopped' | 'parked' | 'finished';

/** Why a run of a fleet does not go on now. */
export interface FleetStop {
  readonly code: string;
  readonly message: string;
}

/** A run of a fleet as the store has it. */
export interface FleetRun extends FleetSignIn {
  readonly fleet: string;
  readonly account: string;
  /** The fleet's, as JSON. */
  readonly options: string;
  readonly inputName: string;
  readonly rows: number;
  readonly rowsToRun: number;
  readonly state: FleetRunState;
  /** A worker may take it from then on, epoch milliseconds; absent where none will. */
  readonly nextAtMs: number | undefined;
  readonly stop: FleetStop | undefined;
  /** Its fleet: when, and by whom, where an earlier version did not leave that out. */
  readonly submitted?: { readonly atMs: number; readonly by: string | undefined };
}

/** Rows of a run until it is parked. */
export type RowLimit = number | 'unlimited';

/** A piece of one account's run, in this worker's hands. */
export interface Slice {
  readonly id: string;
  /** As it was resumed with; absent, as it was submitted with. */
  readonly limit?: RowLimit | undefined;
  /** Rows that were settled as somebody queued the run: a limit counts from there, over all of its slices. */
  readonly settledBefore: number;
  readonly run: FleetRun;
  /** The input as it was submitted. */
  readonly input: () => AsyncIterable<Uint8Array>;
}

/** A slice that is not this worker's any more. */
export interface LostSlice {
  readonly id: string;
  /** Somebody has stopped the run, or the queue has given it out once more, as behind a worker that stood still. */
  readonly why: 'stopped' | 'given out again';
}

/** What follows a slice. */
export type AfterSlice =
  | { readonly kind: 'again'; readonly inMs: number; readonly stop?: FleetStop }
  | { readonly kind: 'stopped' | 'parked'; readonly stop: FleetStop }
  | { readonly kind: 'finished' };

/** A run that no worker has in hand, and none will take. */
export interface RestingRun {
  /** ACCOUNT/FLEET. */
  readonly run: string;
  readonly state: 'not begun' | 'unfinished' | 'finished';
  /** Whether somebody has its results. */
  readonly fetched: boolean;
}

/** Fleets in a store that many workers share. */
export interface FleetStore {
  /** Throws a `RunError` where there is a fleet of that name. */
  readonly assertFree: (name: string) => Promise<void>;
  /** Puts all of it into the queue, or nothing. Throws a `RunError` where there is a fleet, or a run of an account, of that name. */
  readonly submit: (fleet: SubmittedFleet) => Promise<void>;
  /** In the order of fleets and accounts. */
  readonly runs: () => Promise<readonly FleetRun[]>;
  /** Gives it no worker any more; one that works at it is told. False where it is stopped, parked or finished already. */
  readonly stop: (run: FleetRun, by?: string) => Promise<boolean>;
  /** Puts it back into the queue. False where it is there, or finished. `limit`: in place of the one it was submitted with, until it stops again. */
  readonly resume: (run: FleetRun, how: Pick<Slice, 'limit' | 'settledBefore'>) => Promise<boolean>;
  /** Takes what is due, at most so many; each is this worker's as long as it beats. */
  readonly take: (most: number) => Promise<readonly Slice[]>;
  /** Those that are due, and that no worker has; as of some seconds ago. */
  readonly waiting: () => Promise<number>;
  /** Says that this worker lives; gives the slices that are not its own any more. */
  readonly beat: (slices: readonly Slice[]) => Promise<readonly LostSlice[]>;
  /** Ends a slice, and schedules the next in the same step. What is not this worker's any more is left alone. */
  readonly settle: (slice: Slice, after: AfterSlice) => Promise<void>;
  /** Notes that somebody has the results of a finished run. */
  readonly fetched: (run: FleetRun) => Promise<void>;
  /** The runs of a fleet. Throws a `RunError` where one of them is queued or under way. */
  readonly atRest: (fleet: string) => Promise<readonly RestingRun[]>;
  /** Takes it away, with all that its runs have left, but for the calls that their accounts have made. Throws as `atRest` does. */
  readonly delete: (fleet: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface FleetsOptions {
  /** Of a worker, which looks for others that are gone. */
  readonly supervise: boolean;
  /** Hears what keeps it from looking; it goes on trying. */
  readonly troubled?: (message: string) => void;
}

/** A home that has fleets, too. */
export interface FleetHome extends Home {
  readonly fleets: (options: FleetsOptions) => Promise<FleetStore>;
  /** Runs of fleets that no worker has begun: all, or those that a name means, as it would a run. */
  readonly unbegun: (named?: string) => Promise<readonly FleetRun[]>;
  /** Writes a finished run's results and summary into a folder, under their own names; false where it is not finished. */
  readonly writeResults: (run: RunContents, folder: string) => Promise<boolean>;
}

/** By which `status` and `stop` know it. */
export function runName({ account, fleet }: Pick<FleetRun, 'account' | 'fleet'>): string {
  return `${account}/${fleet}`;
}
