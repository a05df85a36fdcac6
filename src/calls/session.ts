import type { Clock, Dice } from '../model/clock.ts';
import type { DayQuota } from '../pace/day-quota.ts';
import type { Pace } from '../pace/pace.ts';
import type { PartnerCentral } from '../partner-central/connect.ts';
import type { CredentialSource } from '../partner-central/access/credentials.ts';
import type { RetryPolicy } from '../partner-central/retry.ts';
import type { JournalWriter } from '../store/run-store.ts';
import type { StopSwitch } from './stop/stop-switch.ts';
import type { ServiceHealth } from './stop/service-health.ts';

/** What the calls of one run share. */
export interface Session {
  readonly partnerCentral: PartnerCentral;
  readonly credentials: CredentialSource;
  readonly writePace: Pace;
  readonly writeDay: DayQuota;
  readonly readPace: Pace;
  readonly readDay: DayQuota;
  readonly journal: JournalWriter;
  readonly retryPolicy: RetryPolicy;
  readonly stopSwitch: StopSwitch;
  readonly health: ServiceHealth;
  readonly clock: Clock;
  readonly dice: Dice;
}
