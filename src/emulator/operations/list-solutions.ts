import { readList } from './filters.ts';
import { LIST_RULES } from './operation-rules.ts';
import { pageOf, readPage } from './page.ts';
import type { OperationResult, PartnerState } from '../partner/partner-state.ts';
import type { JsonObject } from '../partner/json-object.ts';
import { readStrings } from './request-members.ts';
import { requestInvalid, type ValidationIssue } from '../partner/service-exception.ts';
import { SOLUTION_STATUSES, type Solution } from '../partner/solution.ts';

const LIST = 'solution';

/** ListSolutions: pages in the order of the seed; `Sort` is ignored. */
export function listSolutions(state: PartnerState, body: JsonObject): OperationResult {
  const members = readStrings(body, LIST_RULES);
  if (!members.ok) return { ok: false, exception: members.refusal };
  const issues: ValidationIssue[] = [];
  const page = readPage(body, LIST, issues);
  const matches = readFilters(body, issues);
  if (issues.length > 0) return { ok: false, exception: requestInvalid(issues) };
  const { found, next } = pageOf(state.solutions, { ...page, list: LIST }, matches);
  const { Catalog } = members.value;
  const createdDate = new Date(state.startedAtMs).toISOString();
  const output = {
    SolutionSummaries: found.map((solution) => summaryOf(solution, Catalog, createdDate)),
    ...next,
  };
  return { ok: true, output, changed: false };
}

function readFilters(body: JsonObject, issues: ValidationIssue[]): (solution: Solution) => boolean {
  const status = readList(
    body,
    'Status',
    { most: SOLUTION_STATUSES.length, oneOf: SOLUTION_STATUSES },
    issues,
  );
  const id = readList(body, 'Identifier', { most: 20 }, issues);
  const category = readList(body, 'Category', { most: 10 }, issues);
  const arn = readList(body, 'AwsMarketplaceSolutionArn', { most: 10 }, issues);
  return (solution) =>
    status(solution.status) &&
    id(solution.id) &&
    category(solution.category) &&
    // A solution without a new form is named by no ARN, and by a filter that is left out.
    arn(solution.marketplaceArn ?? '');
}

function summaryOf(solution: Solution, catalog: string, createdDate: string): object {
  const { id, name, status, category, marketplaceArn } = solution;
  return {
    Catalog: catalog,
    Id: id,
    Arn: `arn:aws:partnercentral:us-east-1::catalog/${catalog}/solution/${id}`,
    Name: name,
    Status: status,
    Category: category,
    CreatedDate: createdDate,
    ...(marketplaceArn !== undefined && { AwsMarketplaceSolutionArn: marketplaceArn }),
  };
}
