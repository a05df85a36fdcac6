import { describe, expect, it } from 'vitest';
import {
  decodeRecords,
  encodeRecords,
  RECORD_BYTES,
} from '../../../../src/store/files/ledger/ledger-record.ts';

const times = [1_700_000_000_000, 1_700_000_000_001, 1_700_000_000_001, 1_700_000_009_999];

describe('ledger records', () => {
  it('are eight bytes a call and give its time back', () => {
    const bytes = encodeRecords(times);
    expect(bytes).toHaveLength(times.length * RECORD_BYTES);
    expect(decodeRecords(bytes)).toEqual(times);
  });

  it('lose a torn last one', () => {
    expect(decodeRecords(encodeRecords(times).subarray(0, -3))).toEqual(times.slice(0, -1));
  });

  it('lose zeros at the end, which a power cut may leave', () => {
    expect(decodeRecords(Buffer.concat([encodeRecords(times), Buffer.alloc(64)]))).toEqual(times);
  });

  it('count as made with the next sound one where they can no longer be read', () => {
    const bytes = encodeRecords(times);
    bytes.writeUInt8(0xff, RECORD_BYTES);
    expect(decodeRecords(bytes)).toEqual([times[0], times[2], times[2], times[3]]);
  });

  it('that go back in time are not believed', () => {
    const bytes = encodeRecords([2_000_000, 1_000_000, 3_000_000]);
    expect(decodeRecords(bytes)).toEqual([2_000_000, 3_000_000, 3_000_000]);
  });
});
