import type { OpportunityId, RelatedEntity } from '../../model/entity.ts';

/** The stages of the service model, in the order in which an opportunity goes through them. */
export const STAGES = [
  'Prospect',
  'Qualified',
  'Technical Validation',
  'Business Validation',
  'Committed',
  'Launched',
  'Closed Lost',
] as const;

/** The review statuses of the service model. */
export const REVIEW_STATUSES = [
  'Pending Submission',
  'Submitted',
  'In review',
  'Action Required',
  'Approved',
  'Rejected',
] as const;

/** An opportunity's own words, beside its associations. */
export interface OpportunityDetails {
  readonly stage: (typeof STAGES)[number];
  readonly reviewStatus: (typeof REVIEW_STATUSES)[number];
  readonly customer: string;
  readonly projectTitle: string;
  /** The partner's own identifier: `PartnerOpportunityIdentifier`. */
  readonly partnerCrmId: string;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  /** Epoch milliseconds. */
  readonly lastModifiedMs: number;
  /** `YYYY-MM-DD`. */
  readonly targetCloseDate: string;
}

/** A line of a seed: that there is such an opportunity, what it holds, and what it says of itself. */
export interface SeedLine {
  readonly opportunityId: OpportunityId;
  /** Absent: the line attaches nothing. */
  readonly entity?: RelatedEntity;
  /** Of several lines of one opportunity, the first that tells anything counts. */
  readonly details?: Partial<OpportunityDetails>;
}

/** The details of every opportunity; those that the seed did not tell are made up, the same each time. */
export class DetailsStore {
  readonly #startedAtMs: number;
  readonly #told = new Map<string, Partial<OpportunityDetails>>();

  /** `startedAtMs`: when an opportunity was made and changed that tells neither. */
  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  seed({ opportunityId, details }: SeedLine): void {
    if (details === undefined || Object.keys(details).length === 0 || this.#told.has(opportunityId)) return;
    this.#told.set(opportunityId, details);
  }

  of(opportunityId: string): OpportunityDetails {
    const told = this.#told.get(opportunityId);
    return {
      stage: 'Committed',
      reviewStatus: 'Approved',
      customer: `Customer of ${opportunityId}`,
      projectTitle: `Project of ${opportunityId}`,
      partnerCrmId: `CRM-${opportunityId}`,
      createdMs: this.#startedAtMs,
      lastModifiedMs: this.#startedAtMs,
      targetCloseDate: '2030-12-31',
      ...told,
    };
  }
}
