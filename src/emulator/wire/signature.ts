import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parseAuthorization, type Authorization } from './authorization.ts';
import { headerOf, type HttpRequest } from './http-message.ts';
import type { KeyOwner, KeyRing } from '../partner/key-ring.ts';
import { frontDoorException, type ServiceException } from '../partner/service-exception.ts';

/** The service and region that a request must have been signed for. */
export interface SigningScope {
  readonly service: string;
  /** Undefined: any. */
  readonly region?: string;
}

const SKEW_MS = 5 * 60_000;

/** More than the keys of a day's accounts, roles and regions. */
const MOST_KEYS = 4_096;

/** Whose signature a request has, or its refusal. */
export type Verified =
  | { readonly ok: true; readonly owner: KeyOwner }
  | { readonly ok: false; readonly refusal: ServiceException };

/**
 * Verifies AWS Signature Version 4 of requests to `/` from scratch: nothing here is shared with what signs them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export class SignatureVerifier {
  readonly #ring: KeyRing;
  readonly #keys = new Map<string, Buffer>();

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** Whether the request is signed as it should be, at `wallMs`. */
  verify(request: HttpRequest, scope: SigningScope, wallMs: number): Verified {
    const parsed = parseAuthorization(request);
    if (!parsed.ok) return parsed;
    const { authorization } = parsed;
    const token = headerOf(request, 'x-amz-security-token');
    const owner = this.#ring.ownerOf(authorization.accessKeyId, token);
    if (owner === undefined) return { ok: false, refusal: UNKNOWN_KEY };
    const refusal =
      ended(owner, wallMs) ??
      wrongScope(authorization, scope) ??
      skewedClock(authorization.timestamp, wallMs) ??
      this.#wrongSignature(request, authorization, owner);
    return refusal === undefined ? { ok: true, owner } : { ok: false, refusal };
  }

  #wrongSignature(
    request: HttpRequest,
    authorization: Authorization,
    { secretAccessKey }: KeyOwner,
  ): ServiceException | undefined {
    const canonical = canonicalRequest(request, authorization.signedHeaders);
    const { timestamp, date, region, service } = authorization;
    const scope = `${date}/${region}/${service}/aws4_request`;
    const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
    const expected = createHmac('sha256', this.#signingKey(authorization, secretAccessKey))
      .update(toSign)
      .digest('hex');
    const sound = namesItsHeaders(request, authorization.signedHeaders) && declaresItsPayload(request);
    if (sound && equal(authorization.signature, expected)) return undefined;
    return invalidSignature(
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }

  #signingKey({ date, region, service }: Authorization, secretAccessKey: string): Buffer {
    const cacheKey = `${secretAccessKey}/${date}/${region}/${service}`;
    const cached = this.#keys.get(cacheKey);
    if (cached !== undefined) return cached;
    const secret = Buffer.from(`AWS4${secretAccessKey}`);
    const key = [date, region, service, 'aws4_request'].reduce(
      (parent, part) => createHmac('sha256', parent).update(part).digest(),
      secret,
    );
    if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
    this.#keys.set(cacheKey, key);
    return key;
  }
}

const UNKNOWN_KEY = frontDoorException(
  'UnrecognizedClientException',
  'The security token included in the request is invalid.',
);

function ended({ endsAtMs = Infinity }: KeyOwner, wallMs: number): ServiceException | undefined {
  if (wallMs < endsAtMs) return undefined;
  return frontDoorException('ExpiredTokenException', 'The security token included in the request is expired');
}

function wrongScope(authorization: Authorization, scope: SigningScope): ServiceException | undefined {
  const { service, region, date, timestamp } = authorization;
  if (scope.region !== undefined && region !== scope.region) {
    return invalidSignature('Credential should be scoped to a valid region. ');
  }
  if (service !== scope.service) {
    return invalidSignature(`Credential should be scoped to correct service: '${scope.service}'. `);
  }
  const day = timestamp.slice(0, 8);
  if (date === day) return undefined;
  return invalidSignature(
    `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ` +
      `'${date}' != '${day}', from '${timestamp}'.`,
  );
}

/** The wording is the one that SDKs look for when they correct a skewed clock. */
function skewedClock(timestamp: string, wallMs: number): ServiceException | undefined {
  const signedMs = momentOf(timestamp);
  if (Math.abs(signedMs - wallMs) <= SKEW_MS) return undefined;
  const now = basicIso(wallMs);
  if (!(signedMs >= wallMs - SKEW_MS)) {
    const earliest = basicIso(wallMs - SKEW_MS);
    return invalidSignature(
      `Signature expired: ${timestamp} is now earlier than ${earliest} (${now} - 5 min.)`,
    );
  }
  const latest = basicIso(wallMs + SKEW_MS);
  return invalidSignature(
    `Signature not yet current: ${timestamp} is still later than ${latest} (${now} + 5 min.)`,
  );
}

/** Epoch milliseconds of `20250131T235959Z`; NaN for a time that there is not. */
function momentOf(timestamp: string): number {
  const part = (from: number, to: number): string => timestamp.slice(from, to);
  return Date.parse(`${part(0, 4)}-${part(4, 6)}-${part(6, 11)}:${part(11, 13)}:${part(13, 16)}`);
}

function invalidSignature(message: string): ServiceException {
  return frontDoorException('InvalidSignatureException', message);
}

/** Compared as text: the service knows no second spelling of a signature. */
function equal(given: string, expected: string): boolean {
  const bytes = Buffer.from(given);
  return bytes.length === expected.length && timingSafeEqual(bytes, Buffer.from(expected));
}

/** Whether `x-amz-content-sha256`, where there is one, is the hash of the body. */
function declaresItsPayload(request: HttpRequest): boolean {
  const declared = request.headers['x-amz-content-sha256'] ?? [];
  return declared.every((hash) => hash.trim() === sha256(request.body));
}

/** Whether each signed header is there, and they are named in lower case, in their order, each once. */
function namesItsHeaders(request: HttpRequest, signedHeaders: readonly string[]): boolean {
  const inOrder = [...new Set(signedHeaders)].toSorted();
  const present = signedHeaders.every((name) => Object.hasOwn(request.headers, name));
  return present && inOrder.join(';') === signedHeaders.join(';');
}

function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
  const headers = signedHeaders.map((name) => {
    const values = request.headers[name] ?? [];
    return `${name}:${values.map((value) => value.trim().replace(/ +/g, ' ')).join(',')}\n`;
  });
  const payloadHash = sha256(request.body);
  return `${request.method}\n/\n\n${headers.join('')}\n${signedHeaders.join(';')}\n${payloadHash}`;
}

/** Text is hashed as Latin-1: header bytes reach us decoded so, and the rest is ASCII. */
function sha256(content: string | Buffer): string {
  const hash = createHash('sha256');
  return (typeof content === 'string' ? hash.update(content, 'latin1') : hash.update(content)).digest('hex');
}

/** `20250131T235959Z`. */
function basicIso(wallMs: number): string {
  return new Date(wallMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
