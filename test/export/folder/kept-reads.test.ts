import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk, type Disk } from '../../../src/disk/disk.ts';
import { openKeptList } from '../../../src/export/folder/kept-list.ts';
import { openKeptReads, type ReadRecord } from '../../../src/export/folder/kept-reads.ts';
import { opportunityId } from '../../partner-central/connection.ts';
import { newFolder } from '../export-scene.ts';

const RECORDS: readonly ReadRecord[] = [
  { id: 'O1', opportunity: { entities: { Solutions: ['S-0000001'] }, customer: 'Müller\n"&" 日本' } },
  { id: 'O2', fault: { exception: 'AccessDeniedException', message: '' } },
  { id: 'O3', opportunity: { entities: {} } },
];

async function collect(path: string): Promise<ReadRecord[]> {
  const reads = await openKeptReads(realDisk, path);
  const records: ReadRecord[] = [];
  for await (const record of reads.records()) records.push(record);
  await reads.close();
  return records;
}

/** The real disk, and how often a file was appended to and flushed. */
function countingDisk(): Disk & {
  readonly counts: () => { readonly appends: number; readonly flushes: number };
} {
  let appends = 0;
  let flushes = 0;
  return {
    ...realDisk,
    openForAppend: async (path) => {
      const file = await realDisk.openForAppend(path);
      return {
        ...file,
        append: (bytes) => {
          appends += 1;
          return file.append(bytes);
        },
        flush: () => {
          flushes += 1;
          return file.flush();
        },
      };
    },
    counts: () => ({ appends, flushes }),
  };
}

describe('the records of what was read', () => {
  it('are written together where they come faster than the disk takes them, in their order, and never flushed', async () => {
    const path = join(await newFolder(), 'reads.jsonl');
    const disk = countingDisk();
    const reads = await openKeptReads(disk, path);
    const many = Array.from({ length: 200 }, (_, index): ReadRecord => ({
      id: `O${index}`,
      opportunity: { entities: {} },
    }));
    await Promise.all(many.map((record) => reads.add(record)));
    const found: ReadRecord[] = [];
    for await (const record of reads.records()) found.push(record);
    await reads.close();
    expect(found).toEqual(many);
    expect(disk.counts()).toEqual({ appends: 2, flushes: 0 });
  });

  it('are there again, whole ones alone, from whatever byte the file was cut at', async () => {
    const path = join(await newFolder(), 'reads.jsonl');
    const reads = await openKeptReads(realDisk, path);
    for (const record of RECORDS) await reads.add(record);
    expect([reads.count(), reads.unread()]).toEqual([3, 1]);
    await reads.close();
    const whole = await readFile(path);
    const ends = [...whole].flatMap((byte, index) => (byte === 0x0a ? [index + 1] : []));
    for (let cut = 0; cut <= whole.length; cut += 1) {
      await writeFile(path, whole.subarray(0, cut));
      expect(await collect(path)).toEqual(RECORDS.slice(0, ends.filter((end) => end <= cut).length));
    }
  });

  it('go on behind the last whole one', async () => {
    const path = join(await newFolder(), 'reads.jsonl');
    const first = await openKeptReads(realDisk, path);
    for (const record of RECORDS.slice(0, 2)) await first.add(record);
    await first.close();
    const whole = await readFile(path);
    await writeFile(path, Buffer.concat([whole, Buffer.from('00000000 {"id":"O9"'), Buffer.alloc(40)]));
    const second = await openKeptReads(realDisk, path);
    expect([second.count(), second.unread()]).toEqual([2, 1]);
    for (const record of RECORDS.slice(2)) await second.add(record);
    await second.close();
    expect(await collect(path)).toEqual(RECORDS);
  });
});

describe('the list of opportunities', () => {
  it('is kept page by page, each opportunity once, and knows the token of the next', async () => {
    const path = join(await newFolder(), 'list.jsonl');
    const [o1, o2, o3] = ['O1', 'O2', 'O3'].map(opportunityId);
    if (o1 === undefined || o2 === undefined || o3 === undefined) throw new Error('Three were made.');
    const first = await openKeptList(realDisk, path);
    expect([first.isWhole(), first.nextToken()]).toEqual([false, undefined]);
    await first.keep([o1, o2], 'next');
    await first.close();
    const second = await openKeptList(realDisk, path);
    expect([second.isWhole(), second.nextToken()]).toEqual([false, 'next']);
    await second.keep([o2, o3], undefined);
    expect(second.isWhole()).toBe(true);
    await second.close();
    const third = await openKeptList(realDisk, path);
    expect(third.items()).toEqual([o1, o2, o3]);
    await third.beginAgain();
    expect([third.items(), third.isWhole(), third.nextToken()]).toEqual([[], false, undefined]);
    await third.close();
  });
});

describe('the list of what is to be read', () => {
  it('is flushed once, when it is whole: of a page that a crash loses the list goes on', async () => {
    const path = join(await newFolder(), 'list.jsonl');
    const disk = countingDisk();
    const list = await openKeptList(disk, path);
    for (let page = 1; page <= 9; page += 1) await list.keep([opportunityId(`O${page}`)], `token ${page}`);
    expect(disk.counts()).toEqual({ appends: 9, flushes: 0 });
    await list.keep([opportunityId('O10')], undefined);
    expect(disk.counts()).toEqual({ appends: 10, flushes: 1 });
    await list.close();
  });
});
