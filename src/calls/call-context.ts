import type { Hold } from '../model/call.ts';
import type { Operation } from '../model/operation.ts';
import type { ValidRow } from '../model/row.ts';
import type { DayQuota } from '../pace/day-quota.ts';
import type { Pace } from '../pace/pace.ts';
import type { PartnerCentral } from '../partner-central/connect.ts';
import type { QuotaWait } from '../store/account-quota.ts';
import type { TryEntry } from '../store/journal-line.ts';
import type { JournalWriter } from '../store/run-store.ts';
import type { JudgeOptions } from './look/judge-write.ts';
import type { Preflight } from './look/preflight.ts';
import type { ReadContext } from './paced-read.ts';
import type { MaxFailures } from './stop/max-failures.ts';
import type { Outages } from './stop/outages.ts';

/** The options of a run that decide on its calls. */
export interface CallOptions extends JudgeOptions {
  readonly operationOf: (row: ValidRow) => Operation;
  /** Whether a row's old entity may go first, where its replacement has no place otherwise. */
  readonly mayDetachFirst: (row: ValidRow) => boolean;
  /** Tell what would be done, and write nothing. */
  readonly planOnly: boolean;
  /** Read each opportunity before anything of it is changed. */
  readonly preflight: boolean;
  /** How far reads may lag behind writes, milliseconds. */
  readonly readLagMs: number;
  /** Rows of this session that may fail before it stops. */
  readonly maxFailures: MaxFailures;
  /** How long a service that gives no usable answer is waited for, milliseconds. */
  readonly outageWaitMs: number;
  /** How long a new sign-in is waited for, milliseconds; 0: not at all. */
  readonly signInWaitMs: number;
}

/** The run's journal, as its calls write to it. */
export interface CallJournal extends JournalWriter {
  /** A place in the account's day, and the note that a write may leave. */
  readonly claim: (note: TryEntry) => Promise<'noted' | QuotaWait>;
}

/** The context that the calls of one session share. */
export interface CallContext extends ReadContext {
  readonly options: CallOptions;
  readonly partnerCentral: PartnerCentral;
  readonly writePace: Pace;
  readonly writeDay: DayQuota;
  readonly journal: CallJournal;
  readonly preflight: Preflight;
  readonly outages: Outages;
  /** On while no call may leave: of the service's outages, and while somebody else may have taken the run over. */
  readonly hold: Hold;
  /** Whether any of the run's rows has a replacement. */
  readonly replaces: boolean;
}

/** The part of it that looks need: the preflight is made of them. */
export type LookContext = Omit<CallContext, 'preflight' | 'journal' | 'replaces'>;
