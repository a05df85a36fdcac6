import { reviewStatusOf, type PartnerState } from '../partner/partner-state.ts';
import { STAGE } from '../partner/readings.ts';

/** What a list says of an opportunity; a get says it too. */
export function summaryOf(state: PartnerState, catalog: string, id: string): object {
  const startedAt = new Date(state.startedAtMs).toISOString();
  return {
    Catalog: catalog,
    Id: id,
    Arn: `arn:aws:partnercentral:us-east-1::catalog/${catalog}/opportunity/${id}`,
    PartnerOpportunityIdentifier: `CRM-${id}`,
    OpportunityType: 'Net New Business',
    CreatedDate: startedAt,
    LastModifiedDate: startedAt,
    LifeCycle: { Stage: STAGE, ReviewStatus: reviewStatusOf(state, id), TargetCloseDate: '2030-12-31' },
    Customer: { Account: { CompanyName: `Customer of ${id}`, Industry: 'Other' } },
    Project: { DeliveryModels: ['SaaS or PaaS'] },
  };
}
