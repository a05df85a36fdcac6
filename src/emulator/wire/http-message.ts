/** A complete request, as it came off the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** By lower-case name; every value that was sent, in order. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** A status that goes before its own: 100 or 103. */
  readonly interim?: 'continue' | 'early-hints';
}

/** An answer, a destroyed connection, or nothing for as long as the client waits. */
export type HttpReply = HttpAnswer | { readonly kind: 'reset' } | { readonly kind: 'silence' };

export function headerOf(request: HttpRequest, name: string): string | undefined {
  return request.headers[name]?.[0];
}
