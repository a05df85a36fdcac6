import type { MaxFailures } from '../../calls/stop/max-failures.ts';
import { usablePerDay } from '../../pace/day-quota.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { RecordedOptions } from '../../store/journal-line.ts';
import type { CallLimits } from '../service/call-limits.ts';

/** Where the service is and as whom it is asked; the names are those of the command line's options. */
export interface TargetOptions {
  /** `AWS` (live) or `Sandbox`; required unless the run is a rehearsal. */
  readonly catalog?: string;
  readonly region: string;
  /** A profile of the AWS CLI's configuration. */
  readonly profile?: string;
  readonly endpointUrl?: string;
  /** A file of certificates to trust. */
  readonly caBundle?: string;
  /** Rehearses against an emulator in this process: nothing leaves the machine. */
  readonly emulator?: boolean;
  /** A CSV of the associations that exist there; absent, those that the rows are to change. */
  readonly emulatorState?: string;
  /** A CSV of the solutions that ListSolutions answers there; absent, none. */
  readonly emulatorSolutions?: string;
}

/** Against the emulator inside this process. */
export function isRehearsal({ emulator, emulatorState, emulatorSolutions }: EmulatorGiven): boolean {
  return emulator === true || emulatorState !== undefined || emulatorSolutions !== undefined;
}

type EmulatorGiven = Pick<TargetOptions, 'emulator' | 'emulatorState' | 'emulatorSolutions'>;

/** A run's options; the names are those of the command line's. */
export interface RunOptions extends TargetOptions {
  /** The results' path; absent, the results stand beside the input. */
  readonly output?: string;
  /** Writes a second. */
  readonly rate: number | 'unlimited';
  /** Reads a second. */
  readonly readRate: number | 'unlimited';
  /** Writes in any 24 hours. */
  readonly dailyQuota: number | 'unlimited';
  /** Reads in any 24 hours; absent, what the service gives, and no limit where the rate has none. */
  readonly dailyReadQuota?: number | 'unlimited';
  /** How many of these are left to other tools. */
  readonly reserve: number;
  /** `false`: a used-up daily quota stops the run, resumable. */
  readonly wait: boolean;
  /** Calls in flight at most; absent, as many as the pace needs. */
  readonly concurrency?: number;
  /** Tries of one call. */
  readonly maxAttempts: number;
  /** Of one try, seconds. */
  readonly timeout: number;
  /** Past it the run stops, resumable. */
  readonly maxFailures: MaxFailures;
  /** How long a service that answers nobody is waited for, minutes. */
  readonly outageWait: number;
  /** How long a new sign-in is waited for once it has ended, hours; absent, not at all. */
  readonly waitForCredentials?: number;
  /** Valid rows to settle in this session, at most. */
  readonly limit?: number;
  /** Where the input is a results file: the statuses whose rows are run again. */
  readonly only?: readonly RowStatus[];
  /** Reads each opportunity before anything of it is changed. */
  readonly preflight: boolean;
  /** Keeps an opportunity's last entity of its type. */
  readonly protectLast?: boolean;
  /** Detaches the old entity first where its replacement has no place otherwise. */
  readonly detachFirst?: boolean;
  /** Leaves out rows whose opportunity is Submitted or In review. */
  readonly skipLocked?: boolean;
  /** How far reads may lag behind writes, seconds; absent, 3, and none in a rehearsal. */
  readonly readLag?: number;
  /** Keeps the real run's pace in a rehearsal, which else goes as fast as the machine can. */
  readonly realTime?: boolean;
  /** Takes every line of an export of all that opportunities hold, which is refused else. */
  readonly allLines?: boolean;
  /** Sets an earlier run's results aside, and begins again. */
  readonly restart?: boolean;
  /** Goes on with the run's own copy of an input that has changed since. */
  readonly useCopy?: boolean;
  /** Defuses formulas in the user's own cells of the results, too. */
  readonly defuseAll?: boolean;
}

/** Options that hold where nothing is said: the service's own quota, and caution. */
export const DEFAULT_RUN_OPTIONS: RunOptions = {
  region: 'us-east-1',
  rate: 1,
  readRate: 10,
  dailyQuota: 10_000,
  reserve: 0,
  wait: true,
  maxAttempts: 5,
  timeout: 30,
  maxFailures: { kind: 'percent', percent: 50 },
  outageWait: 15,
  preflight: true,
};

/** As a third party has seen it. */
const READ_LAG_SECONDS = 3;

/** The emulator of a rehearsal answers at once what was written. */
export function readLagOf(options: RunOptions): number {
  return options.readLag ?? (isRehearsal(options) ? 0 : READ_LAG_SECONDS);
}

/** The service's own limit. */
const READS_PER_DAY = 100_000;

function readsPerDayOf({ dailyReadQuota, readRate }: RunOptions): number | 'unlimited' {
  return dailyReadQuota ?? (readRate === 'unlimited' ? 'unlimited' : READS_PER_DAY);
}

const LEAST_CONCURRENCY = 16;
const MOST_CONCURRENCY = 128;
/** An answer that takes longer than most, in seconds. */
const SLOW_ANSWER = 0.5;

/** Calls in flight at most: enough that slow answers don't hold the pace up, where nothing else is said. */
export function concurrencyOf(options: Pick<RunOptions, 'rate' | 'readRate' | 'concurrency'>): number {
  if (options.concurrency !== undefined) return options.concurrency;
  // Without a limit to keep, more calls at once only wait for each other.
  const rates = [options.rate, options.readRate].filter((rate) => rate !== 'unlimited');
  const needed = Math.ceil(Math.max(0, ...rates) * SLOW_ANSWER);
  return Math.min(MOST_CONCURRENCY, Math.max(LEAST_CONCURRENCY, needed));
}

/** A rehearsal that doesn't keep the real run's pace. */
export function isFast(options: RunOptions): boolean {
  return isRehearsal(options) && options.realTime !== true;
}

/** The limits that a run is held to: none where it is rehearsed fast. */
export function callLimitsOf(options: RunOptions): CallLimits {
  const limits = realLimitsOf(options);
  if (!isFast(options)) return limits;
  // What leaves nothing of the real quota is told before a rehearsal, too.
  usablePerDay(limits.writesPerDay, limits.reserve);
  return { ...limits, ...UNLIMITED };
}

const UNLIMITED = {
  writesPerSecond: 'unlimited',
  readsPerSecond: 'unlimited',
  writesPerDay: 'unlimited',
  readsPerDay: 'unlimited',
} as const;

/** The limits of the real run that is rehearsed. */
export function realLimitsOf(options: RunOptions): CallLimits {
  return {
    writesPerSecond: options.rate,
    readsPerSecond: options.readRate,
    writesPerDay: options.dailyQuota,
    readsPerDay: readsPerDayOf(options),
    reserve: options.reserve,
    waitForQuota: options.wait,
    concurrency: concurrencyOf(options),
    timeoutMs: options.timeout * 1_000,
  };
}

/** Options that a session's record keeps: terms are kept with the run, and what may hold a secret never is. */
const RECORDED: Readonly<Record<keyof RunOptions, boolean>> = {
  catalog: false,
  endpointUrl: false,
  output: false,
  only: false,
  restart: false,
  region: true,
  profile: true,
  caBundle: true,
  emulator: true,
  emulatorState: true,
  emulatorSolutions: true,
  realTime: true,
  rate: true,
  readRate: true,
  dailyQuota: true,
  dailyReadQuota: true,
  reserve: true,
  wait: true,
  concurrency: true,
  maxAttempts: true,
  timeout: true,
  maxFailures: true,
  outageWait: true,
  waitForCredentials: true,
  limit: true,
  preflight: true,
  protectLast: true,
  detachFirst: true,
  skipLocked: true,
  readLag: true,
  useCopy: true,
  allLines: true,
  defuseAll: true,
};

/** The options in force, as a session's record keeps them: a switch that is off is `false`, what was not given is absent. */
export function optionsInForce(options: RunOptions): RecordedOptions {
  const { protectLast = false, detachFirst = false, skipLocked = false } = options;
  const { useCopy = false, defuseAll = false } = options;
  const switches = { protectLast, detachFirst, skipLocked, useCopy, defuseAll };
  const inForce = {
    ...options,
    ...switches,
    readLag: readLagOf(options),
    dailyReadQuota: readsPerDayOf(options),
    concurrency: concurrencyOf(options),
  };
  return Object.fromEntries(
    // The table has every name.
    (Object.keys(RECORDED) as (keyof RunOptions)[]).flatMap((name) => {
      const value = RECORDED[name] ? inForce[name] : undefined;
      return value === undefined ? [] : [[name, asRecorded(value)]];
    }),
  );
}

/** An option's value as it is typed, and kept. */
export function asRecorded(value: NonNullable<RunOptions[keyof RunOptions]>): string | number | boolean {
  if (typeof value !== 'object') return value;
  if ('kind' in value) return value.kind === 'percent' ? `${value.percent}%` : value.rows;
  return value.join(',');
}
