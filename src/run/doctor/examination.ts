import type { Catalog } from '../../model/catalog.ts';
import type { Clock, Dice } from '../../model/clock.ts';
import type { AwsSettings } from '../../partner-central/access/aws-settings.ts';
import type { Network } from '../../partner-central/access/network.ts';
import type { Environment } from '../../partner-central/access/shared-config.ts';
import type { ResolvedCredentials } from '../../partner-central/sign-in/resolve-credentials.ts';
import type { AskCode, HelperSlow } from '../../partner-central/sign-in/sign-in-context.ts';
import type { ClockReading } from '../../partner-central/service-clock.ts';
import type { DayLimit, QuotaStore } from '../../store/account-quota.ts';
import type { CheckName, Findings } from './check.ts';

export interface DoctorOptions {
  readonly catalog: Catalog;
  readonly region: string;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly caBundle?: string | undefined;
  /** Where results would be written. */
  readonly folder: string;
  /** The writes that may be used in a day: any reserve is taken off. */
  readonly writesPerDay: DayLimit;
  /** Of one call. */
  readonly timeoutMs: number;
}

export interface DoctorDependencies {
  readonly env: Environment;
  readonly askCode?: AskCode | undefined;
  readonly helperSlow?: HelperSlow | undefined;
  readonly quotas: QuotaStore;
  readonly clock: Clock;
  readonly dice: Dice;
  /** As AWS asks of integrators: `<Integrator>|<Product>`. */
  readonly userAgent: string;
  /** Writes a file there and removes it; gives the bytes that are free. Rejects with the system's error. */
  readonly tryPlace: (folder: string) => Promise<number>;
  readonly signal: AbortSignal;
}

/** All that a check may need: options, the process, and what the checks before it found and opened. */
export interface Examination extends DoctorOptions, DoctorDependencies {
  /** Of a check that this one needs. */
  readonly found: <Name extends CheckName>(name: Name) => Findings[Name];
  /** Kept apart from what is shown: these know secrets. */
  readonly lent: {
    settings?: AwsSettings;
    network?: Network;
    /** The service's, where a check before has asked it. */
    time?: ClockReading;
    credentials?: ResolvedCredentials;
  };
}

/** A thing that a check before must have lent. */
export function held<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('A check uses what no check before it has lent.');
  return thing;
}
