import type { OpportunityDetails, SeedLine } from '../../src/emulator/partner/opportunity-details.ts';
import {
  parseEntityId,
  parseOpportunityId,
  type Association,
  type EntityType,
} from '../../src/model/entity.ts';

/** An association from its three values; throws on values that are none. */
export function association(opportunity: string, type: EntityType, entity: string): Association {
  const opportunityId = parseOpportunityId(opportunity);
  const id = parseEntityId(entity);
  if (opportunityId === undefined || id === undefined) throw new Error(`${opportunity} ${entity}`);
  return { opportunityId, entity: { type, id } };
}

/** A seed's line of an opportunity that says this of itself; throws on an identifier that is none. */
export function opportunityOf(identifier: string, details: Partial<OpportunityDetails> = {}): SeedLine {
  const opportunityId = parseOpportunityId(identifier);
  if (opportunityId === undefined) throw new Error(identifier);
  return { opportunityId, details };
}
