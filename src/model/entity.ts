/** The related entity types of the service model, in the API's spelling. */
export const ENTITY_TYPES = [
  'Solutions',
  'AwsProducts',
  'AwsMarketplaceOffers',
  'AwsMarketplaceOfferSets',
  'AwsMarketplaceSolutions',
  'AwsMarketplaceProducts',
] as const;

export type EntityType = (typeof ENTITY_TYPES)[number];

declare const brand: unique symbol;

/** `O` and 1 to 19 digits. Made by `parseOpportunityId` alone. */
export type OpportunityId = string & { readonly [brand]: 'OpportunityId' };

/** 1 to 255 characters. Made by `parseEntityId` alone. */
export type EntityId = string & { readonly [brand]: 'EntityId' };

export interface RelatedEntity {
  readonly type: EntityType;
  readonly id: EntityId;
}

/** One entity related to one opportunity: what the service attaches and removes. */
export interface Association {
  readonly opportunityId: OpportunityId;
  readonly entity: RelatedEntity;
}

/** The longest `RelatedEntityIdentifier` the service model admits, in characters. */
export const ENTITY_ID_MAX_LENGTH = 255;

const OPPORTUNITY_ID = /^O[0-9]{1,19}$/;

export function parseOpportunityId(text: string): OpportunityId | undefined {
  // The only place that makes the brand.
  return OPPORTUNITY_ID.test(text) ? (text as OpportunityId) : undefined;
}

export function parseEntityId(text: string): EntityId | undefined {
  // The only place that makes the brand.
  return text.length >= 1 && text.length <= ENTITY_ID_MAX_LENGTH ? (text as EntityId) : undefined;
}

export function isEntityType(text: string): text is EntityType {
  // Widening a tuple of literals to compare it with any string.
  return (ENTITY_TYPES as readonly string[]).includes(text);
}

/**
 * Whether two identifiers name one entity: equal, or one is the bare last segment of the other's ARN
 * (`GetOpportunity` has been seen to answer a bare `offer-…` where the model says ARN). Two whole ARNs are compared
 * whole: two accounts may have entities that end alike.
 */
export function sameEntityId(left: string, right: string): boolean {
  if (left === right) return true;
  if (left.startsWith('arn:') === right.startsWith('arn:')) return false;
  return lastSegment(left) === lastSegment(right);
}

/** The entity by the identifier that it was held under, where that is another one of it. */
export function entityAs(entity: RelatedEntity, heldAs: string | undefined): RelatedEntity {
  const id = heldAs === undefined ? undefined : parseEntityId(heldAs);
  return id === undefined || !sameEntityId(id, entity.id) ? entity : { ...entity, id };
}

/** Of an ARN, the part behind its last slash; an identifier without one as it is. */
export function lastSegment(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf('/') + 1);
}
