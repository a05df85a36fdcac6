import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import { createFaultyDisk } from '../disk/faulty-disk.ts';
import { LOCK_OF_THE_DEAD } from '../store/files/lock/lock-of-the-dead.ts';
import { decodeLine, type AnswerEntry, type DoneEntry, type TryEntry } from '../../src/store/journal-line.ts';
import { cases, FAULT_STEP } from '../soak.ts';
import { fakeService } from '../run/fake-service.ts';
import { instantClock, setJobStage, type JobStage } from '../run/job-stage.ts';

const ROWS = 9;

function stageOf(rows: number): JobStage {
  const stage = setJobStage(rows, instantClock());
  onTestFinished(stage.remove);
  return stage;
}

/** Row number, status and what was sent, of each line of the results: all but ids and times. */
function told(stage: JobStage): readonly string[] {
  return stage.results().map((line) => line.split(',').slice(0, 5).join(','));
}

/** A whole run's journal and input copy, and what its results tell. */
async function wholeRun(): Promise<{
  readonly journal: Buffer;
  readonly input: Buffer;
  readonly told: readonly string[];
}> {
  const stage = stageOf(ROWS);
  const end = await stage.run(fakeService(stage.named, instantClock()));
  expect(end.kind).toBe('finished');
  return {
    journal: readFileSync(stage.paths.journal),
    input: readFileSync(stage.paths.inputCopy),
    told: told(stage),
  };
}

/** The rows that the whole lines of a journal's beginning tell of, by what is asked for. */
function keysIn(
  journal: Buffer,
  tells: (entry: TryEntry | AnswerEntry | DoneEntry) => boolean,
): ReadonlySet<string> {
  const keys = new Map<number, string>();
  const found = new Set<string>();
  for (const line of journal.toString('utf8').split('\n').slice(0, -1)) {
    const entry = decodeLine(line);
    if (entry?.t !== 'try' && entry?.t !== 'answer' && entry?.t !== 'done') continue;
    if (entry.t !== 'answer') keys.set(entry.ordinal, entry.key);
    if (tells(entry)) found.add(keys.get(entry.ordinal) ?? '');
  }
  return found;
}

describe('a run that was cut off', () => {
  it('anywhere in its journal, with any garbage behind, resumes to the same results and repeats no call that was made', async () => {
    const whole = await wholeRun();
    const cut = fc.nat({ max: whole.journal.length });
    const garbage = fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(cut, garbage, fc.boolean(), async (bytes, tail, tried) => {
        const stage = setJobStage(ROWS, instantClock());
        try {
          const prefix = whole.journal.subarray(0, bytes);
          mkdirSync(stage.paths.folder);
          writeFileSync(stage.paths.inputCopy, whole.input);
          writeFileSync(stage.paths.journal, Buffer.concat([prefix, tail]));
          writeFileSync(stage.paths.lock, LOCK_OF_THE_DEAD);
          // Of the calls that had left, all have reached the service, or only those that were answered.
          const made = keysIn(prefix, ({ t }) => tried || t !== 'try');
          const service = fakeService(
            stage.named.filter((key) => !made.has(key)),
            instantClock(),
          );

          // A session that stops early leaves a journal that the next one must be able to read as well.
          await stage.run(service, realDisk, { limit: 2 });
          const end = await stage.run(service);

          expect(end.kind).toMatch(/^finished/);
          expect(told(stage)).toEqual(whole.told);
          expect(service.held()).toEqual([]);
          expect(service.writes()).toHaveLength(ROWS - made.size);
        } finally {
          stage.remove();
        }
      }),
      { numRuns: cases(2_000) },
    );
  });

  it('as it published its results does so again, any number of times, to the byte', async () => {
    const stage = stageOf(ROWS);
    const service = fakeService(stage.named, instantClock());
    await stage.run(service);
    const results = readFileSync(stage.paths.results);
    for (let time = 1; time <= 3; time += 1) {
      const lines = readFileSync(stage.paths.journal, 'utf8').split('\n');
      writeFileSync(stage.paths.journal, lines.filter((line) => decodeLine(line)?.t !== 'end').join('\n'));
      if (time % 2 === 1) rmSync(stage.paths.results);
      expect((await stage.run(service)).kind).toBe('finished');
      expect(readFileSync(stage.paths.results).equals(results)).toBe(true);
    }
    expect(service.writes()).toHaveLength(ROWS);
  });

  it('resumed once more after its end, says so, sends nothing and leaves the results as they are', async () => {
    const stage = stageOf(ROWS);
    const service = fakeService(stage.named, instantClock());
    await stage.run(service);
    const before = [stage.results(), readFileSync(stage.paths.journal)];
    expect((await stage.run(service)).kind).toBe('finished_before');
    expect([stage.results(), readFileSync(stage.paths.journal)]).toEqual(before);
    expect(service.writes()).toHaveLength(ROWS);
  });
});

describe('a run on a disk whose Nth call fails', () => {
  it.each(['EIO', 'ENOSPC', 'short'] as const)(
    '(%s), for every N, loses nothing and claims nothing untrue',
    async (kind) => {
      let faultsMet = 0;
      for (let faultAt = 1; ; faultAt += FAULT_STEP) {
        const stage = setJobStage(4, instantClock());
        const service = fakeService(stage.named, instantClock());
        const disk = createFaultyDisk(faultAt, kind);
        // Whatever the fault did to this session, it is the next one that counts.
        await stage.run(service, disk).catch(() => undefined);
        const met = disk.calls() >= faultAt;
        const end = await stage.run(service);

        expect(end.kind).toMatch(/^finished/);
        expect(told(stage).slice(1)).toEqual(
          ['2', '3', '4', '5'].map(
            (row, index) => `${(stage.named[index] ?? '').replaceAll(' ', ',')},${row},disassociated`,
          ),
        );
        expect(service.held()).toEqual([]);
        expect(service.writes()).toHaveLength(4);
        stage.remove();
        if (!met) break;
        faultsMet += 1;
      }
      expect(faultsMet * FAULT_STEP).toBeGreaterThan(30);
    },
  );
});
