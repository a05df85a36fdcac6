import type { Fault } from '../../model/fault.ts';

/** The request never left: no such host, refused, no route, TLS not agreed. */
export function unreachable(host: string, error: Error): Fault {
  return networkFault('unreachable', `Could not connect to ${host}: ${wordsOf(error)}`);
}

export function noConnectionInTime(host: string, timeoutMs: number): Fault {
  return networkFault('unreachable', `No connection to ${host} within ${timeoutMs / 1000} s.`);
}

/** The request left, or may have, and the connection ended before the answer did. */
export function brokenConnection(host: string, error: Error): Fault {
  if (NOT_HTTP.has(error.name)) {
    return {
      kind: 'malformed',
      exception: 'MalformedResponse',
      message: `${host} did not answer in HTTP: ${wordsOf(error)}`,
    };
  }
  return networkFault('broken', `The connection to ${host} ended before the answer did: ${wordsOf(error)}`);
}

export function noAnswerInTime(host: string, timeoutMs: number): Fault {
  return {
    kind: 'timeout',
    exception: 'TimeoutError',
    message: `No answer from ${host} within ${timeoutMs / 1000} s.`,
  };
}

export function tooLarge(status: number, maxBytes: number): Fault {
  return {
    kind: 'malformed',
    exception: 'MalformedResponse',
    message: `The answer is longer than ${maxBytes} bytes.`,
    httpStatus: status,
  };
}

export function undecodable(status: number): Fault {
  return {
    kind: 'malformed',
    exception: 'MalformedResponse',
    message: `HTTP ${status} in a content encoding that is unknown or untrue.`,
    httpStatus: status,
  };
}

function networkFault(kind: 'unreachable' | 'broken', message: string): Fault {
  return { kind, exception: 'NetworkError', message };
}

/** undici's errors for bytes that are no HTTP answer. */
const NOT_HTTP: ReadonlySet<string> = new Set([
  'HTTPParserError',
  'HeadersOverflowError',
  'ResponseContentLengthMismatchError',
]);

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** An AggregateError of several addresses tried has a code and no message. */
function wordsOf(error: Error): string {
  const code = codeOf(error);
  if (error.message === '') return code === '' ? error.name : code;
  return error.message.includes(code) ? error.message : `${error.message} (${code})`;
}
