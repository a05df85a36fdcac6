export const SOLUTION_STATUSES = ['Active', 'Inactive', 'Draft'] as const;

/** A solution of the partner's, as ListSolutions tells it. */
export interface Solution {
  /** `S-…`. */
  readonly id: string;
  readonly name: string;
  readonly status: (typeof SOLUTION_STATUSES)[number];
  readonly category: string;
  /** Its new form, where it has one. */
  readonly marketplaceArn?: string;
}
