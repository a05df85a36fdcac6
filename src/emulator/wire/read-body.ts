import type { IncomingMessage } from 'node:http';

/** The largest body that is read: the service's own requests have a few hundred bytes. */
const MOST_BODY_BYTES = 1024 * 1024;

/** Resolves to undefined, holding nothing, once the body is known to be too large; rejects if the client goes away. */
export async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(message.headers['content-length'] ?? 0) > MOST_BODY_BYTES) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BODY_BYTES) chunks.push(chunk);
      else {
        message.removeAllListeners('data').pause();
        resolve(undefined);
      }
    });
    message.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    message.on('error', reject);
  });
}
