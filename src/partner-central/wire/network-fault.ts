import { MALFORMED, type Fault } from '../../model/fault.ts';
import type { Proxy } from '../access/proxy.ts';

/** A host, and the proxy before it with the variable that names it: nobody remembers having set one. */
export function wayTo({ endpoint: { host }, proxy }: { endpoint: URL; proxy: Proxy | undefined }): string {
  return proxy === undefined ? host : `${host} through the proxy ${proxy.origin} (${proxy.from})`;
}

/** The request never left: no such host, refused, no route, a proxy's no, TLS not agreed. */
export function unreachable(way: string, error: Error): Fault {
  return networkFault(
    'unreachable',
    `Could not connect to ${way}: ${proxysNo(error) ?? wordsOf(error)}${certificateTip(error)}`,
  );
}

/** undici tells the status of a tunnel that was refused in its message alone. */
function proxysNo({ message }: Error): string | undefined {
  const status = /^Proxy response \((\d+)\)/.exec(message)?.[1];
  if (status === undefined) return undefined;
  return status === '407'
    ? 'the proxy wants a name and password (407).'
    : `the proxy refuses the way there (${status}).`;
}

/** OpenSSL's words for a certificate that nobody here trusts. */
const UNTRUSTED =
  /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/;

function certificateTip(error: Error): string {
  return UNTRUSTED.test(codeOf(error))
    ? '. If a proxy here opens TLS, name a file with its certificate in AWS_CA_BUNDLE, or in NODE_EXTRA_CA_CERTS beside those that Node trusts.'
    : '';
}

/** Nobody is told: whoever kept it back sends it again, or ends the run. */
export function keptBack(way: string): Fault {
  return networkFault('unreachable', `The call to ${way} was kept back.`);
}

export function noConnectionInTime(way: string, timeoutMs: number): Fault {
  return networkFault('unreachable', `No connection to ${way} within ${timeoutMs / 1000} s.`);
}

/** The request left, or may have, and the connection ended before the answer did. */
export function brokenConnection(way: string, error: Error): Fault {
  if (NOT_HTTP.has(error.name)) {
    return {
      kind: 'malformed',
      exception: MALFORMED,
      message: `${way} did not answer in HTTP: ${wordsOf(error)}`,
    };
  }
  return networkFault('broken', `The connection to ${way} ended before the answer did: ${wordsOf(error)}`);
}

export function noAnswerInTime(way: string, timeoutMs: number): Fault {
  return {
    kind: 'timeout',
    exception: 'TimeoutError',
    message: `No answer from ${way} within ${timeoutMs / 1000} s.`,
  };
}

export function tooLarge(status: number, maxBytes: number): Fault {
  return {
    kind: 'malformed',
    exception: MALFORMED,
    message: `The answer is longer than ${maxBytes} bytes.`,
    httpStatus: status,
  };
}

export function undecodable(status: number): Fault {
  return {
    kind: 'malformed',
    exception: MALFORMED,
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
