import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RunError } from '../../model/run-error.ts';
import { PeekableBytes } from './peekable-bytes.ts';

/** The bytes as they are, or unpacked where they begin as gzip does. */
export async function unpackedBytes(
  front: PeekableBytes,
  name: string,
): Promise<{ bytes: PeekableBytes; gzip: boolean }> {
  const magic = await front.peek(2);
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return { bytes: front, gzip: false };
  return { bytes: new PeekableBytes(gunzip(front, name)), gzip: true };
}

async function* gunzip(front: PeekableBytes, name: string): AsyncGenerator<Buffer> {
  const unpacker = createGunzip();
  let unpacked = 0;
  // The callback only keeps the failure from being thrown twice: the loop below meets it too.
  pipeline(Readable.from(front.drain(), { objectMode: false }), unpacker, () => undefined);
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      // No encoding is set: it yields buffers.
      unpacked += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunError(
      'input_format',
      `${name} is a damaged gzip file: ${error instanceof Error ? error.message : String(error)}, after ${unpacked} unpacked bytes.`,
      { code: 'fetch_gzip_again' },
      error,
    );
  }
}
