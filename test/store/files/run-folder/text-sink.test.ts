import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { goOverText } from '../../../../src/store/files/run-folder/text-sink.ts';
import type { ResultsSink } from '../../../../src/store/run-store.ts';

interface Stage {
  readonly sink: ResultsSink;
  readonly text: () => string;
}

async function over(before: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-text-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'results.partial.csv');
  writeFileSync(path, before);
  const sink = await goOverText(await realDisk.openForAppend(path), realDisk.read(path));
  return { sink, text: () => readFileSync(path, 'utf8') };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('results that are written over those of an earlier session', () => {
  it('keep the earlier rows where the session ends before it has come so far', async () => {
    const { sink, text } = await over('header\n1\n2\n3\n');
    await sink.write('header\n');
    expect(text()).toBe('header\n1\n2\n3\n');
    await sink.write('1\n');
    expect(sink.soFar()).toEqual({ bytes: 9, sha256: sha256('header\n1\n') });
    await sink.close();
    expect(text()).toBe('header\n1\n2\n3\n');
  });

  it('go on behind them, through a line that was cut off', async () => {
    const { sink, text } = await over('header\n1\n2');
    for (const line of ['header\n', '1\n', '22\n', '3\n']) await sink.write(line);
    expect(sink.soFar()).toEqual({ bytes: 14, sha256: sha256('header\n1\n22\n3\n') });
    expect(await sink.finish()).toBe(sha256('header\n1\n22\n3\n'));
    await sink.close();
    expect(text()).toBe('header\n1\n22\n3\n');
  });

  it('take the place of all that differs, from the first byte that does', async () => {
    const { sink, text } = await over('header\n1\n2\n3\n');
    await sink.write('header\n');
    await sink.write('other\n');
    expect(text()).toBe('header\nother\n');
    await sink.write('2\n');
    await sink.close();
    expect(text()).toBe('header\nother\n2\n');
  });

  it('have nothing behind their end once they are finished', async () => {
    const { sink, text } = await over('header\n1\n2\n3\n');
    await sink.write('header\n1\n');
    expect(await sink.finish()).toBe(sha256('header\n1\n'));
    expect(text()).toBe('header\n1\n');
    await sink.close();
  });

  it('begin in an empty file', async () => {
    const { sink, text } = await over('');
    await sink.write('header\n');
    expect(await sink.finish()).toBe(sha256('header\n'));
    await sink.close();
    expect(text()).toBe('header\n');
  });
});
