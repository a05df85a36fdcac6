import { describe, expect, it } from 'vitest';
import type { RecordBatch } from '../../../src/input/records/record-batch.ts';
import { RecordSplitter } from '../../../src/input/records/record-splitter.ts';

async function split(text: Buffer, chunkBytes: number): Promise<RecordBatch[]> {
  const splitter = new RecordSplitter('people.csv', ',');
  const batches: RecordBatch[] = [];
  for (let start = 0; start < text.length; start += chunkBytes) {
    batches.push(await splitter.feed(text.subarray(start, start + chunkBytes)));
  }
  batches.push(await splitter.finish());
  return batches;
}

const PLAIN = 'O1,Solutions,S-0000001,nothing of note\r\n'.repeat(20);
const TEXT = Buffer.from(`${PLAIN}O2,"two\nlines",x,y\r\n${PLAIN}O3,caf\u00e9,x,y\r\n${PLAIN}`);
const SIZES = [...Array.from({ length: 130 }, (_, index) => index + 1), 500, 1000, 5000];

describe('records split from chunks', () => {
  it.each(SIZES)('are the same in chunks of %d bytes', async (size) => {
    const records = (await split(TEXT, size)).flatMap((batch) => batch.records);
    expect(records).toHaveLength(62);
    expect(records[20]).toEqual(['O2', 'two\nlines', 'x', 'y']);
    expect(records[41]).toEqual(['O3', 'caf\u00c3\u00a9', 'x', 'y']);
  });

  it.each(SIZES)('are never called plain where they are not, in chunks of %d bytes', async (size) => {
    const batches = await split(TEXT, size);
    const idsWhere = (said: (batch: RecordBatch) => boolean): (string | undefined)[] =>
      batches.filter(said).flatMap(({ records }) => records.map(([id]) => id));
    expect(idsWhere(({ ascii }) => ascii)).not.toContain('O3');
    expect(idsWhere(({ singleLine }) => singleLine)).not.toContain('O2');
  });

  it('are called plain again once the odd ones are past', async () => {
    const batches = await split(Buffer.concat([TEXT, Buffer.from(PLAIN.repeat(20))]), 200);
    expect(batches.slice(-20).every(({ ascii, singleLine }) => ascii && singleLine)).toBe(true);
  });
});
