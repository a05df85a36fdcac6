import type { Association, EntityType } from './entity.ts';
import type { Fault } from './fault.ts';

/** The two operations that change an association; they take the same four inputs. */
export type WriteOperation = 'AssociateOpportunity' | 'DisassociateOpportunity';

/** One change asked of the service. */
export interface Write {
  readonly operation: WriteOperation;
  readonly association: Association;
}

export type WriteAnswer =
  | { readonly ok: true; readonly requestId?: string }
  | { readonly ok: false; readonly fault: Fault };

/** An opportunity as `GetOpportunity` answers it, as far as this tool needs it. */
export interface OpportunitySnapshot {
  /** Identifiers by entity type; a type that was not answered is absent. */
  readonly entities: Readonly<Partial<Record<EntityType, readonly string[]>>>;
  readonly stage?: string;
  readonly reviewStatus?: string;
}

export type ReadAnswer =
  | { readonly ok: true; readonly opportunity: OpportunitySnapshot; readonly requestId?: string }
  | { readonly ok: false; readonly fault: Fault };
