import type { Disk } from '../../disk/disk.ts';
import type { Machine } from '../../disk/machine.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Clock, Dice } from '../../model/clock.ts';
import { createDayQuota, usablePerDay, type DayQuota } from '../../pace/day-quota.ts';
import type { Ledger } from '../../pace/ledger.ts';
import { createPace, type Pace } from '../../pace/pace.ts';
import { connect, type PartnerCentral } from '../../partner-central/connect.ts';
import type { Network } from '../../partner-central/access/network.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import type { CallCounts, Caller } from '../../store/summary.ts';
import { countCalls } from './count-calls.ts';

/** How fast and how much may be asked, and for how long a call may take. */
export interface CallLimits {
  readonly writesPerSecond: number | 'unlimited';
  readonly readsPerSecond: number | 'unlimited';
  /** In any 24 hours. */
  readonly writesPerDay: number | 'unlimited';
  /** How much of that is left to other tools. */
  readonly reserve: number;
  /** `false`: the run stops, resumable, when the daily quota is used up. */
  readonly waitForQuota: boolean;
  readonly concurrency: number;
  readonly timeoutMs: number;
}

/** What a service needs of the world. */
export interface ServiceDependencies {
  readonly limits: CallLimits;
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly dice: Dice;
  /** As AWS asks of integrators: `<Integrator>|<Product>`. */
  readonly userAgent: string;
  /** What this process does, for a second one that finds the ledger locked. */
  readonly purpose: string;
  /** Aborted once the run is stopped: opening the service does not hold it up. */
  readonly signal: AbortSignal;
}

/** The service that a run talks to, live or emulated, with the pace it is asked at. */
export interface OpenService {
  readonly partnerCentral: PartnerCentral;
  readonly credentials: CredentialSource;
  readonly writePace: Pace;
  readonly writeDay: DayQuota;
  readonly readPace: Pace;
  readonly readDay: DayQuota;
  readonly catalog: Catalog;
  readonly endpoint: string;
  readonly caller: Caller | null;
  /** The exception by which STS refused to tell the caller, where it did. */
  readonly callerRefused?: string | undefined;
  readonly limits: CallLimits;
  /** Where the account's quota ledgers are; absent where none outlives the process. */
  readonly ledgerFolder: string | undefined;
  readonly callCounts: () => CallCounts;
  readonly close: () => Promise<void>;
}

/** Where calls go, as whom, and what remembers them; the service closes the ledgers. */
export interface ServiceAddress {
  readonly endpoint: URL;
  readonly network: Network;
  readonly region: string;
  readonly catalog: Catalog;
  readonly credentials: CredentialSource;
  readonly caller: Caller | null;
  readonly callerRefused?: string | undefined;
  readonly ledgerFolder: string | undefined;
  readonly ledgers: { readonly writes: Ledger; readonly reads: Ledger };
}

/** The service's own limit for reads, in any 24 hours. */
const READS_PER_DAY = 100_000;

/** Joins the connection, counted, with the two paces. */
export function assembleService(address: ServiceAddress, deps: ServiceDependencies): OpenService {
  const { limits, clock, dice, userAgent } = deps;
  const { concurrency, timeoutMs, waitForQuota } = limits;
  const counted = countCalls(connect({ ...address, timeoutMs, concurrency, clock, userAgent }));
  const { ledgers } = address;
  const pace = (callsPerSecond: number | 'unlimited', { times }: Ledger): Pace =>
    createPace({
      callsPerSecond,
      concurrency,
      waitForQuota,
      calledBefore: times.length > 0,
      clock,
      dice,
    });
  const writePace = pace(limits.writesPerSecond, ledgers.writes);
  const readPace = pace(limits.readsPerSecond, ledgers.reads);
  const readsPerDay = limits.readsPerSecond === 'unlimited' ? 'unlimited' : READS_PER_DAY;
  const writeDay = createDayQuota(ledgers.writes, usablePerDay(limits.writesPerDay, limits.reserve));
  const readDay = createDayQuota(ledgers.reads, readsPerDay);
  return {
    partnerCentral: counted.partnerCentral,
    credentials: address.credentials,
    writePace,
    writeDay,
    readPace,
    readDay,
    catalog: address.catalog,
    endpoint: address.endpoint.origin,
    caller: address.caller,
    callerRefused: address.callerRefused,
    limits,
    ledgerFolder: address.ledgerFolder,
    callCounts: counted.counts,
    close: async () => {
      await Promise.all([writePace.close(), readPace.close()]);
      await Promise.all([writeDay.close(), readDay.close()]);
      await counted.partnerCentral.close();
    },
  };
}
