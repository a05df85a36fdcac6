import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ROW_STATUSES } from '../../../src/model/outcome.ts';
import { makeContext, type FakeContext } from '../fake-context.ts';

const PEOPLE = ['Opportunity ID,Entity ID', 'O1,S-0000001', 'O2,S-0000002', 'O2,S-0000002', 'O3,x', ''];

function schema(name: string): {
  readonly $defs: { readonly status?: { readonly enum: readonly string[] } };
} {
  const path = resolve(import.meta.dirname, '../../../schemas', `${name}.schema.json`);
  // A file of ours, whose shape the compiler of schemas looks at.
  return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof schema>;
}

const isSummary = new Ajv2020().compile(schema('summary'));
const isStatus = new Ajv2020().compile(schema('status'));

function expectValid(text: string, validate: ValidateFunction): void {
  expect(validate(JSON.parse(text)), `${JSON.stringify(validate.errors)} in ${text}`).toBe(true);
}

interface Stage extends FakeContext {
  /** Runs a command on people.csv, and gives what it printed. */
  readonly printed: (command: string, ...options: readonly string[]) => Promise<string>;
  readonly status: (...words: readonly string[]) => Promise<string>;
}

function stage(): Stage {
  const context = makeContext();
  context.write('people.csv', PEOPLE.join('\n'));
  const out = async (...words: readonly string[]): Promise<string> => (await context.end(...words)).out;
  return {
    ...context,
    printed: (command, ...options) =>
      out(command, context.at('people.csv'), '--emulator', '--json', ...options),
    status: (...words) => out('status', context.at('people.results.csv'), '--json', ...words),
  };
}

describe('what scripts read is as its schema has it', () => {
  it('of a run that stops, goes on, finishes, and was finished', async () => {
    const { printed, status, read } = stage();
    for (const [options, state] of [
      [['--limit', '1'], 'stopped'],
      [[], 'finished'],
      [[], 'finished'],
    ] as const) {
      expectValid(await printed('disassociate', ...options), isSummary);
      const text = await status();
      expectValid(text, isStatus);
      expect(JSON.parse(text)).toMatchObject({ state });
    }
    expectValid(await status('--verify'), isStatus);
    expectValid(read('people.results.summary.json'), isSummary);
  });

  it('of a run under way', async () => {
    const { printed, status, context, at } = stage();
    const running = printed('disassociate', '--real-time');
    while ((await context.runs.record(at('people.results.csv')).catch(() => undefined)) === undefined) {
      await new Promise(setImmediate);
    }
    const text = await status();
    await running;
    expectValid(text, isStatus);
    expect(JSON.parse(text)).toMatchObject({ state: 'running' });
  });

  it('of a plan, of an undo, and of results whose folder is gone', async () => {
    const { printed, status, at, end, read } = stage();
    expectValid(await printed('plan'), isSummary);
    await printed('disassociate');
    expectValid((await end('undo', at('people.results.csv'), '--emulator', '--json')).out, isSummary);
    const undone = await status();
    expectValid(undone, isStatus);
    expect(JSON.parse(undone)).toMatchObject({
      takenBack: [{ results: at('people.undo.csv'), rows: 2, writes: 2 }],
    });
    expectValid(read('people.plan.summary.json'), isSummary);
    rmSync(at('people.oppsweep'), { recursive: true });
    const text = await status();
    expectValid(text, isStatus);
    expect(JSON.parse(text)).not.toHaveProperty('job');
  });

  it('of a run whose journal was cut, which has no count of it', async () => {
    const { printed, status, read, write } = stage();
    await printed('disassociate');
    const journal = 'people.oppsweep/journal.jsonl';
    write(journal, read(journal).split('\n').slice(0, -3).join('\n').concat('\n'));
    const text = await status();
    expectValid(text, isStatus);
    const told = JSON.parse(text) as object;
    expect(told).toHaveProperty('journalFault');
    expect(isStatus({ ...told, settled: { rows: 0, byStatus: {}, byException: {}, attempts: 0 } })).toBe(
      false,
    );
  });

  it('and each status of a row is known to it', () => {
    for (const name of ['summary', 'status']) {
      expect(schema(name).$defs.status?.enum.toSorted()).toEqual([...ROW_STATUSES].toSorted());
    }
  });

  it('refuses what is none', () => {
    expect(isSummary({ version: 1 })).toBe(false);
    expect(isStatus({ version: 1, state: 'asleep' })).toBe(false);
  });
});
