import type { Fault } from '../../model/fault.ts';
import type { Credentials } from '../access/credentials.ts';

/** Longer than any message of the service, shorter than a spreadsheet's cell. */
const MESSAGE_MAX_LENGTH = 8_000;

/** Where a message begins to quote the request. */
const ECHO = /the canonical string|the string-to-sign|authorization\s*[=:]|aws4-hmac-sha256/i;

/**
 * Takes out of a fault whatever the server echoed of the request. AWS does so where a signature is refused: it quotes
 * the canonical request, session token included, or the Authorization header.
 */
export function redact(fault: Fault, credentials: Credentials, signature: string): Fault {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const secrets = [secretAccessKey, sessionToken ?? '', signature, accessKeyId].filter((text) => text !== '');
  return {
    ...fault,
    message: clipped(withoutEcho(without(fault.message, secrets))),
    exception: without(fault.exception, secrets),
    ...(fault.requestId === undefined ? {} : { requestId: without(fault.requestId, secrets) }),
  };
}

function without(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
}

function withoutEcho(message: string): string {
  const start = message.search(ECHO);
  return start === -1 ? message : message.slice(0, start).trimEnd();
}

/** Comes last: half a secret is one that can't be found. */
function clipped(message: string): string {
  return message.length <= MESSAGE_MAX_LENGTH ? message : `${message.slice(0, MESSAGE_MAX_LENGTH)}…`;
}
