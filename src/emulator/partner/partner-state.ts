import type { AssociationStore } from './association-store.ts';
import type { LaggedState } from './lagged-state.ts';
import { DEFAULT_REVIEW_STATUS, type Readings } from './readings.ts';
import type { ServiceException } from './service-exception.ts';

/** What the operations act upon. */
export interface PartnerState {
  readonly store: AssociationStore;
  readonly lagged: LaggedState;
  readonly readings: Readings;
  readonly reviewStatuses: ReadonlyMap<string, string>;
  readonly startedAtMs: number;
}

export type OperationResult =
  | { readonly ok: true; readonly output: object; readonly changed: boolean }
  | { readonly ok: false; readonly exception: ServiceException };

export function reviewStatusOf(state: PartnerState, opportunityId: string): string {
  return state.reviewStatuses.get(opportunityId) ?? DEFAULT_REVIEW_STATUS;
}
