import type { OpenFile } from './system-calls.ts';

/** A file that several processes append to: what each appends stands in one order for all of them. */
export interface SharedFile {
  readonly sizeNow: () => number;
  /** The bytes from there to the end. */
  readonly readNow: (position: number) => Uint8Array;
  /** In one write, between whose bytes no other's can stand; where the system takes only a part of them, it throws. */
  readonly appendNow: (bytes: Uint8Array) => void;
  /** Resolves once all that was appended before would survive a power cut (fdatasync). */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createSharedFile(file: OpenFile): SharedFile {
  return {
    sizeNow: file.sizeNow,
    readNow: (position) => {
      const bytes = Buffer.allocUnsafe(Math.max(0, file.sizeNow() - position));
      let length = 0;
      while (length < bytes.length) {
        const read = file.readNow(bytes.subarray(length), position + length);
        if (read === 0) break;
        length += read;
      }
      return bytes.subarray(0, length);
    },
    appendNow: (bytes) => {
      const written = file.writeNow(bytes);
      if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes were written`);
    },
    flush: file.syncContent,
    close: file.close,
  };
}
