import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Command } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addRunFlags, type RunFlags } from '../../../src/cli/options/run-flags.ts';
import { openOutlets, type RunOutlets } from '../../../src/cli/screen/run-outlets.ts';
import { RunError } from '../../../src/model/run-error.ts';
import type { RunProgress } from '../../../src/run/progress.ts';
import { createVirtualClock, type VirtualClock } from '../../pace/virtual-clock.ts';
import { contextThatHears } from '../fake-context.ts';

const SCHEMA: unknown = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../schemas/run-event.schema.json'), 'utf8'),
);
const RUN = { command: 'disassociate', input: 'people.csv' };
const HOUR_MS = 3_600_000;

interface Stage {
  readonly outlets: RunOutlets;
  readonly clock: VirtualClock;
  readonly said: () => string;
  readonly log: () => string;
  /** What the shell line was given, a line each. */
  readonly heard: () => readonly Record<string, unknown>[];
}

async function stage(...options: readonly string[]): Promise<Stage> {
  const path = mkdtempSync(join(tmpdir(), 'oppsweep-outlets-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const clock = createVirtualClock();
  let said = '';
  const hears = contextThatHears({ out: () => undefined, err: (text) => (said += text) });
  const env = { PATH: process.env['PATH'], OUT: join(path, 'heard') };
  const context = { ...hears, clock, terminal: { ...hears.terminal, env } };
  const words = options.map((word) => word.replace('LOG', join(path, 'run.log')));
  const flags: RunFlags = addRunFlags(new Command()).parse(words, { from: 'user' }).opts();
  return {
    outlets: await openOutlets(RUN, flags, context),
    clock,
    said: () => said,
    log: () => readFileSync(join(path, 'run.log'), 'utf8'),
    heard: () => recordsOf(readFileSync(join(path, 'heard'), 'utf8')),
  };
}

/** Each of them as the schema has it. */
function recordsOf(text: string): readonly Record<string, unknown>[] {
  const validate = new Ajv2020().compile(SCHEMA as object);
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const record = JSON.parse(line) as Record<string, unknown>;
      expect(validate(record), `${JSON.stringify(validate.errors)} in ${line}`).toBe(true);
      return record;
    });
}

function progressOf(clock: VirtualClock, waitsUntilMs: number): RunProgress {
  const waits = clock.wallMs() < waitsUntilMs;
  return {
    rows: 50,
    settled: { rows: 10, byStatus: { disassociated: 9, failed: 1 }, byException: {}, attempts: 10 },
    rowsLeft: 40,
    rowsAhead: 40,
    callsLeft: 40,
    expectedFinishMs: waitsUntilMs + HOUR_MS,
    pace: {
      usedInDay: 10,
      leftInDay: waits ? 0 : 40,
      throttled: { count: 0 },
      callsPerSecond: 1,
      ...(waits && { paused: { untilMs: waitsUntilMs, why: 'daily_quota' } }),
    },
  };
}

const HEAR = ['--on-event', 'cat >>"$OUT"'];

describe('the outlets of a run', () => {
  it('tell a shell line of its events, in their order, each as the schema has it', async () => {
    const { outlets, clock, heard } = await stage(...HEAR);
    const caller = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/anna' };
    outlets.concerns({ results: 'people.results.csv', catalog: 'AWS', endpoint: 'https://127.0.0.1' });
    outlets.concerns({ caller });
    const untilMs = clock.wallMs() + HOUR_MS;
    outlets.began(() => progressOf(clock, untilMs), 'Catalog Sandbox: 50 rows to send.');
    await clock.run(clock.sleep(2 * HOUR_MS));
    outlets.event('outage', 'No usable answer from the service.');
    outlets.ended({ message: 'Finished: 50 rows.', exitCode: 1 });
    await outlets.close();
    const records = heard();
    expect(records.map(({ event }) => event)).toEqual([
      'started',
      'quota_reached',
      'quota_free',
      'outage',
      'finished',
    ]);
    expect(records[1]).toMatchObject({
      ...RUN,
      version: 1,
      results: 'people.results.csv',
      waitsUntil: new Date(untilMs).toISOString(),
      rows: { total: 50, settled: 10, left: 40, byStatus: { disassociated: 9, failed: 1 } },
      quota: { usedInDay: 10, leftInDay: 0 },
      message: expect.stringContaining('waits for quota, until') as string,
    });
    for (const record of records)
      expect(record).toMatchObject({ catalog: 'AWS', endpoint: 'https://127.0.0.1', caller });
    expect(records.map((record) => 'expectedFinish' in record)).toEqual([true, true, true, true, false]);
    expect(records.at(-1)).toMatchObject({ exitCode: 1, message: 'Finished: 50 rows.' });
  });

  it('tell no finish while the service is away, and none of a run that stopped in a wait', async () => {
    const { outlets, clock, heard } = await stage(...HEAR);
    const untilMs = clock.wallMs() + HOUR_MS;
    let awaited: RunProgress['awaited'] = { what: 'service', sinceMs: clock.wallMs(), untilMs };
    outlets.began(() => ({ ...progressOf(clock, untilMs), awaited }), 'Catalog Sandbox: 50 rows to send.');
    outlets.event('outage', 'Away.');
    awaited = undefined;
    outlets.ended({ reason: 'terminated', message: 'Stopped.', exitCode: 143 });
    await outlets.close();
    const told = heard().filter(({ event }) => event === 'outage' || event === 'stopped');
    expect(told.map((one) => ['expectedFinish' in one, one['waitsUntil']])).toEqual([
      [false, new Date(untilMs).toISOString()],
      [false, undefined],
    ]);
  });

  it('tell the quota before the stop that it is the reason of', async () => {
    const { outlets, heard } = await stage(...HEAR);
    outlets.ended({ reason: 'quota_reached', message: 'The quota is used up.', exitCode: 3 });
    await outlets.close();
    expect(heard().map(({ event, reason, exitCode }) => [event, reason, exitCode])).toEqual([
      ['quota_reached', 'quota_reached', 3],
      ['stopped', 'quota_reached', 3],
    ]);
  });

  it('keep a dated log of words and progress, which a wait makes no longer', async () => {
    const { outlets, clock, log } = await stage('--log-file', 'LOG', '--progress-every', '30');
    outlets.words('Two\nlines.\n\n');
    const untilMs = clock.wallMs() + HOUR_MS;
    outlets.began(() => progressOf(clock, untilMs), 'Catalog Sandbox: 50 rows to send.');
    await clock.run(clock.sleep(2 * HOUR_MS + 1));
    outlets.refused(new RunError('account_held', 'Held.'));
    await outlets.close();
    const lines = log().trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^2024-10-04T\d\d:\d\d:\d\dZ {2}\S/);
    expect(lines.map((line) => line.slice(22, 60))).toEqual([
      'Two',
      'lines.',
      expect.stringMatching(/^10 of 50 rows · waits for quota/),
      expect.stringMatching(/^10 of 50 rows · .* left, until/),
      expect.stringMatching(/^10 of 50 rows · .* left, until/),
      expect.stringMatching(/^10 of 50 rows · .* left, until/),
      expect.stringContaining('Held.'),
      expect.stringMatching(/^./),
    ]);
  });

  it('keep in the log that the run was suspended, as words', async () => {
    const { outlets, clock, log } = await stage('--log-file', 'LOG', '--log-format', 'json');
    outlets.began(() => progressOf(clock, clock.wallMs() - 1), 'Catalog Sandbox: 50 rows to send.');
    clock.suspend(HOUR_MS);
    await clock.run(clock.sleep(3_000));
    outlets.ended({ message: 'Finished.', exitCode: 0 });
    await outlets.close();
    expect(recordsOf(log()).map(({ event, message }) => [event, message])).toContainEqual([
      'words',
      expect.stringContaining(
        'Was suspended (or the machine slept) from 2024-10-04T00:00:00Z to 2024-10-04T01',
      ),
    ]);
  });

  it('keep it in JSON, each line as the schema has it', async () => {
    const { outlets, clock, log } = await stage('--log-file', 'LOG', '--log-format', 'json');
    outlets.words('Words.\n');
    outlets.began(() => progressOf(clock, clock.wallMs() - 1), 'Catalog Sandbox: 50 rows to send.');
    await clock.run(clock.sleep(660_000));
    outlets.ended({ reason: 'interrupted', message: 'SIGINT.', exitCode: 130 });
    await outlets.close();
    expect(recordsOf(log()).map(({ event }) => event)).toEqual(['words', 'started', 'progress', 'stopped']);
  });

  it.each(['text', 'json'])('tell an end at once before they return, in a log of %s', async (format) => {
    const { outlets, clock, log } = await stage('--log-file', 'LOG', '--log-format', format);
    const end = { reason: 'interrupted', exitCode: 130 };
    expect(outlets.cutOff(end, 'oppsweep x')).toBe(
      'Ended at once, before the first call left.\nGo on:  oppsweep x\n',
    );
    const words = log();
    expect(words).toMatch(/Ended at once, before the first call left\..+Go on: {2}oppsweep x/s);
    const events = format === 'json' ? recordsOf(words) : [];
    expect(events.map(({ event, reason }) => [event, reason])).toEqual(
      format === 'json'
        ? [
            ['words', undefined],
            ['stopped', 'interrupted'],
          ]
        : [],
    );
    const progress = { ...progressOf(clock, clock.wallMs()), stopping: { callsInFlight: 2 } };
    outlets.began(() => progress, 'Catalog Sandbox: 50 rows to send.');
    expect(outlets.cutOff(end, 'oppsweep x')).toContain(
      'under way: 10 of 50 rows done, with 2 calls in flight: a row whose answer is not noted is in doubt',
    );
    await outlets.close();
  });

  it('say on the screen and in the log that the shell line failed', async () => {
    const { outlets, said, log } = await stage('--on-event', 'exit 5', '--quiet', '--log-file', 'LOG');
    outlets.event('outage', 'Away.');
    await outlets.close();
    expect(said()).toBe(
      'The command of --on-event failed at outage (exit code 5). This is told once, and changes nothing of the run.\n',
    );
    expect(log()).toMatch(/^\S+Z {2}The command of --on-event failed at outage \(exit code 5\)/);
  });
});
