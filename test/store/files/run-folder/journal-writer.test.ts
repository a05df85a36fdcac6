import { appendFile, mkdtemp, readFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AppendFile } from '../../../../src/disk/append-file.ts';
import { realDisk } from '../../../../src/disk/disk.ts';
import { chainFrom, headAfter, NO_LINES } from '../../../../src/store/journal-chain.ts';
import { writeJournal } from '../../../../src/store/files/run-folder/journal-writer.ts';
import { createFaultyDisk } from '../../../disk/faulty-disk.ts';
import { tryEntry } from '../../../results/samples.ts';
import { textWith } from '../../../text-with.ts';

let path: string;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'oppsweep-journal-')), 'journal.jsonl');
});

function lines(...ordinals: readonly number[]): string {
  const chain = chainFrom(NO_LINES);
  return ordinals.map((ordinal) => chain.link(tryEntry(ordinal))).join('');
}

/** A real file whose flushes end when the test lets them. */
interface HeldFile extends AppendFile {
  readonly flushes: () => number;
  /** Ends the flush under way, or the next one. */
  readonly letFlush: () => Promise<void>;
}

async function openHeld(): Promise<HeldFile> {
  const file = await realDisk.openForAppend(path);
  let flushes = 0;
  let release: () => void = () => {};
  let reached: () => void = () => {};
  let begun = new Promise<void>((resolve) => {
    reached = resolve;
  });
  return {
    ...file,
    flush: async () => {
      flushes += 1;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      reached();
      await released;
      await file.flush();
    },
    flushes: () => flushes,
    letFlush: async () => {
      await begun;
      begun = new Promise((resolve) => {
        reached = resolve;
      });
      release();
    },
  };
}

async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('writeJournal', () => {
  it('appends whole entries in the order they were given, behind what is there', async () => {
    await appendFile(path, lines(0));
    const start = headAfter(lines(0).trimEnd(), 1);
    const journal = writeJournal(await realDisk.openForAppend(path), start);
    journal.note(tryEntry(1));
    await journal.append(tryEntry(2));
    journal.note(tryEntry(3));
    await Promise.all([4, 5].map((ordinal) => journal.append(tryEntry(ordinal))));
    await journal.close();
    expect(await readFile(path, 'utf8')).toBe(lines(0, 1, 2, 3, 4, 5));
  });

  it('resolves an append only once its entry is written and flushed', async () => {
    const file = await openHeld();
    const journal = writeJournal(file);
    let durable = false;
    const appended = journal.append(tryEntry(0)).then(() => {
      durable = true;
    });
    while (file.flushes() === 0) await settleDown();
    await settleDown();
    expect([durable, await readFile(path, 'utf8')]).toEqual([false, lines(0)]);
    await file.letFlush();
    await appended;
    expect(durable).toBe(true);
    await journal.close();
  });

  it('lets the entries that come while a flush is under way share the next one', async () => {
    const file = await openHeld();
    const journal = writeJournal(file);
    const first = journal.append(tryEntry(0));
    while (file.flushes() === 0) await settleDown();
    const others = Array.from({ length: 100 }, (_, index) => journal.append(tryEntry(index + 1)));
    await file.letFlush();
    await first;
    await file.letFlush();
    await Promise.all(others);
    expect(file.flushes()).toBe(2);
    await journal.close();
  });

  it('writes what was only noted by the time it is closed', async () => {
    const journal = writeJournal(await realDisk.openForAppend(path));
    journal.note(tryEntry(0));
    await journal.close();
    expect(await readFile(path, 'utf8')).toBe(lines(0));
  });

  // Opening costs one call and its folder's flush two, so the first entry's write is the fourth and its flush the fifth.
  it.each([
    ['write', 4],
    ['flush', 5],
  ])('after a failed %s rejects all that waits, and whatever comes later', async (_what, faultAt) => {
    const disk = createFaultyDisk(faultAt, 'EIO');
    const journal = writeJournal(await disk.openForAppend(path));
    const failure = { name: 'RunError', code: 'results_unwritable', message: textWith('EIO') };
    const waiting = [0, 1, 2].map((ordinal) => journal.append(tryEntry(ordinal)));
    for (const one of waiting) await expect(one).rejects.toMatchObject(failure);
    journal.note(tryEntry(3));
    await expect(journal.append(tryEntry(4))).rejects.toMatchObject(failure);
    const sizeBefore = (await readFile(path)).length;
    await expect(journal.close()).rejects.toMatchObject(failure);
    expect((await readFile(path)).length).toBe(sizeBefore);
  });

  it('rejects what queued up behind a flush that fails', async () => {
    const disk = createFaultyDisk(5, 'EIO');
    const file = await disk.openForAppend(path);
    const journal = writeJournal(file);
    const first = journal.append(tryEntry(0));
    first.catch(() => undefined);
    while (file.size() === 0) await settleDown();
    const second = journal.append(tryEntry(1));
    await expect(first).rejects.toThrow('EIO');
    await expect(second).rejects.toThrow('EIO');
    await expect(journal.close()).rejects.toThrow('EIO');
  });

  it('writes whole entries though the system takes only a part of them', async () => {
    const disk = createFaultyDisk(4, 'short');
    const journal = writeJournal(await disk.openForAppend(path));
    await journal.append(tryEntry(0));
    await journal.close();
    expect(await readFile(path, 'utf8')).toBe(lines(0));
  });

  describe('stops where something else changed the file', () => {
    it.each([
      ['grew', () => appendFile(path, 'x')],
      ['was cut', () => truncate(path, 3)],
    ])('that %s', async (_what, change) => {
      const journal = writeJournal(await realDisk.openForAppend(path));
      await journal.append(tryEntry(0));
      await change();
      await expect(journal.append(tryEntry(1))).rejects.toMatchObject({
        code: 'results_unwritable',
        message: textWith('something else changed it'),
      });
      // Nothing follows the entry that was found out.
      const size = (await readFile(path)).length;
      await expect(journal.append(tryEntry(2))).rejects.toThrow('something else changed it');
      await expect(journal.close()).rejects.toThrow('something else changed it');
      expect((await readFile(path)).length).toBe(size);
    });
  });
});
