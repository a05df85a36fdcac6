import { crc32 } from 'node:zlib';
import type { ReadLimits } from '../../account-quota.ts';

/**
 * A read that a process asked for, 26 bytes, little-endian: in 6 the time from which it might start, eighths of a millisecond; in 4
 * each its reads a second (a float) and its reads a day (0: unlimited), the process's token and the number of its record, and a
 * CRC-32 of all before.
 */
export interface ReadRecord {
  /** Epoch milliseconds, by what the process knew of the reads before. */
  readonly fromMs: number;
  readonly limits: ReadLimits;
  /** Tells the processes apart; 0 is nobody's: the record seals its file. */
  readonly token: number;
  readonly number: number;
}

export const READ_RECORD_BYTES = 26;

const TIME_BYTES = 6;
const PARTS_OF_A_MS = 8;
const RATE_AT = TIME_BYTES;
const DAY_AT = RATE_AT + 4;
const TOKEN_AT = DAY_AT + 4;
const NUMBER_AT = TOKEN_AT + 4;
const SUM_AT = NUMBER_AT + 4;
const UNLIMITED = 0;
const LARGEST = 0xffff_ffff;

/** Behind it nothing of its file counts: later records stand in the next one. */
export const SEAL: Buffer = encodeReadRecord({
  fromMs: 0,
  limits: { callsPerSecond: 'unlimited', callsPerDay: 'unlimited' },
  token: 0,
  number: 0,
});

export function encodeReadRecord({ fromMs, limits, token, number }: ReadRecord): Buffer {
  const { callsPerSecond, callsPerDay } = limits;
  const bytes = Buffer.alloc(READ_RECORD_BYTES);
  bytes.writeUIntLE(Math.ceil(fromMs * PARTS_OF_A_MS), 0, TIME_BYTES);
  bytes.writeFloatLE(callsPerSecond === 'unlimited' ? UNLIMITED : callsPerSecond, RATE_AT);
  bytes.writeUInt32LE(callsPerDay === 'unlimited' || callsPerDay > LARGEST ? UNLIMITED : callsPerDay, DAY_AT);
  bytes.writeUInt32LE(token, TOKEN_AT);
  bytes.writeUInt32LE(number, NUMBER_AT);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, SUM_AT)), SUM_AT);
  return bytes;
}

/** Reads whole records from the beginning of the bytes on; what is no record is passed over, byte by byte. */
export function decodeReadRecords(bytes: Buffer): DecodedReads {
  const records: ReadRecord[] = [];
  let at = 0;
  while (at + READ_RECORD_BYTES <= bytes.length) {
    const one = bytes.subarray(at, at + READ_RECORD_BYTES);
    const sound = one.readUInt32LE(SUM_AT) === crc32(one.subarray(0, SUM_AT));
    at += sound ? READ_RECORD_BYTES : 1;
    if (sound) records.push(recordIn(one));
  }
  return { records, readBytes: at };
}

export interface DecodedReads {
  readonly records: readonly ReadRecord[];
  /** The bytes behind may be the beginning of a record. */
  readonly readBytes: number;
}

function recordIn(one: Buffer): ReadRecord {
  const callsPerSecond = one.readFloatLE(RATE_AT);
  const callsPerDay = one.readUInt32LE(DAY_AT);
  return {
    fromMs: one.readUIntLE(0, TIME_BYTES) / PARTS_OF_A_MS,
    limits: {
      callsPerSecond: callsPerSecond === UNLIMITED ? 'unlimited' : callsPerSecond,
      callsPerDay: callsPerDay === UNLIMITED ? 'unlimited' : callsPerDay,
    },
    token: one.readUInt32LE(TOKEN_AT),
    number: one.readUInt32LE(NUMBER_AT),
  };
}
