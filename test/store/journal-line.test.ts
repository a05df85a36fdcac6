import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine, encodeLine, type JournalEntry } from '../../src/store/journal-line.ts';
import { doneEntry, fault, JOB, tryEntry } from '../results/samples.ts';

const ENTRIES: readonly JournalEntry[] = [
  JOB,
  tryEntry(3),
  {
    t: 'answer',
    ordinal: 3,
    n: 1,
    at: 5,
    requestId: 'id',
    fault: { kind: 'throttled', exception: 'ThrottlingException' },
  },
  doneEntry(3),
  doneEntry(4, {
    status: 'failed',
    fault: fault('refused', { message: 'line\nline\u2028"quoted" 東京 \uD800' }),
    calls: { attempts: 1, requestIds: [] },
  }),
  {
    t: 'end',
    tally: { rows: 1, byStatus: { disassociated: 1 }, byException: {}, attempts: 1 },
    resultsSha256: 'ab',
    at: '2025-01-31T12:00:00.000Z',
  },
];

describe('a journal line', () => {
  it('is a CRC-32 in 8 hex digits, a space, one JSON object and a newline', () => {
    // The checksum is that of Python's zlib.
    const entry: JournalEntry = { t: 'answer', ordinal: 0, n: 1, at: 5 };
    expect(encodeLine(entry)).toBe('e46cae65 {"t":"answer","ordinal":0,"n":1,"at":5}\n');
  });

  it.each(ENTRIES)('of kind $t gives its entry back', (entry) => {
    const line = encodeLine(entry);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(decodeLine(line.slice(0, -1))).toEqual(entry);
  });

  it('cut anywhere is no entry', () => {
    const line = encodeLine(tryEntry(3)).slice(0, -1);
    for (let length = 0; length < line.length; length += 1)
      expect(decodeLine(line.slice(0, length))).toBeUndefined();
  });

  it('with any one character changed is no entry', () => {
    const line = encodeLine(tryEntry(3)).slice(0, -1);
    fc.assert(
      fc.property(
        fc.nat({ max: line.length - 1 }),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, other) => {
          fc.pre(line[at] !== other);
          expect(decodeLine(line.slice(0, at) + other + line.slice(at + 1))).toBeUndefined();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('that is no JSON is no entry, though its checksum fits', () => {
    // The checksum of "xyz" is that of Python's zlib.
    expect(decodeLine('eb8eba67 xyz')).toBeUndefined();
  });
});
