import type { Disk } from '../../../disk/disk.ts';
import { identify, type InputIdentity } from '../../input-bytes.ts';
import { unwritable } from './unwritable.ts';

export interface CopiedInput {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly permissions?: number | undefined;
}

/** Copies the input into the run's folder, durably: the run works from this copy whatever becomes of the original. */
export async function copyInput(
  { name, bytes, permissions }: CopiedInput,
  copyPath: string,
  disk: Disk,
): Promise<InputIdentity> {
  const file = await disk.createForAppend(copyPath, permissions).catch(copyUnwritable);
  try {
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
