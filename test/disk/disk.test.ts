import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { realDisk, systemErrorCode } from '../../src/disk/disk.ts';
import { createFaultyDisk } from './faulty-disk.ts';
import { keptFromUs } from './kept-from-us.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oppsweep-disk-'));
});

const bytes = (text: string): Buffer => Buffer.from(text);

describe('Disk', () => {
  it('makes a folder with its parents, and is content with one that is there', async () => {
    const deep = join(folder, 'a/b/c');
    await realDisk.makeFolder(deep);
    await realDisk.makeFolder(deep);
    expect(await realDisk.exists(deep)).toBe(true);
  });

  it('publishes a streamed file in the place of an older one', async () => {
    const [temporary, final] = [join(folder, 'results.tmp'), join(folder, 'results.csv')];
    await writeFile(final, 'old');
    const file = await realDisk.openForAppend(temporary);
    await file.append(bytes('new'));
    await file.close();
    await realDisk.publish(temporary, final);
    expect(await readdir(folder)).toEqual(['results.csv']);
    expect(await readFile(final, 'utf8')).toBe('new');
  });

  it('publishes a new file for the first who asks, and replaces nothing', async () => {
    const final = join(folder, 'now.csv');
    await Promise.all(['a', 'b'].map((name) => writeFile(join(folder, name), name)));
    const published = await Promise.all(
      ['a', 'b'].map((name) => realDisk.publishNew(join(folder, name), final)),
    );
    expect(published.filter(Boolean)).toHaveLength(1);
    const [first, second] = published[0] === true ? ['a', 'b'] : ['b', 'a'];
    expect(await readFile(final, 'utf8')).toBe(first);
    expect(await readdir(folder)).toEqual([second, 'now.csv']);
  });

  it('publishes nothing where there is no such file', async () => {
    const publishing = realDisk.publish(join(folder, 'absent'), join(folder, 'results.csv'));
    await expect(publishing).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('creates a file exclusively for the first who asks, with all its content', async () => {
    const path = join(folder, 'one');
    const made = await Promise.all(
      ['a', 'b', 'c'].map((text) => realDisk.createExclusively(path, bytes(text))),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe('abc'[made.indexOf(true)]);
    expect(await readdir(folder)).toEqual(['one']);
  });

  it('reads a file larger than one piece in pieces that stay valid', async () => {
    const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
    await writeFile(join(folder, 'large'), content);
    const pieces: Uint8Array[] = [];
    for await (const piece of realDisk.read(join(folder, 'large'))) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    expect(content.equals((await realDisk.readWhole(join(folder, 'large'))) ?? Buffer.alloc(0))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')(
    'says of nothing that it is absent where it may not look',
    async () => {
      await keptFromUs(folder, async () => {
        await expect(realDisk.exists(join(folder, 'absent'))).rejects.toMatchObject({ code: 'EACCES' });
      });
    },
  );

  it('tells an absent file from an unreadable one', async () => {
    expect(await realDisk.readWhole(join(folder, 'absent'))).toBeUndefined();
    await expect(realDisk.readWhole(folder)).rejects.toSatisfy(
      (error) => systemErrorCode(error) === 'EISDIR',
    );
  });

  it('is content to remove what is not there', async () => {
    await realDisk.remove(join(folder, 'absent'));
    await realDisk.remove(join(folder, 'no/such/folder'));
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['EIO', 'ENOSPC', 'short'] as const)(
    'replaces a file wholly or not at all, whichever call goes wrong (%s)',
    async (kind) => {
      const path = join(folder, 'file');
      for (let faultAt = 1; ; faultAt++) {
        await writeFile(path, 'the old content');
        const disk = createFaultyDisk(faultAt, kind);
        const expected = await disk.replaceFile(path, bytes('the new content')).then(
          () => ['the new content'],
          () => ['the old content', 'the new content'],
        );
        expect(expected).toContain(await readFile(path, 'utf8'));
        if (disk.calls() < faultAt) break;
      }
    },
  );
});
