import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordBatch } from '../../src/input/records/record-batch.ts';
import { RecordSplitter } from '../../src/input/records/record-splitter.ts';
import { RunError } from '../../src/model/run-error.ts';

const REFUSED = 'refused';

async function split(text: Buffer, chunkBytes: number): Promise<readonly RecordBatch[] | 'refused'> {
  const splitter = new RecordSplitter('people.csv', ',');
  const batches: RecordBatch[] = [];
  try {
    for (let start = 0; start < text.length; start += chunkBytes) {
      batches.push(await splitter.feed(text.subarray(start, start + chunkBytes)));
    }
    return [...batches, await splitter.finish()];
  } catch (error) {
    if (error instanceof RunError) return REFUSED;
    throw error;
  }
}

function byCsvParse(text: Buffer): unknown {
  try {
    return parse(text, {
      encoding: 'latin1',
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return REFUSED;
    throw error;
  }
}

const textOf = (...units: string[]): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...units), maxLength: 60 });
const withoutQuotes = textOf('a', 'b', ',', '\n', '\r', '\r\n', '\u00e9', ' ');
const wellFormed = textOf(
  'a,',
  '"a",',
  '"b""b",',
  '"\n",',
  '"\r",',
  '"",',
  'é,',
  '\n',
  '\r\n',
  '\r',
  '"a"\n',
);
const anyQuotes = textOf('a', ',', '\n', '\r\n', '\r', '"', '""', '"a"', '\0');
const anyText = fc
  .oneof(
    withoutQuotes,
    wellFormed,
    anyQuotes,
    fc.tuple(withoutQuotes, wellFormed, anyQuotes).map((parts) => parts.join('')),
  )
  .map((text) => Buffer.from(text, 'latin1'));
const anyChunk = fc.integer({ min: 1, max: 70 });

describe('the splitting of records', () => {
  it('is that of csv-parse on the whole text, however its quotes stand, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyChunk, async (text, chunkBytes) => {
        const batches = await split(text, chunkBytes);
        const records = batches === REFUSED ? REFUSED : batches.flatMap((batch) => batch.records);
        expect(records).toEqual(byCsvParse(text));
      }),
      { numRuns: 6000, seed: 20_240_507 },
    );
  });

  it('never calls a batch plain in which a cell holds a line break or a byte above ASCII', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyChunk, async (text, chunkBytes) => {
        const batches = await split(text, chunkBytes);
        fc.pre(batches !== REFUSED);
        for (const { records, ascii, singleLine } of batches) {
          const cells = records.flat();
          expect(ascii && cells.some((cell) => cell.includes('\u00e9'))).toBe(false);
          expect(singleLine && cells.some((cell) => /[\r\n]/.test(cell))).toBe(false);
        }
      }),
      { numRuns: 3000, seed: 20_240_508 },
    );
  });
});
