import type { AssociationStore } from './association-store.ts';
import type { LaggedState } from './lagged-state.ts';
import type { DetailsStore } from './opportunity-details.ts';
import type { Readings } from './readings.ts';
import type { ServiceException } from './service-exception.ts';
import type { Roles } from './roles.ts';
import type { Solution } from './solution.ts';

/** All that the operations act upon. */
export interface PartnerState {
  readonly store: AssociationStore;
  readonly details: DetailsStore;
  readonly lagged: LaggedState;
  readonly solutions: readonly Solution[];
  readonly readings: Readings;
  readonly roles: Roles;
  /** The emulator's start, epoch milliseconds. */
  readonly startedAtMs: number;
}

export type OperationResult =
  | { readonly ok: true; readonly output: object; readonly changed: boolean }
  | { readonly ok: false; readonly exception: ServiceException };
