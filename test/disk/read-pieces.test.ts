import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import { collect } from '../results/samples.ts';

const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));

function fileOf(content: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-pieces-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return path;
}

describe('a file in pieces', () => {
  it.each([0, 1, 65_536, 150_000, 200_000, 300_000])('is read from byte %d on', async (from) => {
    const found = Buffer.concat(await collect(realDisk.read(fileOf(CONTENT), from)));
    expect(found.equals(CONTENT.subarray(from))).toBe(true);
  });

  it.each([0, 1, 65_536, 65_537, 200_000])('of %d bytes is read from its end', async (length) => {
    const content = CONTENT.subarray(0, length);
    const pieces = (await collect(realDisk.readBack(fileOf(content)))).toReversed();
    expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(content)).toBe(true);
    for (const { bytes, fromByte } of pieces) {
      expect(content.subarray(fromByte, fromByte + bytes.length).equals(bytes)).toBe(true);
    }
  });
});
