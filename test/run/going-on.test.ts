import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import type { RunProgress } from '../../src/run/progress.ts';
import { fakeService } from './fake-service.ts';
import { instantClock, setJobStage, SILENT } from './job-stage.ts';

describe('a session that goes on with a run', () => {
  it.each([
    ['the beginning', 1_000],
    ['a mark', 2],
  ])('from %s counts the rows of earlier ones before any of them has come by', async (_from, markEvery) => {
    const stage = setJobStage(9, instantClock());
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, instantClock());
    const first: RunProgress[] = [];
    const began = (progress: () => RunProgress): void => void first.push(progress());
    for (const limit of [4, 9]) {
      await stage.run(service, realDisk, { limit }, { markEvery, events: { ...SILENT, began } });
    }
    expect(first.map(({ settled, rowsLeft }) => [settled.rows, settled.byStatus, rowsLeft])).toEqual([
      [0, {}, 9],
      [4, { disassociated: 4 }, 5],
    ]);
  });
});
