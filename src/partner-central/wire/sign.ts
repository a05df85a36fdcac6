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

/** Signs POSTs with Signature Version 4. */
export type Sign = (
  request: UnsignedRequest,
  credentials: Credentials,
  atMs: number,
) => Promise<Readonly<Record<string, string>>>;

/**
 * Every header given is signed. Answers the headers to send: those given, `x-amz-date`, `x-amz-security-token` where there
 * is one, and `authorization`.
 */
export function openSigner({ service, region }: SigningScope): Sign {
  // Making a signer costs a third of a signature: it is kept as long as the keys are.
  let kept: { readonly credentials: Credentials; readonly signer: SignatureV4 } | undefined;
  const signerFor = (credentials: Credentials): SignatureV4 => {
    if (kept?.credentials === credentials) return kept.signer;
    const signer = new SignatureV4({
      service,
      region,
      credentials: identityOf(credentials),
      sha256: Sha256,
      // Only S3 and Glacier want the body's hash in a header.
      applyChecksum: false,
    });
    kept = { credentials, signer };
    return signer;
  };
  return async ({ endpoint, headers, body }, credentials, atMs) => {
    const { protocol, hostname, pathname: path } = endpoint;
    // The package signs a copy of it.
    const request = { method: 'POST', protocol, hostname, path, headers, body };
    const signed = await signerFor(credentials).sign(request, { signingDate: new Date(atMs) });
    return signed.headers;
  };
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
