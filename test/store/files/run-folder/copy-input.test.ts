import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { RunError } from '../../../../src/model/run-error.ts';
import { copyInput } from '../../../../src/store/files/run-folder/copy-input.ts';
import { createFaultyDisk } from '../../../disk/faulty-disk.ts';
import { pieces } from '../../../results/samples.ts';
import { textWith } from '../../../text-with.ts';

const BYTES = Buffer.from('Opportunity ID,Entity\r\nO1,ünï\0code\r\n'.repeat(50));
const IDENTITY = {
  name: 'people.csv',
  bytes: BYTES.length,
  sha256: createHash('sha256').update(BYTES).digest('hex'),
};

let path: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-copy-'));
  path = join(folder, 'input');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

describe('copyInput', () => {
  it('copies to the byte, and says what it copied', async () => {
    expect(await copyInput({ name: 'people.csv', bytes: pieces(BYTES, 100) }, path, realDisk)).toEqual(
      IDENTITY,
    );
    expect(readFileSync(path).equals(BYTES)).toBe(true);
  });

  it('writes over nothing that is there', async () => {
    writeFileSync(path, 'mine');
    const copying = copyInput({ name: 'people.csv', bytes: pieces(BYTES) }, path, realDisk);
    await expect(copying).rejects.toMatchObject({ code: 'results_unwritable', message: textWith('EEXIST') });
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('may be read by whom the input may be read by', async () => {
    await copyInput({ name: 'people.csv', bytes: pieces(BYTES), permissions: 0o600 }, path, realDisk);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  // Opening the file costs three calls, each piece one and the flush one.
  it.each([1, 2, 3, 4, 5, 6])('says so where the copy can’t be written: call %i fails', async (faultAt) => {
    const disk = createFaultyDisk(faultAt, 'ENOSPC');
    await expect(
      copyInput({ name: 'people.csv', bytes: pieces(BYTES, 1_000) }, path, disk),
    ).rejects.toMatchObject({
      name: 'RunError',
      code: 'results_unwritable',
      message: textWith(/^The run's copy of the input could not be written: ENOSPC/),
    });
  });

  it('hands on why the input can’t be read', async () => {
    const failure = new RunError('input_unreadable', 'Gone.');
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield BYTES;
      throw failure;
    }
    await expect(copyInput({ name: 'people.csv', bytes: failing() }, path, realDisk)).rejects.toBe(failure);
  });
});
