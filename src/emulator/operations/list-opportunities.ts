import { readList, readRange, stringsIn } from './filters.ts';
import { LIST_RULES } from './operation-rules.ts';
import { summaryOf } from './opportunity-summary.ts';
import { pageOf, readPage } from './page.ts';
import { REVIEW_STATUSES, STAGES, type OpportunityDetails } from '../partner/opportunity-details.ts';
import type { OperationResult, PartnerState } from '../partner/partner-state.ts';
import type { JsonObject } from '../partner/json-object.ts';
import { readStrings } from './request-members.ts';
import { requestInvalid, type ValidationIssue } from '../partner/service-exception.ts';

const LIST = 'opportunity';

/** ListOpportunities: pages in the order of the seed, or of the identifiers that were asked for; `Sort` is ignored. */
export function listOpportunities(state: PartnerState, body: JsonObject): OperationResult {
  const members = readStrings(body, LIST_RULES);
  if (!members.ok) return { ok: false, exception: members.refusal };
  const issues: ValidationIssue[] = [];
  const page = readPage(body, LIST, issues);
  const asked = readIdentifiers(body, issues);
  const matches = readFilters(body, issues);
  if (issues.length > 0) return { ok: false, exception: requestInvalid(issues) };

  const { store, details } = state;
  const ids = asked?.filter((id) => store.hasOpportunity(id)) ?? store.opportunityIds;
  const { found, next } = pageOf(ids, { ...page, list: LIST }, (id) => matches(details.of(id)));
  const output = {
    OpportunitySummaries: found.map((id) => summaryOf(state, members.value.Catalog, id)),
    ...next,
  };
  return { ok: true, output, changed: false };
}

/** Undefined: every opportunity. */
function readIdentifiers(body: JsonObject, issues: ValidationIssue[]): readonly string[] | undefined {
  readList(body, 'Identifier', { most: 20 }, issues);
  const asked = stringsIn(body, 'Identifier', []) ?? [];
  return asked.length > 0 ? [...new Set(asked)] : undefined;
}

function readFilters(body: JsonObject, issues: ValidationIssue[]): (details: OpportunityDetails) => boolean {
  const stage = readList(body, 'LifeCycleStage', { most: 10, oneOf: STAGES }, issues);
  const review = readList(body, 'LifeCycleReviewStatus', { most: 10, oneOf: REVIEW_STATUSES }, issues);
  const customer = readList(body, 'CustomerCompanyName', { most: 10 }, issues);
  const modified = readRange(body, 'LastModifiedDate', issues);
  const created = readRange(body, 'CreatedDate', issues);
  const targetClose = readRange(body, 'TargetCloseDate', issues);
  return (details) =>
    stage(details.stage) &&
    review(details.reviewStatus) &&
    customer(details.customer) &&
    modified(details.lastModifiedMs) &&
    created(details.createdMs) &&
    targetClose(Date.parse(details.targetCloseDate));
}
