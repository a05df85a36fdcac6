import type { EntityList } from '../partner/association-store.ts';
import { GET_RULES } from './operation-rules.ts';
import { PROJECT_SUMMARY, summaryOf } from './opportunity-summary.ts';
import type { OperationResult, PartnerState } from '../partner/partner-state.ts';
import type { JsonObject } from '../partner/json-object.ts';
import { readStrings } from './request-members.ts';
import { resourceNotFound } from '../partner/service-exception.ts';

/** GetOpportunity, at `atMs` of the monotonic clock. */
export function getOpportunity(state: PartnerState, body: JsonObject, atMs: number): OperationResult {
  const members = readStrings(body, GET_RULES);
  if (!members.ok) return { ok: false, exception: members.refusal };
  const { Catalog, Identifier } = members.value;
  const entities = state.lagged.entitiesAt(Identifier, atMs);
  if (entities === undefined) {
    return { ok: false, exception: resourceNotFound(`Opportunity ${Identifier} not found.`) };
  }
  const output = {
    ...summaryOf(state, Catalog, Identifier),
    Project: { ...PROJECT_SUMMARY, Title: state.details.of(Identifier).projectTitle },
    RelatedEntityIdentifiers: identifiersByType(entities, state.readings.answeredIds === 'last-segment'),
  };
  return { ok: true, output, changed: false };
}

function identifiersByType(entities: EntityList, lastSegmentOnly: boolean): Record<string, string[]> {
  const byType: Record<string, string[]> = {};
  for (const { type, id } of entities) {
    const answered = lastSegmentOnly && id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id;
    (byType[type] ??= []).push(answered);
  }
  return byType;
}
