import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from '../../model/fault.ts';
import { classify, type Refusal, type RequestTimes } from './classify.ts';
import type { HttpAnswer } from './exchange.ts';
import { isObject, parseObject, textOf, type JsonObject } from './json-object.ts';

/** What was asked for, or a fault in its place. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value; readonly requestId?: string }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Reads an awsJson 1.0 answer: 200 with an empty body or a JSON object is success; of anything else with 200 nothing
 * is believed.
 */
export function readAnswer(answer: HttpAnswer, times: RequestTimes): Reply<JsonObject> {
  const body = answer.body.trim() === '' ? {} : parseObject(answer.body);
  if (answer.status < 400) return readSuccess(answer, body);
  const refusal: Refusal = {
    exception: exceptionOf(body ?? {}, answer.headers),
    message: messageOf(body ?? {}) || pageMessage(answer, body),
    httpStatus: answer.status,
    requestId: requestIdOf(answer.headers),
    serverMs: serverMsOf(answer.headers),
  };
  return { ok: false, fault: classify(refusal, times) };
}

/** The id that CloudTrail records; absent where an answer came from something before the service. */
export function requestIdOf(headers: IncomingHttpHeaders): string | undefined {
  const id = headerOf(headers, 'x-amzn-requestid') ?? headerOf(headers, 'x-amz-request-id');
  // Ids are kept in a list separated by spaces.
  return id !== undefined && /^[\w.:+/=-]{1,128}$/.test(id) ? id : undefined;
}

export function serverMsOf(headers: IncomingHttpHeaders): number | undefined {
  const ms = Date.parse(headerOf(headers, 'date') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** An answer that is not the service's, with what it was instead. */
export function malformed(answer: HttpAnswer, message: string): Fault {
  const requestId = requestIdOf(answer.headers);
  return {
    kind: 'malformed',
    exception: 'MalformedResponse',
    message,
    httpStatus: answer.status,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function readSuccess(answer: HttpAnswer, body: JsonObject | undefined): Reply<JsonObject> {
  if (answer.status !== 200 || body === undefined) {
    return { ok: false, fault: malformed(answer, pageMessage(answer, body)) };
  }
  const requestId = requestIdOf(answer.headers);
  return { ok: true, value: body, ...(requestId === undefined ? {} : { requestId }) };
}

/** In the order of the awsJson protocols: `__type`, `code`, then the header; what stands before `:` and after `#`. */
function exceptionOf(body: JsonObject, headers: IncomingHttpHeaders): string | undefined {
  return [body['__type'], body['code'], headerOf(headers, 'x-amzn-errortype')]
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
