import { createHash } from 'node:crypto';

/** The identity of an input's bytes. */
export interface InputIdentity {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads the bytes to their end. */
export async function identify(name: string, bytes: AsyncIterable<Uint8Array>): Promise<InputIdentity> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of bytes) {
    hash.update(piece);
    size += piece.length;
  }
  return { name, bytes: size, sha256: hash.digest('hex') };
}
