import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Leaves } from '../../model/call.ts';
import type { Fault } from '../../model/fault.ts';
import type { Proxy } from '../access/proxy.ts';
import { onAbort } from '../../model/on-abort.ts';
import { decodeBody } from './decode-body.ts';
import {
  brokenConnection,
  keptBack,
  noAnswerInTime,
  noConnectionInTime,
  tooLarge,
  undecodable,
  unreachable,
  wayTo,
} from './network-fault.ts';

/** Far above any answer of the service (a full opportunity is some 20 KB). */
const ANSWER_MAX_BYTES = 1024 * 1024;

export interface HttpRequest {
  readonly endpoint: URL;
  /** On the way there: told where the way ends. */
  readonly proxy: Proxy | undefined;
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole attempt: connecting, sending and the answer to its last byte. */
  readonly timeoutMs: number;
  /** Whether it changes anything: its answer is then waited for once it left, since nothing else tells what became of it. */
  readonly changes: boolean;
  /** Ends the attempt; one that changes something only while it has not left. */
  readonly signal?: AbortSignal | undefined;
  readonly leaves?: Leaves | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Exchange =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Sends one request, once, and waits for the whole answer. What the network does is a `Fault` that tells a request that
 * never left from one that did. Rejects only with the signal's reason.
 */
export function exchange(dispatcher: Dispatcher, request: HttpRequest): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    new Attempt(request, { resolve, reject }).start(dispatcher);
  });
}

interface Settle {
  readonly resolve: (outcome: Exchange) => void;
  readonly reject: (reason: unknown) => void;
}

class Attempt implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest;
  readonly #settle: Settle;
  #timer: NodeJS.Timeout | undefined;
  #stay: (() => void) | undefined;
  /** Set when undici is about to write the request to a connected socket. */
  #sending: Dispatcher.DispatchController | undefined;
  #settled = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(request: HttpRequest, settle: Settle) {
    this.#request = request;
    this.#settle = settle;
  }

  start(dispatcher: Dispatcher): void {
    const { endpoint, method, path, headers, body, timeoutMs, signal } = this.#request;
    if (signal !== undefined) this.#stay = onAbort(signal, () => this.#onAbort(signal.reason));
    this.#timer = setTimeout(() => this.#onTimeout(), timeoutMs);
    dispatcher.dispatch({ origin: endpoint.origin, path, method, headers, body }, this);
  }

  /** Nothing is written before this returns; it comes late if connecting took long. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up meanwhile, or undici trying again by itself: a write is sent once.
    if (this.#settled || this.#sending !== undefined) {
      controller.abort(new Error('given up'));
      return;
    }
    const written = this.#request.leaves?.();
    if (written === false) {
      this.#finish({ ok: false, fault: keptBack(wayTo(this.#request)) });
      controller.abort(new Error('kept back'));
      return;
    }
    this.#sending = controller;
    // It is written as soon as this returns, and before any microtask: a stall of the process between the two counts.
    if (written !== undefined) queueMicrotask(written);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > ANSWER_MAX_BYTES) this.#cutOff(tooLarge(this.#status, ANSWER_MAX_BYTES));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const status = this.#status;
    const headers = this.#headers;
    const body = decodeBody(Buffer.concat(this.#chunks), headers['content-encoding'], ANSWER_MAX_BYTES);
    if (body === undefined) this.#finish({ ok: false, fault: undecodable(status) });
    else this.#finish({ ok: true, answer: { status, headers, body: body.toString('utf8') } });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const way = wayTo(this.#request);
    const fault = this.#sending === undefined ? unreachable(way, error) : brokenConnection(way, error);
    this.#finish({ ok: false, fault });
  }

  #onTimeout(): void {
    const { timeoutMs } = this.#request;
    const way = wayTo(this.#request);
    this.#cutOff(
      this.#sending === undefined ? noConnectionInTime(way, timeoutMs) : noAnswerInTime(way, timeoutMs),
    );
  }

  #onAbort(reason: unknown): void {
    if (this.#settled || (this.#sending !== undefined && this.#request.changes)) return;
    this.#release();
    this.#settle.reject(reason);
    this.#sending?.abort(new Error('given up'));
  }

  #cutOff(fault: Fault): void {
    this.#finish({ ok: false, fault });
    this.#sending?.abort(new Error('given up'));
  }

  #finish(outcome: Exchange): void {
    if (this.#settled) return;
    this.#release();
    this.#settle.resolve(outcome);
  }

  #release(): void {
    this.#settled = true;
    this.#chunks = [];
    clearTimeout(this.#timer);
    this.#stay?.();
  }
}
