import { LIST_RULES } from './operation-rules.ts';
import { summaryOf } from './opportunity-summary.ts';
import { reviewStatusOf, type OperationResult, type PartnerState } from '../partner/partner-state.ts';
import { STAGE } from '../partner/readings.ts';
import { readStrings, type JsonObject } from './request-members.ts';
import { requestInvalid, type ValidationIssue } from '../partner/service-exception.ts';

/** ListOpportunities: pages in the order of the seed; `Sort` and the filters on dates and companies are ignored. */
export function listOpportunities(state: PartnerState, body: JsonObject): OperationResult {
  const members = readStrings(body, LIST_RULES);
  if (!members.ok) return { ok: false, exception: members.refusal };
  const page = readPage(body);
  if (!page.ok) return { ok: false, exception: requestInvalid(page.issues) };
  const { candidates, from, size } = page;
  const ids = candidates?.filter((id) => state.store.hasOpportunity(id)) ?? state.store.opportunityIds;
  const matches: string[] = [];
  let next = from;
  for (; next < ids.length && matches.length < size; next += 1) {
    const id = ids[next];
    if (id !== undefined && page.matches(STAGE, reviewStatusOf(state, id))) matches.push(id);
  }
  const output = {
    OpportunitySummaries: matches.map((id) => summaryOf(state, members.value.Catalog, id)),
    ...(next < ids.length && { NextToken: tokenFor(next) }),
  };
  return { ok: true, output, changed: false };
}

type Page =
  | {
      readonly ok: true;
      /** Undefined: every opportunity. */
      readonly candidates: readonly string[] | undefined;
      readonly from: number;
      readonly size: number;
      readonly matches: (stage: string, reviewStatus: string) => boolean;
    }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] };

const DEFAULT_PAGE_SIZE = 20;
const LARGEST_PAGE = 100;
const MOST_FILTER_VALUES = 20;

function readPage(body: JsonObject): Page {
  const size = body['MaxResults'] ?? DEFAULT_PAGE_SIZE;
  const from = body['NextToken'] === undefined ? 0 : positionOf(body['NextToken']);
  const candidates = body['Identifier'];
  const stages = body['LifeCycleStage'];
  const statuses = body['LifeCycleReviewStatus'];
  const issues: ValidationIssue[] = [];
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    issues.push({ FieldName: 'MaxResults', Message: 'From 1 to 100.', Code: 'VALUE_OUT_OF_RANGE' });
  }
  if (from === undefined) {
    issues.push({ FieldName: 'NextToken', Message: 'Not a token of ours.', Code: 'INVALID_VALUE' });
  }
  const filters = { Identifier: candidates, LifeCycleStage: stages, LifeCycleReviewStatus: statuses };
  for (const [FieldName, values] of Object.entries(filters)) {
    if (values !== undefined && !isShortList(values)) {
      issues.push({ FieldName, Message: 'At most 20 strings.', Code: 'TOO_MANY_VALUES' });
    }
  }
  if (issues.length > 0 || from === undefined || typeof size !== 'number') return { ok: false, issues };
  return {
    ok: true,
    candidates: nonEmpty(candidates),
    from,
    size,
    matches: (stage, status) =>
      (nonEmpty(stages)?.includes(stage) ?? true) && (nonEmpty(statuses)?.includes(status) ?? true),
  };
}

function isShortList(values: unknown): values is readonly string[] {
  return (
    Array.isArray(values) &&
    values.length <= MOST_FILTER_VALUES &&
    values.every((value) => typeof value === 'string')
  );
}

/** An empty filter filters nothing. */
function nonEmpty(values: unknown): readonly string[] | undefined {
  return isShortList(values) && values.length > 0 ? values : undefined;
}

function tokenFor(position: number): string {
  return Buffer.from(`opportunity:${position}`).toString('base64url');
}

function positionOf(token: unknown): number | undefined {
  if (typeof token !== 'string') return undefined;
  const text = Buffer.from(token, 'base64url').toString('latin1');
  const [, digits] = /^opportunity:(\d{1,15})$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
