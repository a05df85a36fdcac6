import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** Values that the signer may hash. */
type Source = string | ArrayBuffer | ArrayBufferView;

/**
 * node:crypto behind the constructor that @smithy/signature-v4 takes: SHA-256, or HMAC-SHA-256 given a secret.
 */
export class Sha256 {
  readonly #secret: Source | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Source) {
    this.#secret = secret;
    this.#hash = begin(secret);
  }

  update(source: Source): void {
    this.#hash.update(typeof source === 'string' ? source : bytesOf(source));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = begin(this.#secret);
  }
}

function begin(secret: Source | undefined): Hash | Hmac {
  if (secret === undefined) return createHash('sha256');
  return createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret));
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(source);
}
