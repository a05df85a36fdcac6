import { inflateRawSync } from 'node:zlib';

/** A part of an archive, as its central directory tells it. */
export interface ZipEntry {
  readonly name: string;
  readonly packed: Buffer;
  readonly deflated: boolean;
  readonly unpackedBytes: number;
}

/** What an archive comes to; `reason` says what keeps it from being unpacked. */
export type ZipContent =
  | { readonly ok: true; readonly entries: readonly ZipEntry[] }
  | { readonly ok: false; readonly reason: 'damaged' | 'too_large' };

/** Memory goes by what is unpacked: some five times as much. */
export const MAX_UNPACKED_BYTES = 268_435_456;
const MAX_ENTRIES = 10_000;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
/** The end of the directory, and the longest comment behind it. */
const END_WITHIN = 65_557;

/**
 * Reads an archive's directory, and holds it to its word: each part is unpacked here into no more room than the directory
 * says that it takes, before anything else unpacks it. Sizes of 4 GiB and more (Zip64) are past the bound anyway.
 */
export function zipContent(bytes: Buffer, mostBytes: number = MAX_UNPACKED_BYTES): ZipContent {
  try {
    const entries = directoryOf(bytes);
    const unpacked = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
    if (entries.length > MAX_ENTRIES || unpacked > mostBytes) return { ok: false, reason: 'too_large' };
    for (const entry of entries) unpackedEntry(entry);
    return { ok: true, entries };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { ok: false, reason: code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'damaged' };
  }
}

/** The content of a part; throws where it is larger than the directory says, or damaged. */
export function unpackedEntry({ packed, deflated, unpackedBytes }: ZipEntry): Buffer {
  if (!deflated) return packed;
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
}

/** The text of the part of a name; empty where there is none. */
export function textOfPart(entries: readonly ZipEntry[], name: string): string {
  const entry = entries.find((one) => one.name === name);
  return entry === undefined ? '' : unpackedEntry(entry).toString('utf8');
}

function directoryOf(bytes: Buffer): readonly ZipEntry[] {
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('No entry of a directory.');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const next = at + 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
    const entry = {
      name: bytes.toString('utf8', at + 46, at + 46 + (nameBytes ?? 0)),
      packed: packedBytes(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20)),
      deflated: bytes.readUInt16LE(at + 10) !== 0,
      unpackedBytes: bytes.readUInt32LE(at + 24),
    };
    at = next;
    return entry;
  });
}

function endOfDirectory(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - END_WITHIN); at -= 1) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('No end of a directory.');
}

function packedBytes(bytes: Buffer, header: number, length: number): Buffer {
  const start =
    header + LOCAL_HEADER_BYTES + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  if (start + length > bytes.length) throw new Error('A part goes past the end.');
  return bytes.subarray(start, start + length);
}
