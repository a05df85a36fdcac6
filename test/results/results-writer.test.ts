import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import type { AppendFile } from '../../src/disk/append-file.ts';
import { beginResults, type ResultsWriter } from '../../src/results/results-writer.ts';
import { beginText } from '../../src/store/files/run-folder/text-sink.ts';
import { headerText, rowsText, type ResultsForm, type SettledRow } from '../../src/results/results-csv.ts';
import { createFaultyDisk } from '../disk/faulty-disk.ts';
import { DISASSOCIATED, validRow } from './samples.ts';
import { textWith } from '../text-with.ts';

const FORM: ResultsForm = {
  dialect: { delimiter: ',', lineEnding: '\r\n', bom: true },
  header: ['Opportunity ID', 'Entität'],
  defuseAll: false,
};

let path: string;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'oppsweep-partial-')), 'results.partial.csv');
});

const settled = (ordinal: number): SettledRow => ({ row: validRow(ordinal), outcome: DISASSOCIATED });

function rows(count: number): SettledRow[] {
  return Array.from({ length: count }, (_, ordinal) => settled(ordinal));
}

/** On a file, as a run has it. */
async function begin(file?: AppendFile): Promise<ResultsWriter> {
  return beginResults(await beginText(file ?? (await realDisk.openForAppend(path))), FORM);
}

describe('beginResults', () => {
  it('writes header and rows in order, and gives the SHA-256 of the file', async () => {
    const partial = await begin();
    // More than are queued at once.
    for (const row of rows(1_500)) await partial.add(row);
    const sha256 = await partial.finish();
    await partial.close();
    const written = await readFile(path);
    expect(written.toString()).toBe(headerText(FORM) + rowsText(rows(1_500), FORM));
    expect(sha256).toBe(createHash('sha256').update(written).digest('hex'));
  });

  it('begins anew where an earlier session left rows', async () => {
    await writeFile(path, 'what an earlier session left\n'.repeat(100));
    const partial = await begin();
    await partial.add(settled(0));
    const sha256 = await partial.finish();
    await partial.close();
    expect(await readFile(path, 'utf8')).toBe(headerText(FORM) + rowsText(rows(1), FORM));
    expect(sha256).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  });

  it('has a row on disk by the next turns of the event loop, without being asked', async () => {
    const partial = await begin();
    await partial.add(settled(0));
    const expected = headerText(FORM) + rowsText(rows(1), FORM);
    await expect.poll(() => readFile(path, 'utf8')).toBe(expected);
    await partial.close();
  });

  it('has every row on disk once it is closed, finished or not', async () => {
    const partial = await begin();
    for (const row of rows(20)) await partial.add(row);
    await partial.close();
    expect(await readFile(path, 'utf8')).toBe(headerText(FORM) + rowsText(rows(20), FORM));
  });

  // Opening a new file costs three calls, truncating it one, the header one, the rows one, and the flush one.
  it.each(['header', 'rows', 'flush'].map((what, index) => [what, index + 5] as const))(
    'rejects with what to do where the %s can’t be written',
    async (_what, faultAt) => {
      const disk = createFaultyDisk(faultAt, 'ENOSPC');
      const file = await disk.openForAppend(path);
      const writing = (async (): Promise<void> => {
        const partial = await begin(file);
        await partial.add(settled(0));
        await partial.finish();
      })();
      await expect(writing).rejects.toMatchObject({
        name: 'RunError',
        code: 'results_unwritable',
        message: textWith(/^The results so far could not be written: ENOSPC/),
      });
      await file.close();
    },
  );

  it('takes no more rows once one could not be written, and says so when closed', async () => {
    const disk = createFaultyDisk(6, 'EIO');
    const partial = await begin(await disk.openForAppend(path));
    await partial.add(settled(0));
    await expect(partial.finish()).rejects.toThrow('EIO');
    await expect(partial.add(settled(1))).rejects.toThrow('EIO');
    await expect(partial.close()).rejects.toThrow('EIO');
  });

  it('lets whoever adds rows faster than they can be written wait until they are', async () => {
    const partial = await begin();
    for (const row of rows(511)) await partial.add(row);
    expect(readFileSync(path, 'utf8')).toBe(headerText(FORM));
    await partial.add(settled(511));
    expect(readFileSync(path, 'utf8')).toBe(headerText(FORM) + rowsText(rows(512), FORM));
    await partial.close();
  });
});
