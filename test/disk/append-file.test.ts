import { appendFile, mkdtemp, readFile, rename, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { realDisk, type Disk } from '../../src/disk/disk.ts';
import { createFaultyDisk } from './faulty-disk.ts';

let path: string;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'oppsweep-disk-')), 'file');
});

const bytes = (text: string): Buffer => Buffer.from(text);

/** Opening a file that is there costs one call, so the first append's write is the second. */
async function openWithFaultAt(
  call: number,
  kind: 'EIO' | 'ENOSPC' | 'short',
): ReturnType<Disk['openForAppend']> {
  await realDisk.replaceFile(path, bytes('old '));
  return createFaultyDisk(call, kind).openForAppend(path);
}

describe('AppendFile', () => {
  it('goes on where an earlier process left the file', async () => {
    await realDisk.replaceFile(path, bytes('old '));
    const file = await realDisk.openForAppend(path);
    expect(file.size()).toBe(4);
    await file.append(bytes('new '));
    file.appendNow(bytes('newer'));
    expect(file.size()).toBe(13);
    file.assertOurs();
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('old new newer');
  });

  it('keeps appends that were not waited for in order', async () => {
    const file = await realDisk.openForAppend(path);
    const texts = Array.from({ length: 50 }, (_, index) => `${index};`);
    await Promise.all(texts.map((text) => file.append(bytes(text))));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe(texts.join(''));
  });

  it('appends after the new end once truncated', async () => {
    const file = await realDisk.openForAppend(path);
    await file.append(bytes('abcdef'));
    await file.truncate(2);
    expect(file.size()).toBe(2);
    await file.append(bytes('X'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('abX');
  });

  it.each([
    ['wrote to it', () => appendFile(path, 'intruder')],
    ['cut it short', () => truncate(path, 1)],
    ['removed it', () => rm(path)],
    ['moved it', () => rename(path, `${path}.moved`)],
    ['put another in its place', () => realDisk.replaceFile(path, bytes('ours'))],
  ])('sees that another process %s', async (_what, change) => {
    const file = await realDisk.openForAppend(path);
    await file.append(bytes('ours'));
    file.assertOurs();
    await change();
    expect(() => file.assertOurs()).toThrow(/something else changed it$/);
    await file.close();
  });

  it('writes the rest where the system takes only a part', async () => {
    const file = await openWithFaultAt(2, 'short');
    await file.append(bytes('twelve bytes'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('old twelve bytes');
  });

  it('writes the rest where the system takes only a part of a synchronous append', async () => {
    const file = await openWithFaultAt(2, 'short');
    file.appendNow(bytes('twelve bytes'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('old twelve bytes');
  });

  it('says so when the disk is full, and counts the part that was written', async () => {
    const file = await openWithFaultAt(2, 'ENOSPC');
    await expect(file.append(bytes('1234'))).rejects.toMatchObject({ code: 'ENOSPC' });
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('old 12');
    expect(file.size()).toBe(4);
  });

  it('refuses everything after a failed write, so that nothing follows a torn record', async () => {
    const file = await openWithFaultAt(2, 'EIO');
    await expect(file.append(bytes('1234'))).rejects.toMatchObject({ code: 'EIO' });
    await expect(file.append(bytes('5678'))).rejects.toMatchObject({ code: 'EIO' });
    await expect(file.flush()).rejects.toMatchObject({ code: 'EIO' });
    await expect(file.truncate(0)).rejects.toMatchObject({ code: 'EIO' });
    expect(() => file.appendNow(bytes('5678'))).toThrow(/EIO/);
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('old 12');
  });

  it('never believes a flush that comes after a failed one', async () => {
    const file = await openWithFaultAt(3, 'EIO');
    await file.append(bytes('new'));
    await expect(file.flush()).rejects.toMatchObject({ code: 'EIO' });
    await expect(file.flush()).rejects.toMatchObject({ code: 'EIO' });
    expect(() => file.appendNow(bytes('more'))).toThrow(/EIO/);
    await file.close();
  });
});
