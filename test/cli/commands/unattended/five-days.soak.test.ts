import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../../../src/cli/program.ts';
import { createDisk } from '../../../../src/disk/disk.ts';
import { nodeSystemCalls } from '../../../../src/disk/system-calls.ts';
import { thisMachine } from '../../../../src/disk/machine.ts';
import { filesHome } from '../../../../src/store/files/files-home.ts';
import { cases } from '../../../soak.ts';
import { contextThatHears } from '../../fake-context.ts';
import { HOUR_MS, passDays, stageService } from './five-days.ts';

/** What a day allows, a second each. */
const QUOTA = cases(10_000);
const ROWS = 3 * QUOTA;

/** No power is cut here: nothing is waited for to be safe from that. */
const disk = createDisk({
  ...nodeSystemCalls,
  open: async (...asked) => ({
    ...(await nodeSystemCalls.open(...asked)),
    syncContent: async () => undefined,
  }),
});

/** A process of those days, and what ends it. */
interface OneProcess {
  readonly ended: Promise<number>;
  readonly send: (signal: 'SIGTERM') => void;
}

const STORY = [
  /23T18:00:00Z {2}Catalog Sandbox/,
  /23T\S+ {2}The sign-in ends in 1 d 6 h, and the run takes about 2 d\./,
  /2[34]T\S+ .* waits for quota, until 2026-11-24T18:00Z/,
  /24T\S+ {2}No usable answer from the service: connect ECONNREFUSED/,
  /24T\S+ {2}The service answers again after \d+ min/,
  /2[45]T\S+ .* waits for quota, until 2026-11-25T18:\d\dZ/,
  /25T\S+ {2}The AWS sign-in for profile "cleanup" has expired\. .* Sign in: aws sso login --profile cleanup/,
  /26T\S+ {2}There is a new sign-in after 9 h/,
  /26T\S+ {2}Stopped \(terminated\)/,
  /28T\S+ {2}Going on with the run begun 2026-11-23T18:00Z/,
  /28T\S+ {2}Finished: [\d,]+ rows read/,
];
const EVENTS = [
  'started',
  'credentials_expiring',
  'quota_reached',
  'quota_free',
  'outage',
  'quota_reached',
  'quota_free',
  'credentials_expiring',
  'stopped',
  'started',
  'finished',
];

it('five days that nobody watches: its log alone tells what happened, and the hooks were called in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-days-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  const rows = Array.from({ length: ROWS }, (_, n) => `O${n + 1},S-${String(n + 1).padStart(7, '0')}\n`);
  writeFileSync(at('people.csv'), `Opportunity ID,Entity ID\n${rows.join('')}`);

  const days = passDays();
  let outageFromMs = Number.POSITIVE_INFINITY;
  let running: OneProcess | undefined;
  const service = stageService(days, {
    signedOut: { fromMs: 30 * HOUR_MS, toMs: 57.5 * HOUR_MS },
    isAway: () => days.sinceStartMs() >= outageFromMs && days.sinceStartMs() < outageFromMs + 8 * 60_000,
    removedSoMany: (count) => {
      if (count === Math.floor(1.3 * QUOTA)) outageFromMs = days.sinceStartMs();
      if (count === Math.floor(2.4 * QUOTA)) running?.send('SIGTERM');
    },
  });
  const start = (): OneProcess => {
    let stop: (signal: 'SIGTERM') => void = () => undefined;
    const hears = contextThatHears({ out: () => undefined, err: () => undefined });
    const { clock } = days;
    const options = ['--rate', 'unlimited', '--daily-quota', String(QUOTA), '--concurrency', '1'];
    const told = ['--log-file', at('run.log'), '--on-event', `cat >>'${at('events')}'`, '--no-progress'];
    const ended = runProgram({
      ...hears,
      disk,
      ...filesHome({ disk, machine: thisMachine, clock, env: { XDG_STATE_HOME: at('state') } }),
      clock,
      onStopSignal: (listener) => {
        stop = listener;
      },
      targetOf: async () => ({
        catalog: 'Sandbox',
        endpoint: 'https://example',
        url: 'https://example/',
        open: (_, deps) => service.open(deps),
        account: async () => '123456789012',
      }),
      args: [
        'disassociate',
        at('people.csv'),
        '--catalog',
        'Sandbox',
        ...options,
        ...told,
        '--wait-for-credentials',
        '12',
      ],
    });
    return { ended, send: (signal) => stop(signal) };
  };

  running = start();
  expect(await days.pass(running.ended)).toBe(143);
  // The machine is down for more than two days.
  days.skipTo(116 * HOUR_MS);
  running = start();
  expect(await days.pass(running.ended)).toBe(0);

  expect(service.removed()).toHaveLength(ROWS);
  expect(new Set(service.removed()).size).toBe(ROWS);
  const all = readFileSync(at('run.log'), 'utf8').trimEnd().split('\n');
  // The clock of these days wakes a program once a minute, as a machine does that sleeps in between.
  const lines = all.filter((line) => !line.includes('Was suspended (or the machine slept)'));
  expect(lines.length).toBeLessThan(300);
  for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}\S?/);
  // Each of these once, in this order: with its moment before it, it is the story of the run.
  const story = lines.filter((line) => STORY.some((part) => part.test(line)));
  expect(story.map((line) => STORY.findIndex((part) => part.test(line)))).toEqual(STORY.map((_, n) => n));
  const heard = readFileSync(at('events'), 'utf8').trim().split('\n');
  expect(heard.map((line) => /"event":"(\w+)"/.exec(line)?.[1])).toEqual(EVENTS);
});
