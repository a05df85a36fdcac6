import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

type Decoder = (bytes: Buffer, limits: { readonly maxOutputLength: number }) => Buffer;

/** Nobody was asked to encode an answer; proxies do so all the same. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
  ['identity', (bytes) => bytes],
]);

/** Takes the encodings of a Content-Encoding header off; undefined for one that is unknown, untrue, or beyond `maxBytes`. */
export function decodeBody(
  bytes: Buffer,
  contentEncoding: string | undefined,
  maxBytes: number,
): Buffer | undefined {
  if (contentEncoding === undefined) return bytes;
  const encodings = contentEncoding.split(',').map((name) => name.trim().toLowerCase());
  try {
    return encodings
      .filter((name) => name !== '')
      .toReversed()
      .reduce<Buffer | undefined>(
        (left, name) => left && DECODERS.get(name)?.(left, { maxOutputLength: maxBytes }),
        bytes,
      );
  } catch {
    return undefined;
  }
}
