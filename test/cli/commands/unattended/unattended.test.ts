import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../src/cli/program.ts';
import { systemClock } from '../../../../src/disk/system-clock.ts';
import { makeContext, type FakeContext } from '../../fake-context.ts';

const ROWS = 'Opportunity ID,Entity ID\nO1,S-0000001\nO2,S-0000002\n';

function withRows(): FakeContext {
  const context = makeContext();
  context.write('people.csv', ROWS);
  return context;
}

describe('a run that nobody watches', () => {
  it('keeps a dated log of all that it says, with --quiet too, and appends to it', async () => {
    const { at, end, read } = withRows();
    const run = ['disassociate', at('people.csv'), '--emulator', '--quiet', '--log-file', at('run.log')];
    expect(await end(...run)).toEqual({ code: 0, out: '', err: '' });
    const first = read('run.log');
    for (const line of first.trimEnd().split('\n'))
      expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}/);
    expect(first).toContain('Finished: 2 rows read');
    expect(first).toContain('2 valid');
    expect((await end(...run)).code).toBe(0);
    const both = read('run.log');
    expect(both.startsWith(first)).toBe(true);
    expect(both.slice(first.length)).toContain('This run is finished since');
  });

  it('is not begun where its log can’t be kept, and leaves the file as it was', async () => {
    const { at, end, read } = withRows();
    const run = await end('disassociate', at('people.csv'), '--emulator', '--log-file', at('people.csv'));
    expect(run.code).toBe(2);
    expect(run.err).toContain('is no log of this program in the format text');
    expect(run.err).toContain('--log-file');
    expect(read('people.csv')).toBe(ROWS);
    expect(existsSync(at('people.oppsweep'))).toBe(false);
  });

  it.each(['people.results.csv', 'people.results.summary.json'])(
    'is not begun where its log has the name of its own %s, and makes no file there',
    async (name) => {
      const { at, end } = withRows();
      const run = await end('disassociate', at('people.csv'), '--emulator', '--log-file', at(name));
      expect(run.code).toBe(2);
      expect(run.err).toContain('has the name of what the run itself writes');
      expect(existsSync(at(name))).toBe(false);
    },
  );

  it('tells its log what kept it from beginning', async () => {
    const { at, end, read } = withRows();
    const run = ['disassociate', at('people.csv'), '--log-file', at('run.log'), '--log-format', 'json'];
    expect((await end(...run)).code).toBe(2);
    const records = read('run.log')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(records.at(-1)).toMatchObject({ event: 'stopped', reason: 'usage', exitCode: 2 });
  });
});

it('--real-time without a rehearsal is refused, with what to do', async () => {
  const { at, end } = withRows();
  const run = await end('disassociate', at('people.csv'), '--catalog', 'Sandbox', '--real-time');
  expect(run.code).toBe(2);
  expect(run.err).toContain('--real-time keeps the pace of a rehearsal');
  expect(run.err).toContain('rehearse with --emulator');
});

it('--log-format without a log is refused, with what to do, and nothing is begun', async () => {
  const { at, end } = withRows();
  const run = await end('disassociate', at('people.csv'), '--emulator', '--log-format', 'json');
  expect(run.code).toBe(2);
  expect(run.err).toContain('--log-file run.log');
  expect(existsSync(at('people.oppsweep'))).toBe(false);
});

describe('status --watch', () => {
  it.each(['by its name', 'as the only one under way'])('follows a run %s to its end', async (meant) => {
    const { at, context, run, write } = makeContext();
    write(
      'people.csv',
      `Opportunity ID,Entity ID\n${[1, 2, 3, 4, 5].map((n) => `O${n},S-000000${n}\n`).join('')}`,
    );
    const began = run(
      'disassociate',
      at('people.csv'),
      '--emulator',
      '--real-time',
      '--rate',
      '4',
      '--quiet',
    );
    const results = at('people.results.csv');
    while ((await context.runs.record(results).catch(() => undefined)) === undefined) {
      await new Promise(setImmediate);
    }
    let out = '';
    const watching = runProgram({
      ...context,
      runs: { ...context.runs, list: async () => [at('finished.csv'), results] },
      terminal: { ...context.terminal, out: (text) => (out += text), tell: (text) => (out += text) },
      clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 100, signal) },
      args: ['status', ...(meant === 'by its name' ? [results] : []), '--watch'],
    });
    expect(await began).toBe(0);
    expect(await watching).toBe(0);
    expect(out).toMatch(/^\d{4}-\S+Z {2}running · a rehearsal · \d of 5 valid rows done/);
    expect(out).toMatch(/finished .*\d\d:\d\d UTC/);
  });

  it('is refused where no run is under way, and beside --verify', async () => {
    const { at, end } = withRows();
    const none = await end('status', '--watch');
    expect(none.code).toBe(2);
    expect(none.err).toContain('no run is under way here');
    expect(await end('status', at('people.results.csv'), '--watch', '--verify')).toMatchObject({ code: 2 });
  });
});

it('an input that can be read once only, as a pipe with a name, is read as it comes', async () => {
  const { at, end } = makeContext();
  execFileSync('mkfifo', [at('pipe')]);
  const run = end('disassociate', at('pipe'), '--emulator', '-o', at('done.csv'));
  const [ended] = await Promise.all([run, writeFile(at('pipe'), ROWS)]);
  expect(ended.code).toBe(0);
  expect(ended.err).toContain('2  disassociated');
});
