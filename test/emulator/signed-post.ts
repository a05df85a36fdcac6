import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { EMULATOR_CREDENTIALS, type Emulator } from '../../src/emulator/emulator.ts';
import { systemClock } from './system-clock.ts';

/** A request's signing; what is left out is as it should be. */
export interface Signing {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly service?: string;
  readonly region?: string;
  readonly signedAtMs?: number;
}

export interface SignedHeaders {
  readonly [name: string]: string;
}

/** An answer, read once. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Calls an operation of Partner Central, signed by a signer that the emulator shares nothing with. */
export async function call(
  emulator: Emulator,
  operation: string,
  input: unknown,
  signing: Signing = {},
): Promise<Received> {
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `AWSPartnerCentralSelling.${operation}`,
  };
  return post(emulator, await sign(emulator, { headers, body }, signing), body);
}

/** Asks STS in its query protocol. */
export async function askSts(
  emulator: Emulator,
  members: Readonly<Record<string, string>>,
  signing: Signing = {},
): Promise<Received> {
  const body = new URLSearchParams({ Version: '2011-06-15', ...members }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return post(emulator, await sign(emulator, { headers, body }, { service: 'sts', ...signing }), body);
}

export async function post(emulator: Emulator, headers: SignedHeaders, body: string): Promise<Received> {
  const response = await fetch(emulator.url, { method: 'POST', headers: { ...headers }, body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The request's headers with its signature. */
export async function sign(
  emulator: Emulator,
  request: { readonly headers: SignedHeaders; readonly body: string },
  signing: Signing = {},
): Promise<SignedHeaders> {
  const { host, hostname } = new URL(emulator.url);
  const { service = 'partnercentral-selling', region = 'us-east-1', signedAtMs, ...identity } = signing;
  const signer = new SignatureV4({
    credentials: { ...EMULATOR_CREDENTIALS, ...identity },
    service,
    region,
    sha256: Sha256,
    applyChecksum: false,
  });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname,
      path: '/',
      query: {},
      headers: { host, ...request.headers },
      body: request.body,
    },
    { signingDate: new Date(signedAtMs ?? systemClock.wallMs()) },
  );
  return headers;
}

/** The name in an awsJson error, as a client reads it. */
export function exceptionName({ text }: Received): string | undefined {
  return /^\{"__type":"[^"]*#(\w+)"/.exec(text)?.[1];
}

class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(chunk));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}

function bytesOf(value: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof value === 'string') return Buffer.from(value);
  return ArrayBuffer.isView(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.from(value);
}
