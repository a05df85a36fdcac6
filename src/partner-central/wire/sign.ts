import { getSigningKey, SignatureV4 } from '@smithy/signature-v4';
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
    const identity = identityOf(credentials);
    const signer = new SignatureV4({
      service,
      region,
      credentials: identity,
      sha256: Sha256,
      // Only S3 and Glacier want the body's hash in a header.
      applyChecksum: false,
    });
    Object.assign(signer, keepingKey(identity, { service, region }));
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

interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * In the place of the signer's own method: the package keeps the keys of 50 credentials, fewer than a worker has accounts, and finds each
 * by a hash of them. A signer has one key a day.
 */
function keepingKey(identity: Identity, { service, region }: SigningScope): object {
  let kept: { readonly day: string; readonly key: Promise<Uint8Array> } | undefined;
  return {
    getSigningKey: (_identity: unknown, _region: string, day: string): Promise<Uint8Array> => {
      if (kept?.day !== day) kept = { day, key: getSigningKey(Sha256, identity, day, region, service) };
      return kept.key;
    },
  };
}

function identityOf(credentials: Credentials): Identity {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return sessionToken === undefined
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId, secretAccessKey, sessionToken };
}
