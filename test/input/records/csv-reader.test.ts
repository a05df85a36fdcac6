import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from 'csv-parse';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CsvReader } from '../../../src/input/records/csv-reader.ts';
import { MAX_RECORD_CELLS } from '../../../src/input/records/record-errors.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** How many bytes each csv-parse has parsed while `work` went on. */
async function parsedBytes(work: () => Promise<unknown>): Promise<readonly number[]> {
  const write = vi.spyOn(Parser.prototype, 'write');
  await work();
  const parsers = new Set(write.mock.contexts.filter((context) => context instanceof Parser));
  return [...parsers].map(({ info }) => info.bytes);
}

async function feedInPieces(text: Buffer, chunkBytes: number): Promise<void> {
  const csv = new CsvReader({ name: 'people.csv', delimiter: ',', rowsBefore: 0 });
  for (let start = 0; start < text.length; start += chunkBytes)
    await csv.feed(text.subarray(start, start + chunkBytes));
  await csv.finish();
}

const SAMPLE = readFileSync(join(import.meta.dirname, '../../../samples/clean-up.csv'));

describe('csv-parse', () => {
  it.each([4125, 64, 7])('parses every byte of an ordinary file, in chunks of %d', async (chunkBytes) => {
    const parsed = await parsedBytes(() => feedInPieces(SAMPLE, chunkBytes));
    expect(parsed.reduce((sum, bytes) => sum + bytes, 0)).toBe(SAMPLE.length);
  });

  it('is begun anew behind a record that ends in a piece, so that none is held between two', async () => {
    const text = Buffer.from('a,b\nc,d\n'.repeat(10));
    expect(await parsedBytes(() => feedInPieces(text, 40))).toEqual([36, 40, 4]);
  });

  it('goes on where a line ends within quotes', async () => {
    const text = Buffer.from(`a,"${'b\n'.repeat(18)}"\n`);
    expect(await parsedBytes(() => feedInPieces(text, 10))).toEqual([text.length]);
  });
});

describe('the records of a chunk', () => {
  const reader = (): CsvReader => new CsvReader({ name: 'people.csv', delimiter: ',', rowsBefore: 7 });

  it('are those that end in it', async () => {
    const csv = reader();
    expect(await csv.feed(Buffer.from('a,b\nc,"d\n'))).toEqual([['a', 'b']]);
    expect(await csv.feed(Buffer.from('e"\nf,g'))).toEqual([['c', 'd\ne']]);
    expect(await csv.finish()).toEqual([['f', 'g']]);
  });

  it('are refused by the row of the file where a quote stays open', async () => {
    const csv = reader();
    await csv.feed(Buffer.from('a\nb\nc,"d\n'));
    await expect(csv.finish()).rejects.toMatchObject({
      message: expect.stringContaining('row 10, column 2') as unknown,
    });
  });

  it('are refused where one has more cells than any sheet has columns', async () => {
    const widest = Array.from({ length: MAX_RECORD_CELLS }, () => 'x').join(',');
    expect((await reader().feed(Buffer.from(`a\n${widest}\nb\n`)))[1]).toHaveLength(MAX_RECORD_CELLS);
    await expect(reader().feed(Buffer.from(`a\n${widest},x\nb\n`))).rejects.toMatchObject({
      message: expect.stringContaining('row 9 has no end within') as unknown,
    });
  });

  it('are refused before its end where one is of delimiters alone', async () => {
    const csv = reader();
    const piece = Buffer.from(','.repeat(10_000));
    const feedAll = async (): Promise<void> => {
      for (let fed = 0; fed <= 4 * MAX_RECORD_CELLS; fed += piece.length) await csv.feed(piece);
    };
    await expect(feedAll()).rejects.toMatchObject({
      message: expect.stringContaining('row 8 has no end within') as unknown,
    });
  });

  it('may hold delimiters within quotes, more than a record may have cells, in any pieces', async () => {
    const csv = reader();
    await csv.feed(Buffer.from('a,"'));
    const piece = Buffer.from(','.repeat(10_000));
    for (let fed = 0; fed < 2 * MAX_RECORD_CELLS; fed += piece.length)
      expect(await csv.feed(piece)).toEqual([]);
    const [record] = await csv.feed(Buffer.from('"\nb,c\n'));
    expect(record?.map(({ length }) => length)).toEqual([1, 2 * MAX_RECORD_CELLS]);
  });

  it('may hold any number of delimiters within quotes', async () => {
    const [record] = await reader().feed(Buffer.from(`a,"${','.repeat(2 * MAX_RECORD_CELLS)}"\nb,c\n`));
    expect(record?.map(({ length }) => length)).toEqual([1, 2 * MAX_RECORD_CELLS]);
  });
});
