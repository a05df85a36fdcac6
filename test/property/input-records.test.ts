import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader } from '../../src/input/records/csv-reader.ts';
import { RunError } from '../../src/model/run-error.ts';

const REFUSED = 'refused';

async function read(text: Buffer, chunkBytes: number): Promise<unknown> {
  const reader = new CsvReader({ name: 'people.csv', delimiter: ',', rowsBefore: 0 });
  const records: string[][] = [];
  try {
    for (let start = 0; start < text.length; start += chunkBytes) {
      records.push(...(await reader.feed(text.subarray(start, start + chunkBytes))));
    }
    return [...records, ...(await reader.finish())];
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

const anyText = fc
  .string({
    unit: fc.constantFrom('a', 'é', ' ', ',', '\n', '\r\n', '\r', '"', '""', '"a"', '"\n",', '\0'),
    maxLength: 60,
  })
  .map((text) => Buffer.from(text, 'latin1'));

describe('the records of a text', () => {
  it('are those of csv-parse on the whole of it, however its quotes stand, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 70 }), async (text, chunkBytes) => {
        expect(await read(text, chunkBytes)).toEqual(byCsvParse(text));
      }),
      { numRuns: 2000, seed: 20_240_507 },
    );
  });
});
