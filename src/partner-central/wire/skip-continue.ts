import type { Socket } from 'node:net';

const CONTINUE = 'HTTP/1.1 100';

/** As long as undici lets a head be. */
const HEAD_MAX_BYTES = 16 * 1024;

/**
 * Takes `100 Continue` out of the bytes that a socket reads. Proxies send it unasked, and undici ends the connection on
 * it (other interim answers it skips by itself). An answer begins with the first bytes read after something was written.
 */
export function skipContinue<S extends Pick<Socket, 'read' | 'write'>>(socket: S): S {
  const read = socket.read.bind(socket);
  // An overloaded function: its arguments are handed on as they come.
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let atStart = false;
  let held: Buffer = Buffer.alloc(0);

  /** The part that is no interim answer, or null while that can't be told. */
  function pass(chunk: Buffer): Buffer | null {
    let bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    held = Buffer.alloc(0);
    while (mayBegin(bytes) && bytes.length <= HEAD_MAX_BYTES) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end === -1) {
        held = bytes;
        return null;
      }
      bytes = bytes.subarray(end + 4);
    }
    if (bytes.length === 0) return null;
    atStart = false;
    return bytes;
  }

  socket.read = (size?: number) => {
    // undici reads without a size, and sets no encoding: a Buffer comes, or nothing yet.
    const chunk = read(size) as Buffer | null;
    return chunk === null || !atStart ? chunk : pass(chunk);
  };
  socket.write = (...args: unknown[]) => {
    atStart = true;
    return write(...args);
  };
  return socket;
}

/** Whether these bytes begin an interim answer, or may yet. */
function mayBegin(bytes: Buffer): boolean {
  if (bytes.length === 0) return false;
  const front = bytes.subarray(0, CONTINUE.length).toString('latin1').replace('HTTP/1.0', 'HTTP/1.1');
  return CONTINUE.startsWith(front);
}
