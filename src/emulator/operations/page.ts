import type { JsonObject } from '../partner/json-object.ts';
import { NOT_A_TOKEN, type ValidationIssue } from '../partner/service-exception.ts';

/** The part of a list that a request asks for. */
export interface Page {
  /** Position in the list, filters left aside, of the first that is looked at. */
  readonly from: number;
  /** The most that are answered. */
  readonly size: number;
}

const DEFAULT_PAGE_SIZE = 20;
const LARGEST_PAGE = 100;

/** Reads `MaxResults` and `NextToken`; `list` is the word by which a list knows its own tokens. */
export function readPage(body: JsonObject, list: string, issues: ValidationIssue[]): Page {
  const size = body['MaxResults'] ?? DEFAULT_PAGE_SIZE;
  const token = body['NextToken'] ?? undefined;
  const from = token === undefined ? 0 : positionOf(token, list);
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    issues.push({ FieldName: 'MaxResults', Message: 'From 1 to 100.', Code: 'VALUE_OUT_OF_RANGE' });
  }
  if (from === undefined) issues.push(NOT_A_TOKEN);
  return { from: from ?? 0, size: typeof size === 'number' ? size : DEFAULT_PAGE_SIZE };
}

/** The page's part of the items that match, and the token of the next page while there is more to look at. */
export function pageOf<Item>(
  items: readonly Item[],
  page: Page & { readonly list: string },
  matches: (item: Item) => boolean,
): { readonly found: readonly Item[]; readonly next: { readonly NextToken?: string } } {
  const found: Item[] = [];
  let position = page.from;
  for (; position < items.length && found.length < page.size; position += 1) {
    const item = items[position];
    if (item !== undefined && matches(item)) found.push(item);
  }
  const more = position < items.length;
  return { found, next: more ? { NextToken: tokenFor(page.list, position) } : {} };
}

function tokenFor(list: string, position: number): string {
  return Buffer.from(`${list}:${position}`).toString('base64url');
}

function positionOf(token: unknown, list: string): number | undefined {
  if (typeof token !== 'string') return undefined;
  const [owner, digits = '', ...rest] = Buffer.from(token, 'base64url').toString('latin1').split(':');
  return owner === list && rest.length === 0 && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}
