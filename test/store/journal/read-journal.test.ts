import { describe, expect, it } from 'vitest';
import { encodeLine } from '../../../src/store/journal-line.ts';
import { readJournal } from '../../../src/store/journal/read-journal.ts';
import { collect, doneEntry, JOB, pieces, tryEntry } from '../../results/samples.ts';
import { textWith } from '../../text-with.ts';

const ENTRIES = [JOB, tryEntry(0), tryEntry(1, { key: 'O1 Solutions 東京' }), doneEntry(1), doneEntry(0)];
const LINES = ENTRIES.map((entry) => Buffer.from(encodeLine(entry)));
const JOURNAL = Buffer.concat(LINES);
/** The byte after each line. */
const ENDS = LINES.map((_, index) => Buffer.concat(LINES.slice(0, index + 1)).length);

async function entriesOf(
  bytes: Uint8Array,
  pieceBytes?: number,
): Promise<{ entry: object; endByte: number }[]> {
  const placed = await collect(readJournal('journal.jsonl', pieces(bytes, pieceBytes)));
  return placed.map(({ entry, endByte }) => ({ entry, endByte }));
}

/** The entries whose newline is among the first `length` bytes. */
function wholeWithin(length: number): { entry: object; endByte: number }[] {
  return ENTRIES.flatMap((entry, index) => {
    const endByte = ENDS[index] ?? 0;
    return endByte <= length ? [{ entry, endByte }] : [];
  });
}

describe('readJournal', () => {
  it('gives every entry with the byte behind it, whatever pieces it is read in', async () => {
    for (const pieceBytes of [1, 2, 3, 7, 64, 65_536])
      expect(await entriesOf(JOURNAL, pieceBytes)).toEqual(wholeWithin(JOURNAL.length));
  });

  it('of no bytes is empty', async () => {
    expect(await entriesOf(Buffer.alloc(0))).toEqual([]);
  });

  it('cut at any byte gives what was written whole before it', async () => {
    for (let length = 0; length <= JOURNAL.length; length += 1)
      expect(await entriesOf(JOURNAL.subarray(0, length), 50)).toEqual(wholeWithin(length));
  });

  it.each([
    ['zeros, which a power cut may leave', Buffer.alloc(300)],
    ['newlines', Buffer.from('\n\n\n')],
    ['half a line and more behind it', Buffer.from('0badc0de {"t":"try"\nnot one either\n{}')],
    ['a line whose checksum is wrong', Buffer.from(`00000000${encodeLine(doneEntry(2)).slice(8)}`)],
  ])('leaves out a tail of %s', async (_name, tail) => {
    expect(await entriesOf(Buffer.concat([JOURNAL, tail]))).toEqual(wholeWithin(JOURNAL.length));
  });

  it.each([0, 1, 2, 3])('names the byte where line %i is damaged and good ones follow', async (index) => {
    const startByte = index === 0 ? 0 : (ENDS[index - 1] ?? 0);
    const bytes = Buffer.from(JOURNAL);
    bytes[startByte + 20] = (bytes[startByte + 20] ?? 0) ^ 1;
    await expect(entriesOf(bytes, 33)).rejects.toMatchObject({
      name: 'RunError',
      code: 'state_damaged',
      message: textWith(`journal.jsonl is damaged at byte ${startByte},`),
      advice: { code: 'restore_changed_folder' },
    });
  });

  it('names the first of several damaged lines', async () => {
    const bytes = Buffer.from(JOURNAL);
    for (const start of [ENDS[0] ?? 0, ENDS[2] ?? 0]) bytes[start] = 0x78;
    await expect(entriesOf(bytes)).rejects.toThrow(`damaged at byte ${ENDS[0]},`);
  });

  it('reads nothing ahead of what is asked for', async () => {
    const read: number[] = [];
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (const [index, line] of LINES.entries()) {
        read.push(index);
        yield line;
      }
    }
    const entries = readJournal('journal.jsonl', counted());
    await entries.next();
    expect(read).toEqual([0]);
    await entries.return(undefined);
  });
});
