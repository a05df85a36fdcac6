import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecords, encodeRecords, RECORD_BYTES } from '../../src/store/files/ledger/ledger-record.ts';

const callTimes = fc
  .array(fc.nat({ max: 100_000 }), { maxLength: 40 })
  .map((gaps) =>
    gaps.map((_, index) => 1_700_000_000_000 + gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0)),
  );

describe('the ledger’s bytes', () => {
  it('give back every call wholly written, whatever prefix of them is left and whatever garbage follows', () => {
    const garbage = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(callTimes, fc.nat(), garbage, (times, cut, tail) => {
        const whole = encodeRecords(times);
        const left = cut % (whole.length + 1);
        const found = decodeRecords(Buffer.concat([whole.subarray(0, left), tail]));
        const wholeCalls = Math.floor(left / RECORD_BYTES);
        // Garbage that happens to complete the torn record makes it whole.
        expect([wholeCalls, wholeCalls + 1]).toContain(found.length);
        expect(found).toEqual(times.slice(0, found.length));
      }),
      { numRuns: 2000 },
    );
  });

  it('never count fewer calls for damage in their middle, nor place one earlier than it was', () => {
    fc.assert(
      fc.property(callTimes, fc.nat(), fc.integer({ min: 1, max: 255 }), (times, at, flip) => {
        const bytes = encodeRecords([...times, 1_800_000_000_000]);
        const position = at % (bytes.length - RECORD_BYTES + 1);
        bytes.writeUInt8((bytes[position] ?? 0) ^ flip, position);
        const found = decodeRecords(bytes);
        const undamaged = position < bytes.length - RECORD_BYTES ? times.length + 1 : times.length;
        expect(found).toHaveLength(undamaged);
        expect(found.every((time, index) => time >= (times[index] ?? 0))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
