import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RunError } from '../../../../src/model/run-error.ts';
import { openRun } from '../../../../src/store/files/run-folder/open-run.ts';
import { encodeLine } from '../../../../src/store/journal-line.ts';
import { doneEntry, tryEntry } from '../../../results/samples.ts';
import { DEPS, INPUT, refusal, setOpenStage, type OpenStage } from './open-run-stage.ts';

let stage: OpenStage;

beforeEach(() => {
  stage = setOpenStage();
});

describe('openRun', () => {
  describe('refuses to go on', () => {
    it('with an input that has changed, and names both ways out', async () => {
      await stage.begin();
      const opening = stage.open({ input: `${INPUT}O2,S-0000002\n` });
      await expect(opening).rejects.toMatchObject({
        ...refusal('input_changed', 'people.csv has changed'),
        advice: { code: 'use_copy_or_begin_again' },
      });
    });

    it.each([
      [
        'another value',
        { command: 'disassociate', catalog: 'AWS' },
        'catalog Sandbox, and this command says AWS',
      ],
      ['one more', { command: 'disassociate', catalog: 'Sandbox', split: 'true' }, 'split none'],
      ['one less', { command: 'disassociate' }, 'this command says none'],
    ])('with other terms: %s', async (_what, terms: Record<string, string>, message) => {
      await stage.begin();
      await expect(stage.open({ terms })).rejects.toMatchObject(refusal('usage', message));
    });

    it('with a copy of the input that was changed', async () => {
      await stage.begin();
      writeFileSync(stage.paths.inputCopy, INPUT.replace('O1', 'O9'));
      await expect(stage.open()).rejects.toMatchObject(refusal('state_damaged', 'copy of its input'));
      await expect(stage.open({ input: null })).rejects.toMatchObject(
        refusal('state_damaged', 'copy of its input'),
      );
    });

    it('with a journal that is damaged in its middle', async () => {
      const { job } = await stage.begin(tryEntry(0), doneEntry(0));
      const startByte = encodeLine(job).length;
      const bytes = readFileSync(stage.paths.journal);
      bytes[startByte + 12] = 0x00;
      writeFileSync(stage.paths.journal, bytes);
      await expect(stage.open()).rejects.toMatchObject(
        refusal('state_damaged', `damaged at byte ${startByte},`),
      );
    });

    it('with a copy of the input that is gone', async () => {
      await stage.begin();
      rmSync(stage.paths.inputCopy);
      await expect(stage.open()).rejects.toMatchObject(
        refusal('state_damaged', /copy of its input, .*, is gone/),
      );
    });

    it.each([
      ['without a journal', () => rmSync(stage.paths.journal)],
      ['with an empty journal', () => writeFileSync(stage.paths.journal, '')],
      [
        'with a journal of which no line can be read',
        () => writeFileSync(stage.paths.journal, 'not a line of ours\n'),
      ],
    ])('%s, since what the run did is then not known', async (_what, damage) => {
      await stage.begin(tryEntry(0), doneEntry(0));
      writeFileSync(stage.paths.partialResults, 'a header\n');
      damage();
      await expect(stage.open()).rejects.toMatchObject(
        refusal('state_damaged', 'what the run did is not known'),
      );
      expect(readFileSync(stage.paths.partialResults, 'utf8')).toBe('a header\n');
      expect(readFileSync(stage.paths.inputCopy, 'utf8')).toBe(INPUT);
    });

    it('and leaves everything as it was', async () => {
      await stage.begin(tryEntry(0), doneEntry(0));
      const before = readdirSync(stage.paths.folder).map((name) => [
        name,
        readFileSync(join(stage.paths.folder, name)),
      ]);
      await expect(stage.open({ input: 'other' })).rejects.toThrow(RunError);
      await expect(stage.open({ terms: {} })).rejects.toThrow(RunError);
      const after = readdirSync(stage.paths.folder).map((name) => [
        name,
        readFileSync(join(stage.paths.folder, name)),
      ]);
      expect(after).toEqual(before);
    });
  });

  describe('with --use-copy', () => {
    it('goes on with the copy, whatever became of the input', async () => {
      const { job } = await stage.begin();
      const run = await stage.open({ input: null });
      expect(run.job).toEqual(job);
      await run.release(true);
    });

    it('refuses the copy of a file of another name, as where two runs’ folders were swapped', async () => {
      await stage.begin();
      await expect(stage.open({ input: null, inputName: 'in/others.csv' })).rejects.toMatchObject(
        refusal('input_changed', 'is that of people.csv, and this command names in/others.csv'),
      );
    });

    it('refuses where there is no run', async () => {
      await expect(stage.open({ input: null })).rejects.toMatchObject(
        refusal('input_unreadable', 'no run in'),
      );
      expect(readdirSync(stage.folder)).toEqual([]);
    });
  });

  describe('with results in its place', () => {
    it('refuses to begin, lets the input go, and leaves nothing behind', async () => {
      writeFileSync(stage.paths.results, 'precious');
      let closed = false;
      async function* input(): AsyncGenerator<Uint8Array> {
        try {
          yield Buffer.from(INPUT);
          yield Buffer.from('more');
        } finally {
          closed = true;
        }
      }
      const { results: name } = stage.paths;
      const terms = { name, inputName: 'people.csv', terms: {}, tool: '', restart: false, purpose: '' };
      const opening = openRun({ ...terms, inputBytes: input() }, DEPS, () => undefined);
      await expect(opening).rejects.toMatchObject(refusal('results_exist', 'exists already'));
      expect([closed, readdirSync(stage.folder)]).toEqual([true, ['people.results.csv']]);
    });

    it('refuses to begin in the folder of a run whose beginning was cut off', async () => {
      mkdirSync(stage.paths.folder);
      writeFileSync(stage.paths.results, 'precious');
      await expect(stage.open()).rejects.toMatchObject(refusal('results_exist', 'exists already'));
      expect(readFileSync(stage.paths.results, 'utf8')).toBe('precious');
    });

    it('sets them aside with --restart once the run begins, and no sooner', async () => {
      writeFileSync(stage.paths.results, 'precious');
      const told: string[] = [];
      const restart = { restart: true, told: (names: readonly string[]) => void told.push(...names) };
      await (await stage.open(restart)).release(false);
      expect([told, readdirSync(stage.folder)]).toEqual([[], ['people.results.csv']]);
      const run = await stage.open(restart);
      await run.takePlace();
      const dated = join(stage.folder, 'people.2025-01-31T12-00-00Z.results.csv');
      expect([told, readFileSync(dated, 'utf8')]).toEqual([[dated], 'precious']);
      await run.release(true);
    });
  });

  describe('with --restart', () => {
    const DATED = 'people.2025-01-31T12-00-00Z.oppsweep';

    it('sets the earlier run aside, and begins with the input as it is', async () => {
      const before = await stage.begin(tryEntry(0), doneEntry(0));
      const run = await stage.open({ restart: true, input: `${INPUT}O2,S-0000002\n`, terms: {} });
      await run.takePlace();
      expect(run.job.id).not.toBe(before.job.id);
      expect(run.state.settled.rows).toBe(0);
      expect(readFileSync(run.inputCopy(), 'utf8')).toContain('O2');
      expect(readdirSync(stage.paths.folder).toSorted()).toEqual(['input', 'lock']);
      expect(readdirSync(join(stage.folder, DATED)).toSorted()).toEqual(['input', 'journal.jsonl']);
      await run.release(true);
    });

    it('leaves the earlier run, its results and nothing else where the new one never begins', async () => {
      await stage.begin(tryEntry(0), doneEntry(0));
      writeFileSync(stage.paths.results, 'precious');
      const run = await stage.open({ restart: true, input: 'other' });
      expect(readdirSync(stage.folder).toSorted()).toEqual(['people.oppsweep', 'people.results.csv']);
      await run.release(false);
      expect(readdirSync(stage.paths.folder).toSorted()).toEqual(['input', 'journal.jsonl']);
      expect(readFileSync(stage.paths.inputCopy, 'utf8')).toBe(INPUT);
    });

    it('leaves all of it where there is no input to begin with', async () => {
      await stage.begin(tryEntry(0), doneEntry(0));
      await expect(stage.open({ restart: true, input: null })).rejects.toMatchObject({
        code: 'input_unreadable',
      });
      expect(readdirSync(stage.paths.folder).toSorted()).toEqual(['input', 'journal.jsonl']);
    });

    it('takes the place of a run whose journal is lost', async () => {
      await stage.begin(tryEntry(0));
      writeFileSync(stage.paths.journal, 'nonsense');
      writeFileSync(stage.paths.partialResults, 'row,status\n');
      const run = await stage.open({ restart: true });
      await run.takePlace();
      expect(readFileSync(join(stage.folder, DATED, 'journal.jsonl'), 'utf8')).toBe('nonsense');
      await run.release(true);
    });

    it('touches nothing before the input is known to be readable', async () => {
      await stage.begin(tryEntry(0));
      const failure = new RunError('input_unreadable', 'Gone.');
      const inputBytes = (async function* failing(): AsyncGenerator<Uint8Array> {
        yield* [];
        throw failure;
      })();
      const { results: name } = stage.paths;
      const terms = { name, inputName: 'people.csv', terms: {}, tool: '', restart: true, purpose: '' };
      const opening = openRun({ ...terms, inputBytes }, DEPS, () => undefined);
      await expect(opening).rejects.toBe(failure);
      expect(readdirSync(stage.folder)).toEqual(['people.oppsweep']);
    });
  });

  describe('refuses to begin', () => {
    it.each([
      ['of 255 bytes whose summary would have more', `${'a'.repeat(243)}.results.csv`],
      ['in letters of two bytes', `${'ü'.repeat(120)}.results.csv`],
      ['that is too long itself', `${'a'.repeat(300)}.csv`],
    ])('under a name %s, and leaves nothing', async (_what, name) => {
      const opening = stage.open({ name: join(stage.folder, name) });
      await expect(opening).rejects.toMatchObject({
        ...refusal('output_unwritable', 'nothing was sent'),
        advice: { code: 'name_shorter_output' },
      });
      expect(readdirSync(stage.folder)).toEqual([]);
    });

    it('under no name that fits, be it by a byte', async () => {
      const name = join(stage.folder, `${'a'.repeat(234)}.results.csv`);
      await (await stage.open({ name })).release(false);
      expect(readdirSync(stage.folder)).toEqual([]);
    });
  });
});
