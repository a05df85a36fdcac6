import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { InjectedFault } from '../faults/fault-kinds.ts';
import type { Befallen } from '../faults/fault-source.ts';
import type { HttpAnswer, HttpReply } from './http-message.ts';

/** The reply that the client sees in place of `answer`, under the fault that befalls the call. */
export function replyUnder(befallen: Befallen | undefined, answer: HttpAnswer): HttpReply {
  if (befallen === undefined) return answer;
  const reply = REPLIES[befallen.kind](answer);
  if (befallen.headers === undefined || reply.kind !== 'answer') return reply;
  return { ...reply, headers: { ...reply.headers, ...befallen.headers } };
}

type Spoil = (answer: HttpAnswer) => HttpReply;

const AS_IT_IS: Spoil = (answer) => answer;
const RESET: Spoil = () => ({ kind: 'reset' });
const SILENCE: Spoil = () => ({ kind: 'silence' });

const DENIED_SHAPE = 'com.amazonaws.partnercentralselling#AccessDeniedException';
const DENIED = { __type: DENIED_SHAPE, message: 'Your request was stopped on its way.' } as const;

const REPLIES: Readonly<Record<InjectedFault, Spoil>> = {
  throttle: AS_IT_IS,
  'retry-after': withHeader('retry-after', '1'),
  'too-many-requests': (answer) => ({ ...answer, status: 429, body: '{}' }),
  error: AS_IT_IS,
  'error-after': AS_IT_IS,
  unavailable: page(503, 'Service Unavailable'),
  html: page(200, 'Sign in to this network'),
  forbidden: page(403, 'Access to this site is blocked'),
  empty: () => ({ kind: 'answer', status: 200, headers: {}, body: '' }),
  blocked: successWith('{"status":"blocked"}'),
  reset: RESET,
  'reset-after': RESET,
  hang: SILENCE,
  'hang-after': SILENCE,
  garbage: successWith('{"RelatedEntityIdentifiers": {"Solu\u0000'),
  'no-request-id': (answer) => {
    const { 'x-amzn-requestid': _, ...headers } = answer.headers;
    return { ...answer, headers };
  },
  'type-in-200': successWith(JSON.stringify(DENIED)),
  'output-type-in-200': successWith(JSON.stringify({ Output: DENIED })),
  'code-in-200': successWith(JSON.stringify({ code: DENIED_SHAPE, message: DENIED.message })),
  'errortype-in-200': withHeader('x-amzn-errortype', DENIED_SHAPE),
  denied: AS_IT_IS,
  expired: AS_IT_IS,
  validation: AS_IT_IS,
  'unknown-exception': AS_IT_IS,
  'bad-token': AS_IT_IS,
  gzip: encoded('gzip', gzipSync),
  deflate: encoded('deflate', deflateSync),
  br: encoded('br', brotliCompressSync),
  continue: (answer) => ({ ...answer, interim: 'continue' }),
  'early-hints': (answer) => ({ ...answer, interim: 'early-hints' }),
};

function withHeader(name: string, value: string): Spoil {
  return (answer) => ({ ...answer, headers: { ...answer.headers, [name]: value } });
}

function successWith(body: string): Spoil {
  return (answer) => ({ ...answer, status: 200, body });
}

/** A page of something between the client and the service, which knows nothing of request ids. */
function page(status: number, title: string): Spoil {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return () => ({ kind: 'answer', status, headers: { 'content-type': 'text/html' }, body });
}

function encoded(coding: string, encode: (body: Buffer) => Buffer): Spoil {
  return (answer) => {
    const headers = { ...answer.headers, 'content-encoding': coding };
    return { ...answer, headers, body: encode(Buffer.from(answer.body)) };
  };
}
