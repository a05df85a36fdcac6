import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { thisMachine, type Machine } from '../../../../src/disk/machine.ts';
import { encodeLine } from '../../../../src/store/journal-line.ts';
import { doneEntry, tryEntry } from '../../../results/samples.ts';
import { INPUT, refusal, setOpenStage, type OpenStage } from './open-run-stage.ts';

let stage: OpenStage;

beforeEach(() => {
  stage = setOpenStage();
});

describe('openRun', () => {
  it('begins a run with its own copy of the input', async () => {
    const run = await stage.open();
    expect(run.job).toMatchObject({
      t: 'job',
      tool: 'oppsweep 0.0.0',
      input: { name: 'people.csv', bytes: INPUT.length },
      results: 'people.results.csv',
      terms: { command: 'disassociate', catalog: 'Sandbox' },
      at: '2025-01-31T12:00:00.000Z',
    });
    expect(run.state.job).toBeUndefined();
    expect(readFileSync(stage.paths.inputCopy, 'utf8')).toBe(INPUT);
    await run.release(true);
  });

  it('goes on with a run, with what its journal says', async () => {
    const begun = await stage.begin(tryEntry(0), doneEntry(0), tryEntry(1));
    const run = await stage.open();
    expect(run.job).toEqual(begun.job);
    expect(run.state).toMatchObject({ job: begun.job, end: undefined, settled: { rows: 1 } });
    expect([...run.state.unsettled.keys()]).toEqual([1]);
    await run.release(true);
  });

  it('tells a finished run by its end', async () => {
    const tally = { rows: 1, byStatus: {}, byException: {}, attempts: 1 };
    await stage.begin(doneEntry(0), {
      t: 'end',
      tally,
      resultsSha256: 'abc',
      at: '2025-01-31T13:00:00.000Z',
    });
    const run = await stage.open();
    expect(run.state.end).toMatchObject({ resultsSha256: 'abc' });
    await run.release(true);
  });

  it.each(['', '\n', '\u0000\n\u0000'])(
    'begins anew where the first line was never written whole, and %j behind it',
    async (garbage) => {
      const { job } = await stage.begin();
      writeFileSync(stage.paths.journal, encodeLine(job).slice(0, -10) + garbage);
      const run = await stage.open({ input: `${INPUT}O2,S-0000002\n` });
      expect(run).toMatchObject({ state: { job: undefined }, soundBytes: 0 });
      expect(run.job.id).not.toBe(job.id);
      expect(readFileSync(stage.paths.inputCopy, 'utf8')).toBe(`${INPUT}O2,S-0000002\n`);
      await run.release(true);
    },
  );

  describe('held by another process', () => {
    it('is refused, with who holds it since when; --restart does not take it away', async () => {
      const held = await stage.open();
      for (const restart of [false, true]) {
        await expect(stage.open({ restart })).rejects.toMatchObject(
          refusal('run_held', `process ${process.pid} on ${thisMachine.host} since 2025-01-31T12:00:00.000Z`),
        );
      }
      await held.release(false);
      await (await stage.open()).release(false);
    });

    it('that is gone is no obstacle', async () => {
      await stage.open();
      const machine: Machine = { ...thisMachine, processState: async () => ({ alive: false }) };
      const run = await stage.open({ deps: { machine } });
      await run.release(true);
      expect(readdirSync(stage.paths.folder)).toEqual(['input']);
    });
  });

  describe('let go of', () => {
    it('before its first line leaves nothing behind', async () => {
      const run = await stage.open();
      await run.release(false);
      expect(readdirSync(stage.folder)).toEqual([]);
    });

    it('before its first line leaves what is not its own', async () => {
      mkdirSync(stage.paths.folder);
      writeFileSync(join(stage.paths.folder, 'notes.txt'), 'mine');
      const run = await stage.open();
      await run.release(false);
      expect(readdirSync(stage.paths.folder)).toEqual(['notes.txt']);
    });

    it('after it keeps everything but the lock', async () => {
      const run = await stage.open();
      await run.release(true);
      expect(readdirSync(stage.paths.folder)).toEqual(['input']);
    });
  });

  it('says that a folder can’t be made, and where to name another', async () => {
    writeFileSync(stage.paths.folder, 'a file in its place');
    await expect(stage.open()).rejects.toMatchObject({
      ...refusal('output_unwritable', 'could not be made'),
      advice: { code: 'name_writable_output' },
    });
  });
});
