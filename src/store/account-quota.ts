import type { CallTimes } from '../model/quota/earliest-start.ts';
import type { Holder } from './holder.ts';

/** Reads and writes have a quota each. */
export type CallKind = 'writes' | 'reads';

/** The part of the quota that may be used in any 24 hours: any reserve is taken off. */
export type DayLimit = number | 'unlimited';

/** Whose quota it is. */
export interface QuotaOwner {
  /** The 12 digits of an account, or what stands in for them, such as an access key id. */
  readonly account: string;
  /** The endpoint's URL: one account has other quotas elsewhere, an emulator its own. */
  readonly endpoint: string;
}

/** Writes that a run's journal tells of. */
export interface JournaledWrites {
  /** Where they were counted, as its newest session noted it. */
  readonly place: string;
  /** So many of all times: a count that has as many of the last day has lost none. */
  readonly atMost: number;
  /** Epoch milliseconds, oldest first: those of the last 24 hours, and perhaps older ones. Reads the journal for them. */
  readonly timesMs: () => Promise<readonly number[]>;
}

/** The use that a process means to make of an account's quota. */
export interface QuotaUse {
  /** This process's purpose, for another one that finds the account held. */
  readonly purpose: string;
  /** `lease`: this process alone may write, until it closes the quota. `look`: it reads, and writes nothing. */
  readonly writes: 'lease' | 'look';
  /** The calls of this many are kept count of, at the least. */
  readonly writesPerDay: DayLimit;
  /** How far this machine's clock is ahead of the service's, milliseconds: calls are counted by the service's. */
  readonly clockAheadMs?: number | undefined;
  /** Of the run that is gone on with: a count that has fewer was lost, and is restored from them. */
  readonly journaled?: JournaledWrites | undefined;
}

/** Keeps the quotas of accounts. */
export interface QuotaStore {
  /** Throws a `RunError`: `account_held` names the process that may write, `results_unwritable` says why no count can be kept. */
  readonly open: (owner: QuotaOwner, use: QuotaUse) => Promise<AccountQuota>;
}

/** No call can be made now. */
export interface QuotaWait {
  /** Asked again then, it may be refused again: others take too. */
  readonly waitMs: number;
  readonly why: 'rate' | 'daily_quota';
}

export interface ReadLimits {
  readonly callsPerSecond: number | 'unlimited';
  readonly callsPerDay: DayLimit;
}

/** The use made of a quota by every process of the account, as far as this one knows: with what it takes it learns of others' calls. */
export interface QuotaUsage {
  /** The store's own time, epoch milliseconds: never goes back, whatever a machine's clock does. */
  readonly nowMs: () => number;
  /** By that time, the calls of the last 24 hours, oldest first, and perhaps older ones. */
  readonly times: CallTimes;
  /** Who may write, if anybody. */
  readonly holder: Holder | undefined;
}

/**
 * An account's calls at one endpoint, each counted before it is made; what was counted and never left stays counted. Writes belong
 * to one process at a time, reads are shared call by call.
 */
export interface AccountQuota {
  /** Where it is, for whoever reads a run's record later; absent where it ends with this process. */
  readonly place: string | undefined;
  /** Writes that the count had lost, and that were restored to it from a run's journal as it was opened. */
  readonly restored: number;
  readonly usage: (kind: CallKind) => Promise<QuotaUsage>;
  /** Counts a write now, if the day has room for it. A lease does so with each claim. */
  readonly takeWrite: (day: DayLimit) => Promise<'taken' | QuotaWait>;
  /** Counts a read, which may leave at once. */
  readonly takeRead: (limits: ReadLimits) => Promise<'taken' | QuotaWait>;
  /** Gives the account's writes to others. */
  readonly close: () => Promise<void>;
}
