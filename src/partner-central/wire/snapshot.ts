import type { OpportunitySnapshot } from '../../model/call.ts';
import { ENTITY_TYPES, type EntityType, type OpportunityId } from '../../model/entity.ts';
import { isObject, textOf, type JsonObject } from './json-object.ts';

/**
 * Reads a GetOpportunity answer. Undefined for one that isn't about this opportunity or can't be understood whole:
 * from an answer read in part, "there is nothing left to remove" would be a claim nobody made.
 */
export function readSnapshot(body: JsonObject, id: OpportunityId): OpportunitySnapshot | undefined {
  if (body['Id'] !== id) return undefined;
  const entities = readEntities(body['RelatedEntityIdentifiers'] ?? {});
  if (entities === undefined) return undefined;
  const lifeCycle = isObject(body['LifeCycle']) ? body['LifeCycle'] : {};
  const stage = textOf(lifeCycle['Stage']);
  const reviewStatus = textOf(lifeCycle['ReviewStatus']);
  return {
    entities,
    ...(stage === undefined ? {} : { stage }),
    ...(reviewStatus === undefined ? {} : { reviewStatus }),
  };
}

function readEntities(related: unknown): OpportunitySnapshot['entities'] | undefined {
  if (!isObject(related)) return undefined;
  const entities: Partial<Record<EntityType, readonly string[]>> = {};
  for (const type of ENTITY_TYPES) {
    const identifiers = related[type];
    if (identifiers === undefined || identifiers === null) continue;
    if (!isTextList(identifiers)) return undefined;
    entities[type] = identifiers;
  }
  return entities;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
