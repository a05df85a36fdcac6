import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeLine } from '../../src/store/journal-line.ts';
import { makeContext, type FakeContext } from './fake-context.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/0.1.0');

/** What 0.1.0 left, in a folder of the test's own. */
function left(what: 'stopped' | 'finished' | 'replacement' | 'plan'): FakeContext {
  const context = makeContext();
  cpSync(join(FIXTURES, what), context.at('.'), { recursive: true });
  return context;
}

/** Row number and status of each line of results; no cell of these files has a comma before them but the notes. */
function statusesIn(results: string): readonly string[] {
  const lines = results.trimEnd().split('\n').slice(1);
  return lines.map((line) => /,(\d+),([a-z_]+),/.exec(line)?.slice(1, 3).join(' ') ?? line);
}

describe('a stopped run of 0.1.0', () => {
  it('is told by status: what is done, what is in doubt', async () => {
    const { run, at, said } = left('stopped');
    await run('status', at('people.oppsweep'), '--json');
    expect(JSON.parse(said().out)).toMatchObject({
      state: 'stopped',
      settled: { rows: 5 },
      inDoubt: 1,
      rowsToRun: 12,
      job: { tool: 'oppsweep 0.1.0' },
    });
  });

  it('goes on to its end, behind the lines that stand there', async () => {
    const { run, at, read } = left('stopped');
    const before = read('people.oppsweep/journal.jsonl');
    await run('disassociate', at('people.csv'), '--emulator', '--rate', 'unlimited', '--quiet');
    const statuses = statusesIn(read('people.results.csv'));
    expect(statuses.slice(0, 12)).toEqual(
      Array.from({ length: 12 }, (_, index) => `${index + 2} disassociated`),
    );
    expect(statuses.slice(12)).toEqual(['14 duplicate', '15 invalid']);
    const journal = read('people.oppsweep/journal.jsonl');
    expect(journal.startsWith(before)).toBe(true);
    expect(decodeLine(journal.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ t: 'end' });
    const [id = 'no id'] = /"requestIds":\["([^"]+)"/.exec(before)?.slice(1) ?? [];
    expect(read('people.results.csv')).toContain(id);
  });

  it('is gone on with under its own terms alone', async () => {
    const { end, at } = left('stopped');
    const ended = await end('disassociate', at('people.csv'), '--emulator', '--split');
    expect([ended.code, ended.err]).toEqual([
      2,
      expect.stringContaining('was begun with split false') as string,
    ]);
  });
});

describe('a finished run of 0.1.0', () => {
  it('is told by status, and verified', async () => {
    const { run, at, said } = left('finished');
    await run('status', at('people.results.csv'), '--verify', '--json');
    const status = JSON.parse(said().out) as {
      readonly verification: { readonly checks: readonly object[] };
    };
    expect(status).toMatchObject({
      state: 'finished',
      end: { tally: { rows: 7, byStatus: { disassociated: 3 } } },
      verification: { sound: true },
    });
    expect(status.verification.checks.length).toBeGreaterThanOrEqual(6);
  });

  it('has results that are run again', async () => {
    const { run, at, read } = left('finished');
    const again = ['disassociate', at('people.results.csv'), '--only', 'failed', '--emulator'] as const;
    await run(...again, '--rate', 'unlimited', '--quiet');
    expect(statusesIn(read('people.again.results.csv'))).toEqual([
      '2 disassociated',
      '3 disassociated',
      '4 already_absent',
      '5 duplicate',
      '6 invalid',
      '7 disassociated',
      '8 disassociated',
    ]);
  });

  it('is undone: what it replaced comes back', async () => {
    const { run, at, write, read } = left('replacement');
    const after = ['O3001,Solutions,S-0000011', 'O3002,Solutions,S-0000012', 'O3003,Solutions,S-0000004'];
    write('after.csv', ['Opportunity ID,Entity Type,Entity ID', ...after, ''].join('\n'));
    const undo = ['undo', at('done.csv'), '--emulator-state', at('after.csv')] as const;
    await run(...undo, '--rate', 'unlimited', '--quiet');
    const undone = read('done.undo.csv').trimEnd().split('\n').slice(1);
    expect(undone.map((line) => line.split(',').slice(3, 6).join(' '))).toEqual(
      expect.arrayContaining(['O3003 Solutions S-0000003', 'O3001 Solutions S-0000011']) as string[],
    );
    expect(statusesIn(read('done.undo.csv')).map((line) => line.split(' ')[1])).toEqual(
      expect.arrayContaining(['associated', 'replaced']) as string[],
    );
  });
});

describe('a plan of 0.1.0', () => {
  it('is told by status, and is an input of a run', async () => {
    const { run, at, said, read } = left('plan');
    await run('status', at('people.plan.csv'), '--json');
    expect(JSON.parse(said().out)).toMatchObject({
      state: 'finished',
      end: { tally: { plan: { writesNeeded: 4 } } },
    });
    await run('disassociate', at('people.plan.csv'), '--emulator', '--rate', 'unlimited', '--quiet');
    expect(statusesIn(read('people.planned.results.csv'))).toEqual([
      '2 replaced',
      '3 replaced',
      '4 disassociated',
    ]);
  });
});

it('what 0.1.0 left is to the byte as it was', () => {
  const journal = readFileSync(join(FIXTURES, 'stopped/people.oppsweep/journal.jsonl'), 'utf8');
  for (const line of journal.trimEnd().split('\n')) expect(decodeLine(line)).toBeDefined();
});
