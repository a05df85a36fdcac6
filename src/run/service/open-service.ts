import type { Catalog } from '../../model/catalog.ts';
import { setRight, type Clock, type Dice } from '../../model/clock.ts';
import { latePace } from '../../pace/late-pace.ts';
import { createPace, type Pace } from '../../pace/pace.ts';
import { connect, type PartnerCentral } from '../../partner-central/connect.ts';
import type { Network } from '../../partner-central/access/network.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import type { AccountQuota, QuotaStore, QuotaUse } from '../../store/account-quota.ts';
import type { CallCounts, Caller } from '../../store/journal-line.ts';
import type { CallLimits } from './call-limits.ts';
import { dayQuotas, type DayQuotas } from './day-quotas.ts';

/** Parts that opening a service needs. */
export interface ServiceDependencies {
  readonly limits: CallLimits;
  readonly quotas: QuotaStore;
  /** `look`: only reads are made, as for a plan. */
  readonly writes: QuotaUse['writes'];
  /** Of the run that is gone on with. */
  readonly journaled?: QuotaUse['journaled'];
  readonly clock: Clock;
  readonly dice: Dice;
  /** As AWS asks of integrators: `<Integrator>|<Product>`. */
  readonly userAgent: string;
  /** This process's purpose, for a second one that finds the account held. */
  readonly purpose: string;
  /** Aborted once the run is stopped: opening the service does not hold it up. */
  readonly signal: AbortSignal;
  /** Hears that the credential helper of this profile is waited for. */
  readonly helperSlow?: ((profile: string) => void) | undefined;
}

/** The service that a run talks to, live or emulated, with the pace it is asked at. */
export interface OpenService extends DayQuotas {
  readonly partnerCentral: PartnerCentral;
  readonly credentials: CredentialSource;
  readonly writePace: Pace;
  readonly readPace: Pace;
  readonly catalog: Catalog;
  readonly endpoint: string;
  readonly caller: Caller | null;
  /** The exception by which STS refused to tell the caller, where it did. */
  readonly callerRefused?: string | undefined;
  readonly limits: CallLimits;
  readonly quota: AccountQuota;
  /** The service's time, by which calls are counted and noted. */
  readonly clock: Clock;
  /** How far this machine's clock is ahead of it, where that is worth a word; milliseconds. */
  readonly clockAheadMs?: number | undefined;
  readonly callCounts: () => CallCounts;
  readonly close: () => Promise<void>;
}

/** Where calls go, as whom, and what counts them; the service closes the quota. */
export interface ServiceAddress {
  readonly endpoint: URL;
  readonly network: Network;
  readonly region: string;
  readonly catalog: Catalog;
  readonly credentials: CredentialSource;
  readonly caller: Caller | null;
  readonly callerRefused?: string | undefined;
  readonly quota: AccountQuota;
  readonly clockAheadMs?: number | undefined;
}

/** Joins the connection with the two paces, which count its calls. */
export async function assembleService(
  address: ServiceAddress,
  deps: ServiceDependencies,
): Promise<OpenService> {
  const { limits, clock, dice, userAgent } = deps;
  const { concurrency, timeoutMs, waitForQuota } = limits;
  const { quota, credentials, catalog, caller, callerRefused, clockAheadMs } = address;
  const serviceClock = setRight(clock, clockAheadMs ?? 0);
  const days = await dayQuotas(quota, limits);
  const pace = (callsPerSecond: number | 'unlimited', { usage }: DayQuotas['readDay']): Pace =>
    latePace(() =>
      createPace({
        callsPerSecond,
        concurrency,
        waitForQuota,
        calledBefore: usage().times.length > 0,
        clock,
        dice,
      }),
    );
  const writePace = pace(limits.writesPerSecond, days.writeDay);
  const readPace = pace(limits.readsPerSecond, days.readDay);
  const partnerCentral = connect({ ...address, timeoutMs, concurrency, clock, userAgent });
  return {
    ...days,
    partnerCentral,
    credentials,
    writePace,
    readPace,
    catalog,
    endpoint: address.endpoint.origin,
    caller,
    callerRefused,
    limits,
    quota,
    clock: serviceClock,
    clockAheadMs,
    callCounts: () => countsOf(writePace, readPace),
    close: async () => {
      await Promise.all([writePace.close(), readPace.close()]);
      await quota.close();
      await partnerCentral.close();
    },
  };
}

function countsOf(writePace: Pace, readPace: Pace): CallCounts {
  const [writes, reads] = [writePace.counts(), readPace.counts()];
  return { writes: writes.calls, reads: reads.calls, throttles: writes.throttles + reads.throttles };
}
