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
