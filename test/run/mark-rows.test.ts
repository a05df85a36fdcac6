import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import {
  decodeLine,
  type JournalEntry,
  type MarkEntry,
  type SessionEntry,
} from '../../src/store/journal-line.ts';
import { isMark } from '../../src/store/journal-shape.ts';
import { fakeService } from './fake-service.ts';
import { SILENT } from '../../src/run/run-events.ts';
import { instantClock, setJobStage, type JobStage } from './job-stage.ts';

async function run(rows: number, markEvery: number, limit = rows): Promise<JobStage> {
  const stage = setJobStage(rows, instantClock());
  onTestFinished(stage.remove);
  await stage.run(fakeService(stage.named, instantClock()), realDisk, { limit }, { markEvery });
  return stage;
}

function entriesOf({ paths }: JobStage): readonly JournalEntry[] {
  const lines = readFileSync(paths.journal, 'utf8').trimEnd().split('\n');
  return lines.flatMap((line) => decodeLine(line) ?? []);
}

function marksOf(stage: JobStage): readonly MarkEntry[] {
  return entriesOf(stage).filter(isMark);
}

function sessionOf(stage: JobStage): SessionEntry | undefined {
  return entriesOf(stage).find(({ t }) => t === 'session') as SessionEntry | undefined; // `t` tells
}

describe('a run', () => {
  it('marks how far it has come every so many finished rows, and at its end, each by the results with these rows', async () => {
    const stage = await run(25, 4);
    const results = readFileSync(stage.paths.results);
    const marks = marksOf(stage);
    expect(marks.length).toBeGreaterThan(1);
    expect(marks.at(-1)?.rows).toBe(25);
    for (const { rows, results: told } of marks) {
      const prefix = results.subarray(0, told.bytes);
      expect(createHash('sha256').update(prefix).digest('hex')).toBe(told.sha256);
      expect(prefix.toString('utf8').trimEnd().split('\n')).toHaveLength(rows + 1);
    }
  });

  it('that stops marks what it has done, since that spares the next session a reading of the input', async () => {
    const marks = marksOf(await run(25, 20, 3));
    expect(marks.map(({ rows }) => rows)).toEqual([3]);
  });

  it('that stops notes how many lines its results so far have, however it has begun', async () => {
    const stage = setJobStage(25, instantClock());
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, instantClock());
    for (const [limit, markEvery] of [
      [3, 100],
      [2, 100],
      [4, 5],
      [1, 5],
    ] as const) {
      await stage.run(service, realDisk, { limit }, { markEvery });
      const last = entriesOf(stage).at(-1);
      const lines = readFileSync(stage.paths.partialResults, 'utf8').trimEnd().split('\n').length - 1;
      expect(last).toMatchObject({ t: 'stop', lines });
    }
    await stage.run(service);
    expect(entriesOf(stage).at(-1)?.t).toBe('end');
  });

  it('that goes on from a mark understands its input as before', async () => {
    const stage = setJobStage(25, instantClock());
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, instantClock());
    const understood: unknown[] = [];
    const events = { ...SILENT, understood: (...told: readonly unknown[]) => void understood.push(told) };
    for (const limit of [3, 4, 25]) {
      await stage.run(service, realDisk, { limit }, { markEvery: 4, events });
    }
    expect(understood).toHaveLength(3);
    expect(understood[1]).toEqual(understood[0]);
    expect(understood[2]).toEqual(understood[0]);
  });

  it('of fewer rows than a mark is worth has none, and notes as it begins what its input told', async () => {
    const short = await run(9, 10);
    expect(marksOf(short)).toEqual([]);
    expect(sessionOf(short)?.survey).toMatchObject({ rowsToRun: 9, tally: { rows: 9 } });
    expect(sessionOf(await run(10, 10))?.survey).toBeUndefined();
  });
});
