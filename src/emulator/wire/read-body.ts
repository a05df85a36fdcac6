import type { IncomingMessage } from 'node:http';

/** The largest body that is read: the service's own requests have a few hundred bytes. */
const MOST_BODY_BYTES = 1024 * 1024;

/** All bodies that are held at one time. */
const MOST_HELD_BYTES = 32 * 1024 * 1024;

/** Memory of a piece beside its bytes: a body may arrive byte by byte. */
const PIECE_BYTES = 256;

export type BodyRead =
  | {
      readonly kind: 'read';
      readonly body: Buffer;
      /** To be called once the body is needed no more. */
      readonly release: () => void;
    }
  /** It is larger than any that is read. */
  | { readonly kind: 'too-large' }
  /** Others hold all the memory that bodies may take. */
  | { readonly kind: 'no-room' };

/** Reads bodies into memory that is bounded over all of them, however many arrive at once and however slowly. */
export class BodyReader {
  #heldBytes = 0;

  /** Holds nothing once the body is known not to fit; rejects if the client goes away. */
  async read(message: IncomingMessage): Promise<BodyRead> {
    if (Number(message.headers['content-length'] ?? 0) > MOST_BODY_BYTES) return { kind: 'too-large' };
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let heldBytes = 0;
      const release = (): void => {
        this.#heldBytes -= heldBytes;
        heldBytes = 0;
      };
      const giveUp = (kind: 'too-large' | 'no-room'): void => {
        message.removeAllListeners('data').pause();
        chunks.length = 0;
        release();
        resolve({ kind });
      };
      message.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        heldBytes += chunk.length + PIECE_BYTES;
        this.#heldBytes += chunk.length + PIECE_BYTES;
        chunks.push(chunk);
        if (bytes > MOST_BODY_BYTES) giveUp('too-large');
        else if (this.#heldBytes > MOST_HELD_BYTES) giveUp('no-room');
      });
      message.on('end', () => resolve({ kind: 'read', body: joined(chunks), release }));
      message.on('error', (error) => {
        release();
        reject(error);
      });
    });
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
