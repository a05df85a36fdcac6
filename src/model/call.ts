import type { Association, EntityType } from './entity.ts';
import type { Fault } from './fault.ts';

/** The two operations that change an association; they take the same four inputs. */
export type WriteOperation = 'AssociateOpportunity' | 'DisassociateOpportunity';

/** All that this tool needs to know of one write operation; decisions ask this record, never the operation's name. */
export interface WriteRule {
  /** How the entity stands to the opportunity once the write is in force. */
  readonly leaves: 'present' | 'absent';
  /** The status of a row whose write was made. */
  readonly done: 'disassociated' | 'associated';
  /** The status of a row for which a read showed that there was nothing to do. */
  readonly needless: 'already_absent' | 'already_present';
  /** The status of a row that a plan would write. */
  readonly would: 'would_disassociate' | 'would_associate';
  /** The write that takes it back. */
  readonly inverse: WriteOperation;
  /** The action that an IAM policy has to allow (service-authorization reference). */
  readonly iamAction: `partnercentral:${WriteOperation}`;
}

/** The actions that an IAM policy has to allow for reads. */
export const READ_ACTIONS = {
  opportunity: 'partnercentral:GetOpportunity',
  pipeline: 'partnercentral:ListOpportunities',
  solutions: 'partnercentral:ListSolutions',
} as const;

/** The write operations, each with its rule. */
export const WRITES: Readonly<Record<WriteOperation, WriteRule>> = {
  DisassociateOpportunity: {
    leaves: 'absent',
    done: 'disassociated',
    needless: 'already_absent',
    would: 'would_disassociate',
    inverse: 'AssociateOpportunity',
    iamAction: 'partnercentral:DisassociateOpportunity',
  },
  AssociateOpportunity: {
    leaves: 'present',
    done: 'associated',
    needless: 'already_present',
    would: 'would_associate',
    inverse: 'DisassociateOpportunity',
    iamAction: 'partnercentral:AssociateOpportunity',
  },
};

/** Whether the entity is related to the opportunity once the write is in force. */
export function attaches(operation: WriteOperation): boolean {
  return WRITES[operation].leaves === 'present';
}

const ATTACHED: ReadonlySet<string> = new Set(
  Object.values(WRITES).flatMap(({ leaves, done, needless, would }) =>
    leaves === 'present' ? [done, needless, would] : [],
  ),
);

/** Whether rows of a status came to one association that is attached, in no other's place. */
export function isOfAttaching(status: string): boolean {
  return ATTACHED.has(status);
}

export function isWriteOperation(text: string): text is WriteOperation {
  return Object.hasOwn(WRITES, text);
}

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
  /** The company's name. */
  readonly customer?: string;
  readonly projectTitle?: string;
  /** The partner's own identifier. */
  readonly partnerCrmId?: string;
  /** UTC, ISO 8601. */
  readonly lastModified?: string;
}

export type ReadAnswer =
  | { readonly ok: true; readonly opportunity: OpportunitySnapshot; readonly requestId?: string }
  | { readonly ok: false; readonly fault: Fault };

/** Filters of a list of opportunities, as the service takes them: at most ten values each, dates as ISO 8601. */
export interface PipelineFilters {
  readonly stages?: readonly string[];
  readonly reviewStatuses?: readonly string[];
  readonly customers?: readonly string[];
  readonly modifiedAfter?: string;
  readonly createdAfter?: string;
}

/** A solution of the partner's, as `ListSolutions` answers it. */
export interface ListedSolution {
  readonly id: string;
  readonly name: string;
  /** `Active`, `Inactive` or `Draft`. */
  readonly status: string;
  /** Its new form, where it has one. */
  readonly marketplaceArn?: string;
}

/** One page of a list; without a token it is the last. */
export type PageAnswer<Item> =
  | {
      readonly ok: true;
      readonly items: readonly Item[];
      readonly nextToken?: string;
      readonly requestId?: string;
    }
  | { readonly ok: false; readonly fault: Fault };

/** Keeps calls from leaving while it is on. */
export interface Hold {
  readonly isOn: () => boolean;
  /** Resolves once it is off. Rejects with the signal's reason. */
  readonly over: (signal: AbortSignal) => Promise<void>;
}

/** Asked once, when a request is about to be written to a connected socket. Gives what hears that it was; false: nothing is written. */
export type Leaves = () => (() => void) | false;

export const NEVER_HELD: Hold = { isOn: () => false, over: async () => undefined };
