import { hintOf } from '../../src/cli/words/hints/hints.ts';
import * as fc from 'fast-check';
import { RunError } from '../../src/model/run-error.ts';
import { readAll, type ReadInput } from '../input/read-all.ts';
import { writeTable } from './csv-writer.ts';

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

/** One slip of a tool, a transfer or a finger. */
export type Slip = { readonly at: number; readonly length: number } & (
  | { readonly kind: 'overwrite' | 'insert'; readonly bytes: Uint8Array }
  | { readonly kind: 'delete' | 'repeat' | 'truncate' }
);

/** In thousandths of the file; fast-check's bias would have most slips at the first byte. */
const anywhere = fc.noBias(fc.nat(999));

export const anySlip: fc.Arbitrary<Slip> = fc.oneof(
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

/** Files that are meant to be read: these, and tables of ours in several forms. */
export function anyFileOf(files: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc.constantFrom(...files, ...WRITTEN, ...WRITTEN, ...WRITTEN, ...WRITTEN);
}

export function slipped(bytes: Buffer, slip: Slip): Buffer {
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

/** Reads to the end, or to a refusal; anything else is thrown. */
export async function readOrRefusal(bytes: Buffer, chunkBytes: number): Promise<ReadInput | RunError> {
  try {
    return await readAll(bytes, {}, chunkBytes);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return error;
  }
}

/** Every record became a row, or is counted as what it is; or the file was refused, saying why and what to do. */
export function faultsOf(result: ReadInput | RunError): string[] {
  return result instanceof RunError ? faultsOfRefusal(result) : faultsOfAccount(result);
}

function faultsOfRefusal(refusal: RunError): string[] {
  const { code, message } = refusal;
  const isExpected = ['input_unreadable', 'input_format', 'input_columns'].includes(code);
  return [
    isExpected ? '' : code,
    message === '' ? 'no message' : '',
    hintOf(refusal) === '' ? 'no hint' : '',
  ].filter(Boolean);
}

function faultsOfAccount({ input, rows }: ReadInput): string[] {
  const {
    rows: counted,
    valid,
    duplicate,
    invalid,
    skipped,
    splitRows,
    blankRows,
    footerRows,
    records,
  } = input.tally();
  const checks = {
    'ordinals have no gap': rows.every(({ ordinal }, index) => ordinal === index),
    'rows are counted': counted === rows.length,
    'kinds add up': valid + duplicate + invalid + skipped === counted,
    'records add up': input.table.headerRow + counted - splitRows + blankRows + footerRows === records,
  };
  return Object.entries(checks).flatMap(([check, holds]) => (holds ? [] : [check]));
}
