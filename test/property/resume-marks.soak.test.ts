import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk, type Disk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import type { RunRequest } from '../../src/run/request/run-request.ts';
import type { RunEnd } from '../../src/run/run-end.ts';
import { fileRuns } from '../../src/store/files/file-runs.ts';
import { readStatus, type RunStatus } from '../../src/run/record/read-status.ts';
import type { ReadFrom, RunStore } from '../../src/store/run-store.ts';
import { createFaultyDisk } from '../disk/faulty-disk.ts';
import { LOCK_OF_THE_DEAD } from '../store/files/lock/lock-of-the-dead.ts';
import { fakeService } from '../run/fake-service.ts';
import { instantClock, setJobStage, type JobStage } from '../run/job-stage.ts';
import { cases, FAULT_STEP } from '../soak.ts';

/** A kind of run: its input, and what is asked for. */
interface Kind {
  readonly what: string;
  readonly input: string;
  readonly asked?: Partial<RunRequest>;
}

const HEADER = 'Opportunity ID,Entity Type,Entity ID,Note';
/** Rows that end in every way that the input and the service know: done, refused, a duplicate, invalid. */
const MIXED = [
  HEADER,
  'O100,Solutions,S-0000000,first',
  'O101,Solutions,S-0000001,"two\nlines"',
  'O102,Solutions,S-0000009,not held',
  'O100,Solutions,S-0000000,once more',
  'what?,Solutions,S-0000003,invalid',
  'O103,Solutions,S-0000003,',
  '',
  'O104,AWS Products,AmazonEC2,not held either',
  'O105,Solutions,S-0000005,=formula',
  'O101,Solutions,S-0000001,again',
  'O106,Solutions,S-0000006,last',
  '',
].join('\n');
const REPLACING = MIXED.split('\n')
  .map((line, at) => line && `${line},${at === 0 ? 'New Entity' : at % 2 === 0 ? 'S-0000020' : ''}`)
  .join('\n')
  .replace('"two\nlines"', 'one line');
const terms = (more: Readonly<Record<string, string>>): RunRequest['terms'] => ({
  command: 'disassociate',
  catalog: 'Sandbox',
  ...more,
});
const REPLACES: Partial<RunRequest> = {
  inputOptions: { replaceColumn: 'New Entity' },
  terms: terms({ replaceColumn: 'New Entity' }),
};

const KINDS: readonly Kind[] = [
  { what: 'a run', input: MIXED },
  {
    what: 'an associate',
    input: MIXED,
    asked: {
      command: 'associate',
      operationOf: () => 'associate',
      terms: terms({ command: 'associate' }),
    },
  },
  {
    what: 'a plan',
    input: MIXED,
    asked: { command: 'plan', planOnly: true, preflight: true, terms: terms({ command: 'plan' }) },
  },
  { what: 'a run that replaces', input: REPLACING, asked: REPLACES },
  {
    what: 'a run that detaches first',
    input: REPLACING,
    asked: { ...REPLACES, mayDetachFirst: () => true, preflight: true },
  },
  { what: 'a run that protects the last', input: MIXED, asked: { protectLast: true, preflight: true } },
  {
    what: 'results run again',
    input: '',
    asked: { only: ['already_absent'], terms: terms({ only: 'already_absent' }) },
  },
];

interface Scene extends JobStage {
  readonly go: (asked?: Partial<RunRequest>, runs?: RunStore, disk?: Disk) => Promise<RunEnd>;
}

/** The clock stands still and ids are counted, so that equal runs give equal bytes. */
function sceneOf({ input, asked = {} }: Kind, held: readonly string[]): Scene {
  const stage = setJobStage(0, instantClock());
  onTestFinished(stage.remove);
  writeFileSync(join(stage.folder, 'people.csv'), input);
  const service = fakeService(held, instantClock());
  return {
    ...stage,
    go: (changes = {}, runs, disk = realDisk) =>
      stage.run(service, disk, { ...asked, ...changes }, { markEvery: 2, ...(runs && { runs }) }),
  };
}

const HELD = [0, 1, 3, 5, 6].map((at) => `O10${at} Solutions S-000000${at}`);

interface Whole {
  readonly kind: Kind;
  readonly journal: Buffer;
  readonly copy: Buffer;
  readonly results: Buffer;
}

async function wholeRun(kind: Kind): Promise<Whole> {
  const input = kind.input === '' ? (await wholeRun(MIXED_KIND)).results.toString('utf8') : kind.input;
  const scene = sceneOf({ ...kind, input }, HELD);
  expect((await scene.go()).kind).toBe('finished');
  const { journal, inputCopy, results } = scene.paths;
  const read = readFileSync;
  return { kind: { ...kind, input }, journal: read(journal), copy: read(inputCopy), results: read(results) };
}
const MIXED_KIND: Kind = { what: 'a run', input: MIXED };

/** What is left of a run that was cut off: some of its journal, and some of its results so far. */
interface Left {
  readonly journal: Uint8Array;
  /** `undefined`: they are gone, so that no mark holds. */
  readonly partial: Uint8Array | undefined;
}

function cutOff(whole: Whole, held: readonly string[], { journal, partial }: Left): Scene {
  const scene = sceneOf(whole.kind, held);
  mkdirSync(scene.paths.folder);
  writeFileSync(scene.paths.inputCopy, whole.copy);
  writeFileSync(scene.paths.journal, journal);
  writeFileSync(scene.paths.lock, LOCK_OF_THE_DEAD);
  if (partial !== undefined) writeFileSync(scene.paths.partialResults, partial);
  return scene;
}

async function statusOf({ paths }: Scene, from: ReadFrom): Promise<RunStatus> {
  const runs = fileRuns({ disk: realDisk, machine: thisMachine, clock: instantClock() });
  const record = await runs.record(paths.results, from);
  if (record === undefined) throw new Error('There is no run.');
  return readStatus(record);
}

/** How a resumed run ended, its results to the byte, and what its journal tells but for the marks. */
async function outcomeOf(scene: Scene, end: RunEnd): Promise<unknown> {
  const runs = fileRuns({ disk: realDisk, machine: thisMachine, clock: instantClock() });
  const record = await runs.record(scene.paths.results);
  const told = record && { ...record.state, job: undefined };
  const summary = JSON.parse(readFileSync(scene.paths.summary, 'utf8')) as Record<string, unknown>;
  const { kind } = end;
  const digest = end.kind === 'finished' ? { ...end.digest, tally: end.tally } : undefined;
  return {
    kind,
    digest,
    told,
    counts: summary['counts'],
    calls: summary['calls'],
    results: readFileSync(scene.paths.results, 'utf8'),
  };
}

/** The same store; tells whether a run was gone on with from a mark. */
function watched(onMark: () => void): RunStore {
  const runs = fileRuns({
    disk: realDisk,
    machine: { ...thisMachine, processState: async () => ({ alive: false }) },
    clock: instantClock(),
  });
  return {
    ...runs,
    open: async (...asked) => {
      const lease = await runs.open(...asked);
      return {
        ...lease,
        resume: async (fits) => {
          const resumed = await lease.resume(fits);
          if (resumed !== undefined) onMark();
          return resumed;
        },
      };
    },
  };
}

describe.each(KINDS)('$what that was cut off', (kind) => {
  it('goes on from its newest mark as it would from the beginning, wherever its journal and its results end', async () => {
    const whole = await wholeRun(kind);
    let fromMark = 0;
    const cut = fc.record({
      // The results are begun once the first line is there.
      journal: fc.integer({ min: whole.journal.indexOf('\n') + 1, max: whole.journal.length }),
      results: fc.nat({ max: whole.results.length }),
      torn: fc.constantFrom('', 'torn', '0000'),
      first: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
    });
    await fc.assert(
      fc.asyncProperty(cut, async ({ journal: bytes, results: length, torn, first }) => {
        const journal = Buffer.concat([whole.journal.subarray(0, bytes), Buffer.from(torn)]);
        const partial = Buffer.concat([whole.results.subarray(0, length), Buffer.from(torn)]);
        const outcomes: unknown[] = [];
        for (const left of [partial, undefined]) {
          const scene = cutOff(whole, HELD, { journal, partial: left });
          expect(await statusOf(scene, 'newest mark')).toEqual(await statusOf(scene, 'beginning'));
          const runs = left && watched(() => (fromMark += 1));
          await scene.go({ limit: first }, runs);
          outcomes.push(await outcomeOf(scene, await scene.go({}, runs)));
          scene.remove();
        }
        expect(outcomes[0]).toEqual(outcomes[1]);
      }),
      { numRuns: cases(200) },
    );
    expect(fromMark).toBeGreaterThan(0);
  });
});

describe('a run with marks on a disk whose Nth call fails', () => {
  it.each(['EIO', 'ENOSPC'] as const)('(%s) goes on to the same results', async (fault) => {
    const whole = await wholeRun(MIXED_KIND);
    const journal = whole.journal.subarray(0, Math.floor(whole.journal.length * 0.6));
    const rowsIn = (text: string): readonly string[] =>
      text.split('\n').map((line) => line.split(',').slice(0, 5).join(','));
    let faultsMet = 0;
    for (let faultAt = 1; ; faultAt += FAULT_STEP) {
      const scene = cutOff(whole, HELD, { journal, partial: whole.results });
      const disk = createFaultyDisk(faultAt, fault);
      await scene.go({}, undefined, disk).catch(() => undefined);
      const met = disk.calls() >= faultAt;
      expect((await scene.go()).kind).toMatch(/^finished/);
      const found = readFileSync(scene.paths.results, 'utf8');
      expect(rowsIn(found)).toEqual(rowsIn(whole.results.toString('utf8')));
      scene.remove();
      if (!met) break;
      faultsMet += 1;
    }
    expect(faultsMet * FAULT_STEP).toBeGreaterThan(45);
  });
});
