import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import { CORPUS, CORPUS_FILES } from '../corpus/corpus.ts';
import { readAll, type ReadInput } from '../input/read-all.ts';
import { writeTable } from './csv-writer.ts';

const READABLE = CORPUS.filter(({ rows }) => rows !== undefined).map(({ file }) =>
  readFileSync(join(CORPUS_FILES, file)),
);

/** Long enough for most slips to fall below the header. */
const TABLE = [
  ['Opportunity ID', 'Customer', 'Entity Type', 'Entity ID', 'Next steps'],
  ...Array.from({ length: 20 }, (_, index) => [
    `O${index}`,
    index % 3 === 0 ? 'Müller, "Söhne"' : 'Acme',
    'Solutions',
    `S-000000${index % 7}`,
    index % 4 === 0 ? 'call\nwrite' : '',
  ]),
];
const WRITTEN = (['utf-8', 'utf-16le', 'windows-1252'] as const).flatMap((encoding) =>
  ([',', ';', '\t'] as const).map((delimiter) =>
    writeTable(TABLE, {
      delimiter,
      encoding,
      lineEnding: '\r\n',
      bom: encoding === 'utf-16le',
      quoteAll: delimiter === ',',
      finalLineEnd: true,
    }),
  ),
);
const anyValidFile = fc.constantFrom(...READABLE, ...WRITTEN, ...WRITTEN, ...WRITTEN, ...WRITTEN);
// A damaged gzip says how far it could be unpacked, which depends on the chunks.
const anyPlainFile = anyValidFile.filter((bytes) => bytes[0] !== 0x1f);

/** One slip of a tool, a transfer or a finger. */
type Slip = { readonly at: number; readonly length: number } & (
  | { readonly kind: 'overwrite' | 'insert'; readonly bytes: Uint8Array }
  | { readonly kind: 'delete' | 'repeat' | 'truncate' }
);

/** In thousandths of the file; fast-check's bias would have most slips at the first byte. */
const anywhere = fc.noBias(fc.nat(999));

const anySlip: fc.Arbitrary<Slip> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('overwrite' as const, 'insert' as const),
    at: anywhere,
    length: fc.nat(20),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc
        .constantFrom('"', '\r', '\n', ',', ';', '\0', '\ufeff', '"\n', 'O1,')
        .map((text) => Buffer.from(text)),
    ),
  }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'repeat' as const, 'truncate' as const),
    at: anywhere,
    length: fc.nat(60),
  }),
);

function slipped(bytes: Buffer, slip: Slip): Buffer {
  const at = Math.floor((slip.at * bytes.length) / 1000);
  const before = bytes.subarray(0, at);
  const span = bytes.subarray(at, at + slip.length);
  const behind = bytes.subarray(at + slip.length);
  switch (slip.kind) {
    case 'overwrite':
      return Buffer.concat([before, slip.bytes, bytes.subarray(at + slip.bytes.length)]);
    case 'insert':
      return Buffer.concat([before, slip.bytes, bytes.subarray(at)]);
    case 'delete':
      return Buffer.concat([before, behind]);
    case 'repeat':
      return Buffer.concat([before, span, span, behind]);
    case 'truncate':
      return before;
    default:
      return slip satisfies never;
  }
}

/** Reads to the end, or to a refusal; anything else fails the test. */
async function readOrRefusal(bytes: Buffer, chunkBytes: number): Promise<ReadInput | RunError> {
  try {
    return await readAll(bytes, {}, chunkBytes);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return error;
  }
}

/** Every record became a row, or is counted as what it is; or the file was refused, saying why and what to do. */
function faultsOf(result: ReadInput | RunError): string[] {
  return result instanceof RunError ? faultsOfRefusal(result) : faultsOfAccount(result);
}

function faultsOfRefusal({ code, message, hint }: RunError): string[] {
  const isExpected = ['input_unreadable', 'input_format', 'input_columns'].includes(code);
  return [isExpected ? '' : code, message === '' ? 'no message' : '', hint === '' ? 'no hint' : ''].filter(
    Boolean,
  );
}

function faultsOfAccount({ input, rows }: ReadInput): string[] {
  const { rows: counted, valid, duplicate, invalid, blankRows, footerRows, records } = input.tally();
  const checks = {
    'ordinals have no gap': rows.every(({ ordinal }, index) => ordinal === index),
    'rows are counted': counted === rows.length,
    'kinds add up': valid + duplicate + invalid === counted,
    'records add up': input.understanding.headerRow + counted + blankRows + footerRows === records,
  };
  return Object.entries(checks).flatMap(([check, holds]) => (holds ? [] : [check]));
}

/** What two readings of the same bytes must agree in. */
function gist(result: ReadInput | RunError): unknown {
  return result instanceof RunError ? result.message : [result.rows, result.input.tally()];
}

describe('bytes that nobody meant', () => {
  it('are read or refused, never a crash, when they are random', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 600 }),
        fc.integer({ min: 1, max: 700 }),
        async (bytes, chunk) => {
          expect(faultsOf(await readOrRefusal(Buffer.from(bytes), chunk))).toEqual([]);
        },
      ),
      { numRuns: 3000, seed: 20_240_504 },
    );
  });

  it('account for every record when they are real files with slips in them', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        anyValidFile,
        fc.array(anySlip, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 500 }),
        async (file, slips, chunk) => {
          const result = await readOrRefusal(slips.reduce(slipped, file), chunk);
          expect(faultsOf(result)).toEqual([]);
          if (!(result instanceof RunError)) read += 1;
        },
      ),
      { numRuns: 10_000, seed: 20_240_505 },
    );
    // Were all refused, nothing above would have been looked at.
    expect(read).toBeGreaterThan(3000);
  }, 120_000);

  it('give the same rows whatever the chunks they come in', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlainFile, anySlip, fc.integer({ min: 1, max: 90 }), async (file, slip, chunk) => {
        const bytes = slipped(file, slip);
        expect(gist(await readOrRefusal(bytes, chunk))).toEqual(gist(await readOrRefusal(bytes, 65_536)));
      }),
      { numRuns: 2000, seed: 20_240_506 },
    );
  });
});
