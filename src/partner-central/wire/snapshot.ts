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
  const lifeCycle = memberOf(body, 'LifeCycle');
  return {
    entities,
    ...definedOf({
      stage: textOf(lifeCycle['Stage']),
      reviewStatus: textOf(lifeCycle['ReviewStatus']),
      customer: textOf(memberOf(memberOf(body, 'Customer'), 'Account')['CompanyName']),
      projectTitle: textOf(memberOf(body, 'Project')['Title']),
      partnerCrmId: textOf(body['PartnerOpportunityIdentifier']),
      lastModified: timeOf(body['LastModifiedDate']),
    }),
  };
}

function memberOf(body: JsonObject, name: string): JsonObject {
  const member = body[name];
  return isObject(member) ? member : {};
}

type Texts = Readonly<Record<string, string | undefined>>;

/** The members that there are. */
function definedOf<T extends Texts>(members: T): { [Name in keyof T]?: string } {
  const defined = Object.entries(members).filter(([, value]) => value !== undefined);
  // A subset of the members, without those that are undefined.
  return Object.fromEntries(defined) as { [Name in keyof T]?: string };
}

/** A time in ISO 8601, or in seconds since 1970: awsJson knows both. */
function timeOf(value: unknown): string | undefined {
  const ms = typeof value === 'number' ? value * 1000 : Date.parse(textOf(value) ?? '');
  return Number.isNaN(ms) || Math.abs(ms) > LAST_MS ? undefined : new Date(ms).toISOString();
}

/** No date is later (ECMAScript). */
const LAST_MS = 8.64e15;

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
