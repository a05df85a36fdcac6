import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../src/input/open-input.ts';
import { fileSource } from '../../../src/input/bytes/read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'oppsweep-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string): Promise<unknown> => openInput(fileSource(path), {});

describe('a file that cannot be read', () => {
  it('is named where there is none', async () => {
    await expect(open(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'input_unreadable',
      message: `There is no file ${join(folder, 'none.csv')}.`,
    });
  });

  it('is named where a part of its path is no folder', async () => {
    writeFileSync(join(folder, 'file'), 'x');
    await expect(open(join(folder, 'file', 'people.csv'))).rejects.toMatchObject({
      code: 'input_unreadable',
    });
  });

  it('is called a folder where it is one', async () => {
    await expect(open(folder)).rejects.toMatchObject({
      code: 'input_unreadable',
      message: `${folder} is a folder, not a file.`,
    });
  });

  it('is called a summary where it is one, and the results beside it are named', async () => {
    const name = join(folder, 'people.results.summary.json');
    writeFileSync(name, '{\n  "version": 1\n}\n');
    await expect(open(name)).rejects.toMatchObject({
      code: 'input_format',
      message: `${name} is not a CSV file but the summary of a run.`,
      advice: { code: 'name_results_of_summary', results: join(folder, 'people.results.csv') },
    });
  });

  it('is called empty where it is', async () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    await expect(open(join(folder, 'empty.csv'))).rejects.toMatchObject({
      code: 'input_unreadable',
      message: `${join(folder, 'empty.csv')} is empty.`,
    });
  });

  // Root reads everything, so there is nothing to see then.
  it.skipIf(process.getuid?.() === 0)('is said to lack permission where it does', async () => {
    const path = join(folder, 'secret.csv');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    await expect(open(path)).rejects.toMatchObject({
      code: 'input_unreadable',
      message: `No permission to read ${path}.`,
    });
  });

  it('says of a name that is not UTF-8 that no file can be opened by it', async () => {
    const reading = fileSource('bad\uFFFD.csv').bytes[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({
      message:
        'The name bad\uFFFD.csv has a byte that is not UTF-8, and no file can be opened by such a name.',
      advice: { code: 'check_file_name', notUtf8: true },
    });
  });
});
