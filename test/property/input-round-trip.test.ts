import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delimiter } from '../../src/input/records/delimiter.ts';
import { readAll } from '../input/read-all.ts';
import { writeTable, type Writing } from './csv-writer.ts';

const HEADER = ['OpportunityIdentifier', 'RelatedEntityType', 'RelatedEntityIdentifier'];

/** Text with what CSV trips over, far more often than chance would have it. */
const anyCell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', ' ', "'", 'a', 'é', '🗻', '\ufeff'),
  }),
  fc.constantFrom('', '""', '\r\n', 'sep=;', '=1+1', ' padded ', '0061U00000abcDEQAY'),
);

/** What Windows-1252 can write and no one can take for UTF-8: continuation bytes without a lead. */
const westernCell = fc.string({
  unit: fc.constantFrom('a', ';', ',', '"', '\n', '€', '“', '”', '–', '°', '½', '\u00a0'),
});

const anyWriting = (encodings: readonly string[]): fc.Arbitrary<Writing> =>
  fc.record({
    delimiter: fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
    lineEnding: fc.constantFrom<Writing['lineEnding']>('\n', '\r\n', '\r'),
    encoding: fc.constantFrom(...encodings),
    bom: fc.boolean(),
    quoteAll: fc.boolean(),
    finalLineEnd: fc.boolean(),
  });

/** A table of valid rows: the three known columns, and before and behind them whatever there may be. */
const anyTable = (cell: fc.Arbitrary<string>): fc.Arbitrary<readonly (readonly string[])[]> =>
  fc.tuple(fc.nat(3), fc.nat(3)).chain(([before, behind]) => {
    const around = (middle: readonly string[]): fc.Arbitrary<string[]> =>
      fc
        .tuple(
          fc.array(cell, { minLength: before, maxLength: before }),
          fc.array(cell, { minLength: behind, maxLength: behind }),
        )
        .map(([left, right]) => [...left, ...middle, ...right]);
    const row = fc.nat(99).chain((number) => around([`O${number}`, 'Solutions', 'S-0000001']));
    return fc
      .tuple(around(HEADER), fc.array(row, { minLength: 1, maxLength: 12 }))
      .map(([header, rows]) => [header, ...rows]);
  });

const japaneseCell = fc.string({ unit: fc.constantFrom('表', 'ソ', '予', 'ｱ', 'あ', '"', ',', '\n', 'x') });

const chunkSize = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 5000 }));

type TableText = readonly (readonly string[])[];

/** What reading must give back. The first header cell is left out: a BOM's mark may or may not be the user's own. */
const essence = (table: TableText, writing: Writing): unknown => ({
  delimiter: writing.delimiter,
  header: table[0]?.slice(1),
  rows: table.slice(1).map((cells, index) => [index + 2, ...cells]),
});

async function readBack(
  table: TableText,
  writing: Writing,
  chunkBytes: number,
  named: boolean,
): Promise<unknown> {
  const bytes = writeTable(table, writing);
  const { input, rows } = await readAll(bytes, named ? { encoding: writing.encoding } : {}, chunkBytes);
  return {
    delimiter: input.dialect.delimiter,
    header: input.header.slice(1),
    rows: rows.map(({ row, cells }) => [row, ...cells]),
  };
}

describe('a table written by someone else', () => {
  it('is read back cell for cell from UTF-8, -16 and -32, whatever the dialect and the chunks', async () => {
    const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'];
    await fc.assert(
      fc.asyncProperty(anyTable(anyCell), anyWriting(encodings), chunkSize, async (table, writing, chunk) => {
        // Without a BOM, a short text of rare letters gives no hint of its encoding.
        const named = !writing.bom && writing.encoding !== 'utf-8';
        expect(await readBack(table, writing, chunk, named)).toEqual(essence(table, writing));
      }),
      { numRuns: 1500, seed: 20_240_501 },
    );
  });

  it('is read back cell for cell from Windows-1252 without being told', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable(westernCell),
        anyWriting(['windows-1252']),
        chunkSize,
        async (table, any, chunk) => {
          const writing = { ...any, bom: false };
          expect(await readBack(table, writing, chunk, false)).toEqual(essence(table, writing));
        },
      ),
      { numRuns: 500, seed: 20_240_502 },
    );
  });

  it('is read back cell for cell from the encodings that have to be named', async () => {
    const encodings = anyWriting(['shift_jis', 'euc-jp', 'gb18030']);
    await fc.assert(
      fc.asyncProperty(anyTable(japaneseCell), encodings, chunkSize, async (table, any, chunk) => {
        const writing = { ...any, bom: false };
        expect(await readBack(table, writing, chunk, true)).toEqual(essence(table, writing));
      }),
      { numRuns: 300, seed: 20_240_503 },
    );
  });
});
