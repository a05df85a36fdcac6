import type {
  Leaves,
  ListedSolution,
  OpportunitySnapshot,
  PageAnswer,
  PipelineFilters,
  ReadAnswer,
  Write,
  WriteAnswer,
  WriteOperation,
} from '../model/call.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Clock } from '../model/clock.ts';
import type { OpportunityId } from '../model/entity.ts';
import type { CredentialSource } from './access/credentials.ts';
import type { Network } from './access/network.ts';
import { readOpportunityPage, readSolutionPage, type ListPage, type ReadPage } from './wire/list-page.ts';
import { malformed, readNothing, readObject, type Reply } from './wire/read-answer.ts';
import { openSignedCalls, type SignedCall } from './signed-calls.ts';
import { readSnapshot } from './wire/snapshot.ts';

export interface ConnectionOptions {
  readonly endpoint: URL;
  readonly network: Network;
  readonly region: string;
  readonly catalog: Catalog;
  readonly credentials: CredentialSource;
  /** Of one attempt, from connecting to the answer's last byte. */
  readonly timeoutMs: number;
  /** Connections at most. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** As `SignedCallOptions` has it. */
  readonly clockAheadMs?: number | undefined;
  /** As AWS asks of integrators: `<Integrator>|<Product>`. */
  readonly userAgent: string;
}

/** Each call is one attempt: whether to try again is the caller's to decide, and to pace. */
export interface PartnerCentral {
  /**
   * Asks for one change. All that a server or the network does is a `Fault`; rejects only with the signal's reason, and
   * only if the request has not left.
   */
  readonly write: (write: Write, signal?: AbortSignal, leaves?: Leaves) => Promise<WriteAnswer>;
  /** Asks what an opportunity holds now; faults as `write` does, and rejects with the signal's reason at any time. */
  readonly readOpportunity: (id: OpportunityId, signal?: AbortSignal, leaves?: Leaves) => Promise<ReadAnswer>;
  /** Asks for a page of the opportunities that the caller may see; `nextToken` is the page's before. Faults as a read's. */
  readonly listOpportunities: (
    asked: { readonly filters: PipelineFilters; readonly nextToken?: string | undefined },
    signal?: AbortSignal,
  ) => Promise<PageAnswer<OpportunityId>>;
  /** Asks for a page of the partner's solutions, likewise. */
  readonly listSolutions: (
    asked: { readonly nextToken?: string | undefined },
    signal?: AbortSignal,
    leaves?: Leaves,
  ) => Promise<PageAnswer<ListedSolution>>;
  /** Drops the connections; for when every call has been answered. */
  readonly close: () => Promise<void>;
}

const SIGNING_NAME = 'partnercentral-selling';

/** The Partner Central Selling API: awsJson 1.0, signed, over a pool of connections that are kept. */
export function connect(options: ConnectionOptions): PartnerCentral {
  const calls = openSignedCalls({ ...options, service: SIGNING_NAME });
  return {
    write: async (write, signal, leaves) => {
      const reply = await calls.call(writeCall(options.catalog, write), { signal, leaves });
      return reply.ok ? { ok: true, ...idOf(reply) } : reply;
    },
    readOpportunity: async (id, signal, leaves) => {
      const reply = await calls.call(readCall(options.catalog, id), { signal, leaves });
      return reply.ok ? { ok: true, opportunity: reply.value, ...idOf(reply) } : reply;
    },
    listOpportunities: async ({ filters, nextToken }, signal) => {
      const input = { ...pageInput(options.catalog, nextToken), ...filterInput(filters) };
      return pageAnswer(
        await calls.call(listCall('ListOpportunities', input, readOpportunityPage), { signal }),
      );
    },
    listSolutions: async ({ nextToken }, signal, leaves) => {
      const input = pageInput(options.catalog, nextToken);
      return pageAnswer(
        await calls.call(listCall('ListSolutions', input, readSolutionPage), { signal, leaves }),
      );
    },
    close: calls.close,
  };
}

function pageAnswer<Item>(reply: Reply<ListPage<Item>>): PageAnswer<Item> {
  return reply.ok ? { ok: true, ...reply.value, ...idOf(reply) } : reply;
}

/** The members stand in the service model's order, as every SDK sends them. */
function writeCall(catalog: Catalog, { operation, association }: Write): SignedCall<null> {
  const { opportunityId, entity } = association;
  const input = {
    Catalog: catalog,
    OpportunityIdentifier: opportunityId,
    RelatedEntityType: entity.type,
    RelatedEntityIdentifier: entity.id,
  };
  return { headers: headersOf(operation), body: JSON.stringify(input), changes: true, read: readNothing };
}

function readCall(catalog: Catalog, id: OpportunityId): SignedCall<OpportunitySnapshot> {
  return {
    headers: headersOf('GetOpportunity'),
    body: JSON.stringify({ Catalog: catalog, Identifier: id }),
    changes: false,
    read: (answer, times) => {
      const reply = readObject(answer, times);
      if (!reply.ok) return reply;
      const value = readSnapshot(reply.value, id);
      if (value !== undefined) return { ok: true, value, ...idOf(reply) };
      return { ok: false, fault: malformed(answer, `HTTP 200 that does not say what ${id} holds.`) };
    },
  };
}

/** As many as a page may have: each page is a read of the day's quota. */
const PAGE_SIZE = 100;

function pageInput(catalog: Catalog, nextToken: string | undefined): object {
  return {
    Catalog: catalog,
    MaxResults: PAGE_SIZE,
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

function filterInput(filters: PipelineFilters): object {
  const { stages = [], reviewStatuses = [], customers = [], modifiedAfter, createdAfter } = filters;
  return {
    ...(modifiedAfter !== undefined && { LastModifiedDate: { AfterLastModifiedDate: modifiedAfter } }),
    ...(stages.length > 0 && { LifeCycleStage: stages }),
    ...(reviewStatuses.length > 0 && { LifeCycleReviewStatus: reviewStatuses }),
    ...(customers.length > 0 && { CustomerCompanyName: customers }),
    ...(createdAfter !== undefined && { CreatedDate: { AfterCreatedDate: createdAfter } }),
  };
}

function listCall<Item>(
  operation: 'ListOpportunities' | 'ListSolutions',
  input: object,
  readPage: ReadPage<Item>,
): SignedCall<ListPage<Item>> {
  return {
    headers: headersOf(operation),
    body: JSON.stringify(input),
    changes: false,
    read: (answer, times) => {
      const reply = readObject(answer, times);
      if (!reply.ok) return reply;
      const value = readPage(reply.value);
      if (value !== undefined) return { ok: true, value, ...idOf(reply) };
      return { ok: false, fault: malformed(answer, 'HTTP 200 that is no page of a list.') };
    },
  };
}

function headersOf(
  operation: WriteOperation | 'GetOpportunity' | 'ListOpportunities' | 'ListSolutions',
): SignedCall<unknown>['headers'] {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `AWSPartnerCentralSelling.${operation}`,
  };
}

function idOf({ requestId }: { readonly requestId?: string }): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}
