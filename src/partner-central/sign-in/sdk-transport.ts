import type { Fault } from '../../model/fault.ts';
import type { Network } from '../access/network.ts';
import { classify } from '../wire/classify.ts';
import { openConnections } from '../wire/connections.ts';
import { exchange } from '../wire/exchange.ts';
import { retryAfterMsOf } from '../wire/read-answer.ts';

export interface TransportOptions {
  readonly network: Network;
  /** Of one attempt. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A request as the SDK hands it to its transport. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** The transport of the SDK's own providers: through the same proxy, with the same certificates as all others. */
export interface SdkTransport {
  readonly handle: (request: SdkRequest) => Promise<{ response: SdkResponse }>;
  /** The fault of the last call, where it is one that passes: the SDK tells it from no other. */
  readonly trouble: () => Fault | undefined;
}

export function sdkTransport({ network, timeoutMs, signal }: TransportOptions): SdkTransport {
  let trouble: Fault | undefined;
  return {
    trouble: () => trouble,
    handle: async (request) => {
      const endpoint = new URL(`${request.protocol}//${request.hostname}`);
      endpoint.port = request.port === undefined ? '' : String(request.port);
      const connections = openConnections({ endpoint, network, timeoutMs, concurrency: 1 });
      try {
        const sent = await exchange(connections.dispatcher(), {
          endpoint,
          proxy: connections.proxy,
          method: request.method === 'GET' ? 'GET' : 'POST',
          path: `${request.path}${queryOf(request.query ?? {})}`,
          headers: request.headers,
          body: textOf(request.body),
          timeoutMs,
          changes: false,
          signal,
        });
        trouble = sent.ok ? passingFault(sent.answer.status, sent.answer.headers) : sent.fault;
        if (!sent.ok) throw new Error(sent.fault.message);
        const { status, headers, body } = sent.answer;
        return { response: { statusCode: status, headers: plain(headers), body: Buffer.from(body) } };
      } finally {
        await connections.destroy();
      }
    },
  };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function passingFault(httpStatus: number, headers: Headers): Fault | undefined {
  if (httpStatus < 500 && httpStatus !== 429) return undefined;
  const now = Date.now();
  const message = `HTTP ${httpStatus}.`;
  const retryAfterMs = retryAfterMsOf(headers, now);
  return classify({ message, httpStatus, retryAfterMs }, { signedAtMs: now, answeredAtMs: now });
}

function queryOf(query: NonNullable<SdkRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one ?? ''] as [string, string]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '';
}

function plain(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}
