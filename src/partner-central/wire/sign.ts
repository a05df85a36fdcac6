import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../access/credentials.ts';
import { Sha256 } from './sha256.ts';

/** A POST before it is signed; header names in lower case, `host` among them. */
export interface UnsignedRequest {
  readonly endpoint: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where and for whom a signature is valid. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
}

/**
 * Signs a POST with Signature Version 4; every header given is signed. Answers the headers to send:
 * those given, `x-amz-date`, `x-amz-security-token` where there is one, and `authorization`.
 */
export async function sign(
  request: UnsignedRequest,
  scope: SigningScope,
  credentials: Credentials,
  atMs: number,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({
    ...scope,
    credentials: identityOf(credentials),
    sha256: Sha256,
    // Only S3 and Glacier want the body's hash in a header.
    applyChecksum: false,
  });
  const { endpoint, headers, body } = request;
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: endpoint.pathname,
      headers: { ...headers },
      body,
    },
    { signingDate: new Date(atMs) },
  );
  return signed.headers;
}

function identityOf(credentials: Credentials): {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
} {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return sessionToken === undefined
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId, secretAccessKey, sessionToken };
}
