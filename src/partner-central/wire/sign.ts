import { createHmac, hash } from 'node:crypto';
import type { Credentials } from '../access/credentials.ts';

/** A POST before it has a body; header names in lower case, `host` among them. */
export interface UnsignedRequest {
  readonly endpoint: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where and for whom a signature is valid. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
}

/**
 * Signs one POST with Signature Version 4. Answers the headers to send: those given, `x-amz-date`, `x-amz-security-token` where
 * there is one, and `authorization`.
 */
export type Sign = (body: string, credentials: Credentials, atMs: number) => Readonly<Record<string, string>>;

/**
 * Prepares what requests that differ only in their body have in common, so that each costs two hashes and one HMAC; what depends on
 * the credentials is kept until others come, and the key for as long as its day.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function prepareSigning(request: UnsignedRequest, scope: SigningScope): Sign {
  const where = `${scope.region}/${scope.service}/aws4_request`;
  let held: Held | undefined;
  return (body, credentials, atMs) => {
    const stamp = basicIso(atMs);
    const day = stamp.slice(0, 8);
    if (held?.credentials !== credentials) held = holdCredentials(request, credentials);
    if (held.key?.day !== day) held.key = { day, bytes: signingKey(credentials, day, scope) };
    const canonical = held.beforeDate + stamp + held.afterDate + hash('sha256', body);
    const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${day}/${where}\n${hash('sha256', canonical)}`;
    const signature = createHmac('sha256', held.key.bytes).update(toSign).digest('hex');
    return {
      ...held.headers,
      'x-amz-date': stamp,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${day}/${where}, SignedHeaders=${held.signedHeaders}, Signature=${signature}`,
    };
  };
}

interface Held {
  readonly credentials: Credentials;
  /** All that is sent but for what each signing adds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: string;
  /** The canonical request up to the date, and from there to the body's hash. */
  readonly beforeDate: string;
  readonly afterDate: string;
  key?: { readonly day: string; readonly bytes: Buffer };
}

/** Proxies may change it on the way. */
const UNSIGNED = 'user-agent';

function holdCredentials({ endpoint, headers: given }: UnsignedRequest, credentials: Credentials): Held {
  const { sessionToken } = credentials;
  const headers = sessionToken === undefined ? given : { ...given, 'x-amz-security-token': sessionToken };
  const names = [...Object.keys(headers), DATE].filter((name) => name !== UNSIGNED).toSorted();
  const line = (name: string): string => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`;
  const date = names.indexOf(DATE);
  const signedHeaders = names.join(';');
  return {
    credentials,
    headers,
    signedHeaders,
    beforeDate: `POST\n${canonicalPath(endpoint)}\n\n${names.slice(0, date).map(line).join('')}${DATE}:`,
    afterDate: `\n${names
      .slice(date + 1)
      .map(line)
      .join('')}\n${signedHeaders}\n`,
  };
}

const DATE = 'x-amz-date';

/** Each part escaped once more than it is sent, as every service but S3 wants it. */
function canonicalPath({ pathname }: URL): string {
  const escaped = pathname
    .split('/')
    .filter((part) => part !== '')
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, hexEscaped))
    .join('/');
  return escaped !== '' && pathname.endsWith('/') ? `/${escaped}/` : `/${escaped}`;
}

function hexEscaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function signingKey(
  { secretAccessKey }: Credentials,
  day: string,
  { region, service }: SigningScope,
): Buffer {
  return [day, region, service, 'aws4_request'].reduce(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

/** `20250131T235959Z`. */
function basicIso(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
