import { expect, test } from 'vitest';
import { wholeRecords } from '../../../src/run/report/whole-records.ts';

const TEXT = 'a,b\r\n1,"two\nlines"\r\n2,"he said ""no"""\r\n3,to';

test.each([1, 2, 3, 7, 1_000])(
  'a torn last record is left out, whatever pieces the bytes come in (%d)',
  async (size) => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < TEXT.length; at += size) yield Buffer.from(TEXT.slice(at, at + size));
    }
    const found: Uint8Array[] = [];
    for await (const piece of wholeRecords(pieces())) found.push(piece);
    const text = Buffer.concat(found).toString('utf8');
    expect(text.trimEnd()).toBe('a,b\r\n1,"two\nlines"\r\n2,"he said ""no"""');
  },
);
