/** The server's bounds; apart from the server, whose own types are Node's. */
export interface HttpServerOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Longest time that a request may take to arrive whole, milliseconds. */
  readonly requestTimeoutMs: number;
  /** Requests that are open at one time, those that hang too; more are answered 503. */
  readonly mostOpenRequests: number;
}
