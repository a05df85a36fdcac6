import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { assertNever } from '../../model/fault.ts';
import type { InjectedFault } from '../faults/fault-kinds.ts';
import type { Befallen } from '../faults/fault-source.ts';
import type { HttpAnswer, HttpReply } from './http-message.ts';

/** The reply that the client sees in place of `answer`, under the fault that befalls the call. */
export function replyUnder(befallen: Befallen | undefined, answer: HttpAnswer): HttpReply {
  const reply = spoilt(befallen?.kind, answer);
  if (befallen?.headers === undefined || reply.kind !== 'answer') return reply;
  return { ...reply, headers: { ...reply.headers, ...befallen.headers } };
}

function spoilt(kind: InjectedFault | undefined, answer: HttpAnswer): HttpReply {
  switch (kind) {
    case 'reset':
    case 'reset-after':
      return { kind: 'reset' };
    case 'hang':
    case 'hang-after':
      return { kind: 'silence' };
    case 'unavailable':
      return page(503, 'Service Unavailable');
    case 'html':
      return page(200, 'Sign in to this network');
    case 'forbidden':
      return page(403, 'Access to this site is blocked');
    case 'empty':
      return { kind: 'answer', status: 200, headers: {}, body: '' };
    case 'blocked':
      return { ...answer, status: 200, body: '{"status":"blocked"}' };
    case 'too-many-requests':
      return { ...answer, status: 429, body: '{}' };
    case 'retry-after':
      return { ...answer, headers: { ...answer.headers, 'retry-after': '1' } };
    case 'garbage':
      return { ...answer, status: 200, body: '{"RelatedEntityIdentifiers": {"Solu\u0000' };
    case 'no-request-id': {
      const { 'x-amzn-requestid': _, ...headers } = answer.headers;
      return { ...answer, headers };
    }
    case 'type-in-200':
      return { ...answer, status: 200, body: JSON.stringify({ __type: DENIED_SHAPE, Message: DENIED }) };
    case 'output-type-in-200':
      return {
        ...answer,
        status: 200,
        body: JSON.stringify({ Output: { __type: DENIED_SHAPE, message: DENIED } }),
      };
    case 'code-in-200':
      return { ...answer, status: 200, body: JSON.stringify({ code: DENIED_SHAPE, message: DENIED }) };
    case 'errortype-in-200':
      return { ...answer, status: 200, headers: { ...answer.headers, 'x-amzn-errortype': DENIED_SHAPE } };
    case 'gzip':
      return encoded(answer, 'gzip', gzipSync);
    case 'deflate':
      return encoded(answer, 'deflate', deflateSync);
    case 'br':
      return encoded(answer, 'br', brotliCompressSync);
    case 'continue':
    case 'early-hints':
      return { ...answer, interim: kind };
    case undefined:
    case 'throttle':
    case 'error':
    case 'error-after':
    case 'denied':
    case 'expired':
    case 'validation':
    case 'unknown-exception':
    case 'bad-token':
      return answer;
    default:
      return assertNever(kind);
  }
}

const DENIED_SHAPE = 'com.amazonaws.partnercentralselling#AccessDeniedException';
const DENIED = 'Your request was stopped on its way.';

/** A page of something between the client and the service, which knows nothing of request ids. */
function page(status: number, title: string): HttpAnswer {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body };
}

function encoded(answer: HttpAnswer, coding: string, encode: (body: Buffer) => Buffer): HttpAnswer {
  const headers = { ...answer.headers, 'content-encoding': coding };
  return { ...answer, headers, body: encode(Buffer.from(answer.body)) };
}
