import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeLine } from '../../../../src/store/journal-line.ts';
import { JOB } from '../../../results/samples.ts';
import { INPUT, refusal, setOpenStage, type OpenStage } from './open-run-stage.ts';

let stage: OpenStage;

beforeEach(() => {
  stage = setOpenStage();
});

describe('a folder of the run’s name that somebody else made', () => {
  it.each(['input', 'journal.jsonl'])('keeps its %s, and no run is begun in it', async (name) => {
    mkdirSync(stage.paths.folder);
    const path = join(stage.paths.folder, name);
    writeFileSync(path, 'precious');
    await expect(stage.open()).rejects.toMatchObject(
      refusal('results_exist', `${path} is a file that no run`),
    );
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it.each(['input', 'journal.jsonl'])(
    'has its %s neither read nor written where that is a link',
    async (name) => {
      mkdirSync(stage.paths.folder);
      const elsewhere = join(stage.folder, 'elsewhere');
      const content = name === 'journal.jsonl' ? encodeLine(JOB) : 'precious';
      writeFileSync(elsewhere, content);
      symlinkSync(elsewhere, join(stage.paths.folder, name));
      await expect(stage.open()).rejects.toMatchObject(refusal('results_exist', 'is a link or a folder'));
      expect(readFileSync(elsewhere, 'utf8')).toBe(content);
    },
  );

  it('lends its name to a new run only where nothing in it is in the way', async () => {
    mkdirSync(stage.paths.folder);
    writeFileSync(join(stage.paths.folder, 'notes.txt'), 'mine');
    await (await stage.open()).release(true);
    expect(readFileSync(stage.paths.inputCopy, 'utf8')).toBe(INPUT);
    expect(readFileSync(join(stage.paths.folder, 'notes.txt'), 'utf8')).toBe('mine');
  });
});

describe('a run’s folder', () => {
  it('is its owner’s alone, and what it holds may be read by whom the input may be read by', async () => {
    const run = await stage.open({ inputPermissions: 0o600 });
    expect(statSync(stage.paths.folder).mode & 0o777).toBe(0o700);
    expect(statSync(stage.paths.inputCopy).mode & 0o777).toBe(0o600);
    expect(run.permissions).toBe(0o600);
    await run.release(true);
  });
});
