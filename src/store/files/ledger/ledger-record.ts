import { crc32 } from 'node:zlib';

/** One call's start: 6 bytes of epoch milliseconds and 2 of check sum, little-endian. */
export const RECORD_BYTES = 8;

const TIME_BYTES = 6;
/** Where bytes look like a time after this (the year 2109) they are not ours. */
const LATEST_MS = 2 ** 42;

/** `timesMs` are whole numbers. */
export function encodeRecords(timesMs: readonly number[]): Buffer {
  const bytes = Buffer.alloc(timesMs.length * RECORD_BYTES);
  for (const [index, timeMs] of timesMs.entries()) {
    const offset = index * RECORD_BYTES;
    bytes.writeUIntLE(timeMs, offset, TIME_BYTES);
    bytes.writeUInt16LE(checkSum(bytes, offset), offset + TIME_BYTES);
  }
  return bytes;
}

/**
 * The times in a ledger's bytes, oldest first. What is no record at the end is cut: its call never left. Before a
 * sound record it counts as a call made when that one was: rather a call too many than one too few.
 */
export function decodeRecords(bytes: Buffer): number[] {
  const times: number[] = [];
  let newestMs = 0;
  let unreadable = 0;
  for (let offset = 0; offset + RECORD_BYTES <= bytes.length; offset += RECORD_BYTES) {
    const timeMs = bytes.readUIntLE(offset, TIME_BYTES);
    const sound = bytes.readUInt16LE(offset + TIME_BYTES) === checkSum(bytes, offset);
    if (!sound || timeMs < newestMs || timeMs > LATEST_MS) {
      unreadable += 1;
      continue;
    }
    for (; unreadable > 0; unreadable--) times.push(timeMs);
    times.push(timeMs);
    newestMs = timeMs;
  }
  return times;
}

function checkSum(bytes: Buffer, offset: number): number {
  return crc32(bytes.subarray(offset, offset + TIME_BYTES)) & 0xffff;
}
