import { describe, expect, it } from 'vitest';
import { PeekableBytes } from '../../../src/input/bytes/peekable-bytes.ts';
import { DELIMITERS } from '../../../src/input/records/delimiter.ts';
import { headRecords } from '../../../src/input/records/head-records.ts';

const ROWS = Array.from({ length: 30_000 }, (_, index) => `x;O${index};S-0000001\n`).join('');
const TITLES = 'Report, of today\n"Filters, of\nall"\n\n\n';

describe("a text's first records", () => {
  it.each([
    ['is the first', '', 70_000],
    ['stands below titles', TITLES, 140_000],
    ['stands below titles and is very long', TITLES, 1_200_000],
  ])('show the delimiter of a header that %s, however late it comes', async (_, titles, length) => {
    const text = `${titles}"${'note\n'.repeat(length / 5)}";Opportunity ID;Entity ID\n${ROWS}`;
    const heads = await headRecords(new PeekableBytes(bytesOf(text)), 'late.csv', DELIMITERS);
    const semicolon = heads.find(({ delimiter }) => delimiter === ';');
    expect(semicolon?.records.some((record) => record[1] === 'Opportunity ID')).toBe(true);
  });

  it('are read of no more than they need', async () => {
    let taken = 0;
    const text = new PeekableBytes(bytesOf(`note;Opportunity ID;Entity ID\n${ROWS}`, () => (taken += 1)));
    await headRecords(text, 'plain.csv', DELIMITERS);
    expect(taken).toBeLessThanOrEqual(2);
  });
});

/** A text in chunks of 64 KiB. */
async function* bytesOf(text: string, onChunk: () => void = () => undefined): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += 65_536) {
    onChunk();
    yield await Promise.resolve(bytes.subarray(start, start + 65_536));
  }
}
