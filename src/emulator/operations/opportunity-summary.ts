import type { PartnerState } from '../partner/partner-state.ts';

/** An opportunity as a list tells it; a get tells all of this, too. */
export function summaryOf(state: PartnerState, catalog: string, id: string): object {
  const details = state.details.of(id);
  return {
    Catalog: catalog,
    Id: id,
    Arn: `arn:aws:partnercentral:us-east-1::catalog/${catalog}/opportunity/${id}`,
    PartnerOpportunityIdentifier: details.partnerCrmId,
    OpportunityType: 'Net New Business',
    CreatedDate: new Date(details.createdMs).toISOString(),
    LastModifiedDate: new Date(details.lastModifiedMs).toISOString(),
    LifeCycle: {
      Stage: details.stage,
      ReviewStatus: details.reviewStatus,
      TargetCloseDate: details.targetCloseDate,
    },
    Customer: { Account: { CompanyName: details.customer, Industry: 'Other' } },
    Project: PROJECT_SUMMARY,
  };
}

/** The title of a project is told by a get alone. */
export const PROJECT_SUMMARY = { DeliveryModels: ['SaaS or PaaS'] } as const;
