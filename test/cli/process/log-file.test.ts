import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLogFile } from '../../../src/cli/process/log-file.ts';
import { realDisk, type Disk } from '../../../src/disk/disk.ts';
import { systemClock } from '../../../src/disk/system-clock.ts';
import { createVirtualClock } from '../../pace/virtual-clock.ts';

function folder(): (name: string) => string {
  const path = mkdtempSync(join(tmpdir(), 'oppsweep-log-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return (name) => join(path, name);
}

const REAL = { disk: realDisk, clock: systemClock };
const LINE = '2025-01-31T12:00:00Z  One.\n';
const fail = (why: string): never => {
  throw new Error(why);
};

describe('a log', () => {
  it('is made, and appended to when it is there', async () => {
    const at = folder();
    for (const line of [LINE, LINE.replace('One', 'Two')]) {
      const log = await openLogFile({ path: at('run.log'), format: 'text' }, fail, REAL);
      log.write(line);
      await log.close();
    }
    expect(readFileSync(at('run.log'), 'utf8')).toBe(`${LINE}${LINE.replace('One', 'Two')}`);
  });

  it('may be an empty file, and one of its own format alone', async () => {
    const at = folder();
    const object = '{"version":1,"at":"2025-01-31T12:00:00.000Z"}\n';
    writeFileSync(at('empty.log'), '');
    writeFileSync(at('json.log'), object);
    for (const [name, format] of [
      ['empty.log', 'text'],
      ['json.log', 'json'],
    ] as const) {
      const log = await openLogFile({ path: at(name), format }, fail, REAL);
      log.write(object);
      await log.close();
      expect(readFileSync(at(name), 'utf8').endsWith(object)).toBe(true);
    }
    await expect(openLogFile({ path: at('json.log'), format: 'text' }, fail, REAL)).rejects.toMatchObject({
      message: expect.stringContaining('no log of this program in the format text') as string,
    });
  });

  it('holds nothing that a terminal obeys', async () => {
    const at = folder();
    const log = await openLogFile({ path: at('run.log'), format: 'text' }, fail, REAL);
    log.write('2025-01-31T12:00:00Z  \u001B[2J\n');
    await log.close();
    expect(readFileSync(at('run.log'), 'utf8')).toBe('2025-01-31T12:00:00Z  \\u001b[2J\n');
  });

  it.each([
    [
      'a file of the user’s',
      (path: string) => writeFileSync(path, 'Opportunity ID,Entity ID\n'),
      /is no log of this program/,
    ],
    ['a link, wherever it leads', (path: string) => symlinkSync('/dev/null', path), /is a link/],
    ['a folder', (path: string) => mkdirSync(path), /is a link, a folder/],
  ])('is refused where there is %s, which stays as it was', async (_what, make, why) => {
    const at = folder();
    make(at('run.log'));
    const opening = openLogFile({ path: at('run.log'), format: 'text' }, fail, REAL);
    await expect(opening).rejects.toMatchObject({
      code: 'output_unwritable',
      message: expect.stringMatching(why) as string,
    });
  });

  it('is refused where there is no folder for it', async () => {
    const at = folder();
    await expect(openLogFile({ path: at('no/run.log'), format: 'text' }, fail, REAL)).rejects.toMatchObject({
      code: 'output_unwritable',
    });
  });

  it('tells once that it can’t be written any more', async () => {
    const at = folder();
    const told: string[] = [];
    const disk: Disk = {
      ...realDisk,
      openForAppend: async (path) => ({
        ...(await realDisk.openForAppend(path)),
        append: () => Promise.reject(new Error('no space left')),
      }),
    };
    const log = await openLogFile({ path: at('run.log'), format: 'text' }, (why) => told.push(why), {
      ...REAL,
      disk,
    });
    for (const line of [LINE, LINE, LINE]) log.write(line);
    await log.close();
    expect(told).toEqual(['no space left']);
  });

  it('ends although its disk hangs', async () => {
    const at = folder();
    const clock = createVirtualClock();
    const disk: Disk = {
      ...realDisk,
      openForAppend: async (path) => {
        const file = await realDisk.openForAppend(path);
        onTestFinished(() => file.close());
        return { ...file, append: () => new Promise(() => undefined) };
      },
    };
    const log = await openLogFile({ path: at('run.log'), format: 'text' }, fail, { disk, clock });
    log.write(LINE);
    expect(await clock.run(log.close().then(() => 'ended'))).toBe('ended');
  });
});
