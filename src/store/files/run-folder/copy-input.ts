import { createHash } from 'node:crypto';
import type { Disk } from '../../../disk/disk.ts';
import { unwritable } from './unwritable.ts';

/** What identifies an input's bytes. */
export interface InputIdentity {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Copies the input into the run's folder, durably: the run works from this copy whatever becomes of the original. */
export async function copyInput(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  copyPath: string,
  disk: Disk,
): Promise<InputIdentity> {
  const file = await disk.openForAppend(copyPath).catch(copyUnwritable);
  try {
    await file.truncate(0).catch(copyUnwritable);
    const identity = await identify(
      name,
      through(bytes, (piece) => file.append(piece)),
    );
    await file.flush().catch(copyUnwritable);
    return identity;
  } finally {
    await file.close();
  }
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

async function* through(
  bytes: AsyncIterable<Uint8Array>,
  write: (piece: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    await write(piece).catch(copyUnwritable);
    yield piece;
  }
}

function copyUnwritable(cause: unknown): never {
  throw unwritable("The run's copy of the input", cause);
}
