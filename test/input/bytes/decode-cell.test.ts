import { describe, expect, it } from 'vitest';
import { decodeCell } from '../../../src/input/bytes/decode-cell.ts';

function decoded(bytes: Buffer): { readonly text: string; readonly told: Readonly<Record<string, number>> } {
  const told = { nonUtf8Cells: 0, undecodableCells: 0, surrogateCells: 0 };
  return { text: decodeCell(bytes.toString('latin1'), told), told };
}

const SMILE = Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]);

describe('a cell', () => {
  it('keeps characters that stand as two surrogates, and all beside them', () => {
    const bytes = Buffer.concat([Buffer.from('Müller '), SMILE, Buffer.from(' GmbH 😀 '), SMILE]);
    const { text, told } = decoded(bytes);
    expect(text).toBe('Müller 😀 GmbH 😀 😀');
    expect(told).toEqual({ nonUtf8Cells: 0, undecodableCells: 0, surrogateCells: 1 });
  });

  it('keeps all that stands beside a surrogate without its half', () => {
    const { text, told } = decoded(
      Buffer.concat([Buffer.from('Müller '), SMILE.subarray(0, 3), Buffer.from('!')]),
    );
    expect(text).toBe('Müller \ufffd!');
    expect(told).toEqual({ nonUtf8Cells: 0, undecodableCells: 1, surrogateCells: 0 });
  });

  it('that is not UTF-8 is Windows-1252, whatever looks like a surrogate in it', () => {
    const { text, told } = decoded(Buffer.from([0xfc, 0xed, 0xa0, 0xbd]));
    expect(text).toBe('üí\u00a0½');
    expect(told).toEqual({ nonUtf8Cells: 1, undecodableCells: 0, surrogateCells: 0 });
  });
});
