import type { ListedSolution } from '../../model/call.ts';
import { parseOpportunityId, type OpportunityId } from '../../model/entity.ts';
import { isObject, textOf, type JsonObject } from './json-object.ts';

/** A page, as it was read. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** A page that can't be understood whole is undefined: of a list that was read in part, nobody knows what is missing. */
export type ReadPage<Item> = (body: JsonObject) => ListPage<Item> | undefined;

/** The identifiers of a page of ListOpportunities. */
export const readOpportunityPage: ReadPage<OpportunityId> = (body) =>
  readPage(body, 'OpportunitySummaries', (summary) => parseOpportunityId(textOf(summary['Id']) ?? ''));

/** A page of ListSolutions. */
export const readSolutionPage: ReadPage<ListedSolution> = (body) =>
  readPage(body, 'SolutionSummaries', (summary) => {
    const [id, name, status] = ['Id', 'Name', 'Status'].map((member) => textOf(summary[member]));
    if (id === undefined || name === undefined || status === undefined) return undefined;
    const marketplaceArn = textOf(summary['AwsMarketplaceSolutionArn']);
    return { id, name, status, ...(marketplaceArn !== undefined && { marketplaceArn }) };
  });

function readPage<Item>(
  body: JsonObject,
  member: string,
  read: (summary: JsonObject) => Item | undefined,
): ListPage<Item> | undefined {
  const summaries = body[member];
  const token = body['NextToken'] ?? undefined;
  if (!Array.isArray(summaries) || (token !== undefined && typeof token !== 'string')) return undefined;
  const items: Item[] = [];
  for (const summary of summaries) {
    const item = isObject(summary) ? read(summary) : undefined;
    if (item === undefined) return undefined;
    items.push(item);
  }
  // Some services end a list with an empty token.
  return token === undefined || token === '' ? { items } : { items, nextToken: token };
}
