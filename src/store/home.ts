import type { QuotaStore } from './account-quota.ts';
import type { RunStore } from './run-store.ts';

/** Where runs and the counts of accounts' calls are kept. */
export interface Home {
  readonly runs: RunStore;
  readonly quotas: QuotaStore;
}
