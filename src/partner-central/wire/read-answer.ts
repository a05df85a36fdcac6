import type { IncomingHttpHeaders } from 'node:http';
import { MALFORMED, type Fault } from '../../model/fault.ts';
import { classify, type Refusal, type RequestTimes } from './classify.ts';
import type { HttpAnswer } from './exchange.ts';
import { isObject, parseObject, textOf, type JsonObject } from './json-object.ts';

/** The answer that was asked for, or a fault in its place. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value; readonly requestId?: string }
  | { readonly ok: false; readonly fault: Fault };

/** How one kind of answer is read. */
export type ReadReply<Value> = (answer: HttpAnswer, times: RequestTimes) => Reply<Value>;

/** Reads the answer of an operation that returns an object (awsJson 1.0): 200 with a JSON object is success. */
export const readObject: ReadReply<JsonObject> = (answer, times) => {
  const { body, fault } = refusalOf(answer, times);
  if (fault !== undefined) return { ok: false, fault };
  if (body === undefined) return { ok: false, fault: malformed(answer, pageMessage(answer, body)) };
  return success(answer, body);
};

/**
 * Reads the answer of an operation that returns nothing. Success is 200 with a request id and an empty body, `{}` or
 * `null`: of such an answer nothing else could tell that it came from the service. Whatever speaks against it makes it
 * malformed, to be settled by a read.
 */
export const readNothing: ReadReply<null> = (answer, times) => {
  const { body, fault } = refusalOf(answer, times);
  if (fault !== undefined) return { ok: false, fault };
  const text = answer.body.trim();
  const isNothing = text === '' || text === 'null' || (body !== undefined && Object.keys(body).length === 0);
  if (!isNothing) return { ok: false, fault: malformed(answer, pageMessage(answer, body)) };
  if (headerOf(answer.headers, 'x-amzn-requestid') === undefined) {
    return {
      ok: false,
      fault: malformed(answer, 'HTTP 200 without a request id, as the service gives one.'),
    };
  }
  return success(answer, null);
};

/** The id that CloudTrail records; absent where an answer came from something before the service. */
export function requestIdOf(headers: IncomingHttpHeaders): string | undefined {
  const id = headerOf(headers, 'x-amzn-requestid') ?? headerOf(headers, 'x-amz-request-id');
  // Ids are kept in a list separated by spaces.
  return id !== undefined && /^[\w.:+/=-]{1,128}$/.test(id) ? id : undefined;
}

/** The server's clock, epoch milliseconds. */
export function serverMsOf(headers: IncomingHttpHeaders): number | undefined {
  const ms = Date.parse(headerOf(headers, 'date') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** The least wait that the answer asks for, milliseconds; a date is told by the server's clock, where it has one. */
export function retryAfterMsOf(headers: IncomingHttpHeaders, nowMs: number): number | undefined {
  const own = Number.parseInt(headerOf(headers, 'x-amz-retry-after') ?? '', 10);
  const text = headerOf(headers, 'retry-after')?.trim() ?? '';
  const standard = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(text) - (serverMsOf(headers) ?? nowMs);
  const asked = [own, standard].filter((ms) => ms > 0 && ms <= LONGEST_RETRY_AFTER_MS);
  return asked.length === 0 ? undefined : Math.max(...asked);
}

/** A server that asks for more than a day asks for nothing that a run could wait for. */
const LONGEST_RETRY_AFTER_MS = 86_400_000;

/** An answer that is not the service's, with what it was instead. */
export function malformed(answer: HttpAnswer, message: string): Fault {
  const requestId = requestIdOf(answer.headers);
  return {
    kind: 'malformed',
    exception: MALFORMED,
    message,
    httpStatus: answer.status,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function success<Value>(answer: HttpAnswer, value: Value): Reply<Value> {
  const requestId = requestIdOf(answer.headers);
  return { ok: true, value, ...(requestId === undefined ? {} : { requestId }) };
}

/** The body where it is a JSON object, and the fault where the answer is no success, whatever was asked. */
function refusalOf(
  answer: HttpAnswer,
  times: RequestTimes,
): { readonly body: JsonObject | undefined; readonly fault?: Fault } {
  const { status, headers } = answer;
  const body = answer.body.trim() === '' ? {} : parseObject(answer.body);
  if (status < 400) return { body, ...falseSuccess(answer, body) };
  const refusal: Refusal = {
    exception: exceptionOf(body ?? {}, headers),
    message: messageOf(body ?? {}) || pageMessage(answer, body),
    httpStatus: status,
    requestId: requestIdOf(headers),
    serverMs: serverMsOf(headers),
    retryAfterMs: retryAfterMsOf(headers, times.answeredAtMs),
  };
  return { body, fault: classify(refusal, times) };
}

/** A status that no success has, or a success that names an error. */
function falseSuccess(answer: HttpAnswer, body: JsonObject | undefined): { readonly fault?: Fault } {
  if (answer.status !== 200) return { fault: malformed(answer, pageMessage(answer, body)) };
  const output = body?.['Output'];
  const named = exceptionOf(body ?? {}, answer.headers) ?? exceptionOf(isObject(output) ? output : {}, {});
  if (named === undefined) return {};
  return { fault: malformed(answer, `HTTP 200 that names an error: ${named}.`) };
}

/** In the order of Smithy: the header, `code`, then `__type`; what stands before `:` and after `#`. */
function exceptionOf(body: JsonObject, headers: IncomingHttpHeaders): string | undefined {
  return [headerOf(headers, 'x-amzn-errortype'), body['code'], body['__type']]
    .map((name) => bareName(textOf(name)))
    .find((name) => name !== undefined);
}

function bareName(name: string | undefined): string | undefined {
  const bare = name?.split(/[:,]/, 1)[0]?.split('#').at(-1)?.trim();
  return bare !== undefined && /^[A-Za-z][\w.]{0,127}$/.test(bare) ? bare : undefined;
}

/** The message, the reason and each entry of the error list, a line each; the message alone is often empty. */
function messageOf(body: JsonObject): string {
  const list: unknown = body['ErrorList'];
  const entries = Array.isArray(list) ? list.filter(isObject) : [];
  return [
    textOf(body['Message']) || textOf(body['message']),
    textOf(body['Reason']),
    ...entries.map((entry) =>
      [entry['Code'], entry['FieldName'], entry['Message']].map(textOf).filter(Boolean).join(': '),
    ),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Says what came without quoting it: a page may echo what was sent. */
function pageMessage(answer: HttpAnswer, body: JsonObject | undefined): string {
  if (body !== undefined) return `HTTP ${answer.status} without a word of why.`;
  const type =
    /^[\w.+-]+\/[\w.+-]+/.exec(headerOf(answer.headers, 'content-type') ?? '')?.[0] ?? 'unnamed content';
  return `HTTP ${answer.status} with ${type} that is not the service's answer.`;
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
