import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { thisMachine, type Machine } from '../../../../src/disk/machine.ts';
import { RunError } from '../../../../src/model/run-error.ts';
import { encodeLine, type JournalEntry } from '../../../../src/store/journal-line.ts';
import { runPaths, type RunPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import {
  openRun,
  type FolderDependencies,
  type OpenRun,
} from '../../../../src/store/files/run-folder/open-run.ts';
import type { RunTerms } from '../../../../src/store/run-store.ts';
import { manualClock } from '../../../emulator/manual-clock.ts';
import { doneEntry, tryEntry } from '../../../results/samples.ts';
import { textWith } from '../../../text-with.ts';

const INPUT = 'Opportunity ID,Entity\nO1,S-0000001\n';

let folder: string;
let paths: RunPaths;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppsweep-open-'));
  paths = runPaths(join(folder, 'people.results.csv'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const DEPS: FolderDependencies = { disk: realDisk, machine: thisMachine, clock: manualClock() };

interface Opening extends Partial<Omit<RunTerms, 'inputBytes'>> {
  /** The input's content; `null` for none, as with `--use-copy`. */
  readonly input?: string | null;
  readonly deps?: Partial<FolderDependencies>;
  readonly told?: (setAside: readonly string[]) => void;
}

function open({ input = INPUT, deps, told = () => undefined, ...terms }: Opening = {}): Promise<OpenRun> {
  return openRun(
    {
      inputName: 'people.csv',
      inputBytes: input === null ? undefined : bytesOf(input),
      name: paths.results,
      terms: { command: 'disassociate', catalog: 'Sandbox' },
      tool: 'oppsweep 0.0.0',
      restart: false,
      purpose: 'oppsweep disassociate people.csv',
      ...terms,
    },
    { ...DEPS, ...deps },
    told,
  );
}

/** Begins a run as a session would, writes these entries, and lets go of it. */
async function begin(...entries: readonly JournalEntry[]): Promise<OpenRun> {
  const run = await open();
  writeFileSync(paths.journal, [run.job, ...entries].map(encodeLine).join(''));
  await run.release(true);
  return run;
}

const refusal = (code: string, message: string | RegExp): object => ({
  name: 'RunError',
  code,
  message: textWith(message),
});

describe('openRun', () => {
  it('begins a run with its own copy of the input', async () => {
    const run = await open();
    expect(run.job).toMatchObject({
      t: 'job',
      tool: 'oppsweep 0.0.0',
      input: { name: 'people.csv', bytes: INPUT.length },
      results: 'people.results.csv',
      terms: { command: 'disassociate', catalog: 'Sandbox' },
      at: '2025-01-31T12:00:00.000Z',
    });
    expect(run.state.job).toBeUndefined();
    expect(readFileSync(paths.inputCopy, 'utf8')).toBe(INPUT);
    await run.release(true);
  });

  it('goes on with a run, with what its journal says', async () => {
    const begun = await begin(tryEntry(0), doneEntry(0), tryEntry(1));
    const run = await open();
    expect(run.job).toEqual(begun.job);
    expect(run.state).toMatchObject({ job: begun.job, end: undefined, settled: { rows: 1 } });
    expect([...run.state.unsettled.keys()]).toEqual([1]);
    await run.release(true);
  });

  it('tells a finished run by its end', async () => {
    const tally = { rows: 1, byStatus: {}, byException: {}, attempts: 1 };
    await begin(doneEntry(0), { t: 'end', tally, resultsSha256: 'abc', at: '2025-01-31T13:00:00.000Z' });
    const run = await open();
    expect(run.state.end).toMatchObject({ resultsSha256: 'abc' });
    await run.release(true);
  });

  it.each(['', '\n', '\u0000\n\u0000'])(
    'begins anew where the first line was never written whole, and %j behind it',
    async (garbage) => {
      const { job } = await begin();
      writeFileSync(paths.journal, encodeLine(job).slice(0, -10) + garbage);
      const run = await open({ input: `${INPUT}O2,S-0000002\n` });
      expect(run).toMatchObject({ state: { job: undefined }, soundBytes: 0 });
      expect(run.job.id).not.toBe(job.id);
      expect(readFileSync(paths.inputCopy, 'utf8')).toBe(`${INPUT}O2,S-0000002\n`);
      await run.release(true);
    },
  );

  describe('refuses to go on', () => {
    it('with an input that has changed, and names both ways out', async () => {
      await begin();
      const opening = open({ input: `${INPUT}O2,S-0000002\n` });
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
      await begin();
      await expect(open({ terms })).rejects.toMatchObject(refusal('usage', message));
    });

    it('with a copy of the input that was changed', async () => {
      await begin();
      writeFileSync(paths.inputCopy, INPUT.replace('O1', 'O9'));
      await expect(open()).rejects.toMatchObject(refusal('state_damaged', 'copy of its input'));
      await expect(open({ input: null })).rejects.toMatchObject(
        refusal('state_damaged', 'copy of its input'),
      );
    });

    it('with a journal that is damaged in its middle', async () => {
      const { job } = await begin(tryEntry(0), doneEntry(0));
      const startByte = encodeLine(job).length;
      const bytes = readFileSync(paths.journal);
      bytes[startByte + 12] = 0x00;
      writeFileSync(paths.journal, bytes);
      await expect(open()).rejects.toMatchObject(refusal('state_damaged', `damaged at byte ${startByte},`));
    });

    it('with a copy of the input that is gone', async () => {
      await begin();
      rmSync(paths.inputCopy);
      await expect(open()).rejects.toMatchObject(refusal('state_damaged', /copy of its input, .*, is gone/));
    });

    it.each([
      ['without a journal', () => rmSync(paths.journal)],
      ['with an empty journal', () => writeFileSync(paths.journal, '')],
      [
        'with a journal of which no line can be read',
        () => writeFileSync(paths.journal, 'not a line of ours\n'),
      ],
    ])('%s, since what the run did is then not known', async (_what, damage) => {
      await begin(tryEntry(0), doneEntry(0));
      writeFileSync(paths.partialResults, 'a header\n');
      damage();
      await expect(open()).rejects.toMatchObject(refusal('state_damaged', 'what the run did is not known'));
      expect(readFileSync(paths.partialResults, 'utf8')).toBe('a header\n');
      expect(readFileSync(paths.inputCopy, 'utf8')).toBe(INPUT);
    });

    it('and leaves everything as it was', async () => {
      await begin(tryEntry(0), doneEntry(0));
      const before = readdirSync(paths.folder).map((name) => [name, readFileSync(join(paths.folder, name))]);
      await expect(open({ input: 'other' })).rejects.toThrow(RunError);
      await expect(open({ terms: {} })).rejects.toThrow(RunError);
      const after = readdirSync(paths.folder).map((name) => [name, readFileSync(join(paths.folder, name))]);
      expect(after).toEqual(before);
    });
  });

  describe('with --use-copy', () => {
    it('goes on with the copy, whatever became of the input', async () => {
      const { job } = await begin();
      const run = await open({ input: null });
      expect(run.job).toEqual(job);
      await run.release(true);
    });

    it('refuses where there is no run', async () => {
      await expect(open({ input: null })).rejects.toMatchObject(refusal('input_unreadable', 'no run in'));
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  describe('with results in its place', () => {
    it('refuses to begin, lets the input go, and leaves nothing behind', async () => {
      writeFileSync(paths.results, 'precious');
      let closed = false;
      async function* input(): AsyncGenerator<Uint8Array> {
        try {
          yield Buffer.from(INPUT);
          yield Buffer.from('more');
        } finally {
          closed = true;
        }
      }
      const { results: name } = paths;
      const terms = { name, inputName: 'people.csv', terms: {}, tool: '', restart: false, purpose: '' };
      const opening = openRun({ ...terms, inputBytes: input() }, DEPS, () => undefined);
      await expect(opening).rejects.toMatchObject(refusal('results_exist', 'exists already'));
      expect([closed, readdirSync(folder)]).toEqual([true, ['people.results.csv']]);
    });

    it('refuses to begin in the folder of a run whose beginning was cut off', async () => {
      mkdirSync(paths.folder);
      writeFileSync(paths.results, 'precious');
      await expect(open()).rejects.toMatchObject(refusal('results_exist', 'exists already'));
      expect(readFileSync(paths.results, 'utf8')).toBe('precious');
    });

    it('sets them aside with --restart, and tells so before anything else can go wrong', async () => {
      writeFileSync(paths.results, 'precious');
      const told: string[] = [];
      const run = await open({ restart: true, told: (names) => void told.push(...names) });
      const dated = join(folder, 'people.2025-01-31T12-00-00Z.results.csv');
      expect([told, readFileSync(dated, 'utf8')]).toEqual([[dated], 'precious']);
      await run.release(true);
    });
  });

  describe('with --restart', () => {
    it('sets the earlier run aside, and begins with the input as it is', async () => {
      const before = await begin(tryEntry(0), doneEntry(0));
      const run = await open({ restart: true, input: `${INPUT}O2,S-0000002\n`, terms: {} });
      expect(run.job.id).not.toBe(before.job.id);
      expect(run.state.settled.rows).toBe(0);
      expect(existsSync(join(folder, 'people.2025-01-31T12-00-00Z.oppsweep', 'journal.jsonl'))).toBe(true);
      await run.release(true);
    });

    it('touches nothing before the input is known to be readable', async () => {
      await begin(tryEntry(0));
      const failure = new RunError('input_unreadable', 'Gone.');
      const inputBytes = (async function* failing(): AsyncGenerator<Uint8Array> {
        yield* [];
        throw failure;
      })();
      const { results: name } = paths;
      const terms = { name, inputName: 'people.csv', terms: {}, tool: '', restart: true, purpose: '' };
      const opening = openRun({ ...terms, inputBytes }, DEPS, () => undefined);
      await expect(opening).rejects.toBe(failure);
      expect(readdirSync(folder)).toEqual(['people.oppsweep']);
    });
  });

  describe('held by another process', () => {
    it('is refused, with who holds it since when; --restart does not take it away', async () => {
      const held = await open();
      for (const restart of [false, true]) {
        await expect(open({ restart })).rejects.toMatchObject(
          refusal('run_held', `process ${process.pid} on ${thisMachine.host} since 2025-01-31T12:00:00.000Z`),
        );
      }
      await held.release(true);
      await (await open()).release(true);
    });

    it('that is gone is no obstacle', async () => {
      await open();
      const machine: Machine = { ...thisMachine, processState: async () => ({ alive: false }) };
      const run = await open({ deps: { machine } });
      await run.release(true);
      expect(readdirSync(paths.folder)).toEqual(['input']);
    });
  });

  describe('let go of', () => {
    it('before its first line leaves nothing behind', async () => {
      const run = await open();
      await run.release(false);
      expect(readdirSync(folder)).toEqual([]);
    });

    it('before its first line leaves what is not its own', async () => {
      mkdirSync(paths.folder);
      writeFileSync(join(paths.folder, 'notes.txt'), 'mine');
      const run = await open();
      await run.release(false);
      expect(readdirSync(paths.folder)).toEqual(['notes.txt']);
    });

    it('after it keeps everything but the lock', async () => {
      const run = await open();
      await run.release(true);
      expect(readdirSync(paths.folder)).toEqual(['input']);
    });
  });

  it('says that a folder can’t be made, and where to name another', async () => {
    writeFileSync(paths.folder, 'a file in its place');
    await expect(open()).rejects.toMatchObject({
      ...refusal('output_unwritable', 'could not be made'),
      advice: { code: 'name_writable_output' },
    });
  });
});
