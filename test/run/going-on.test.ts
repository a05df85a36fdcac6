import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { JobContext } from '../../src/run/job-context.ts';
import type { RunProgress } from '../../src/run/progress.ts';
import { fakeService, type FakeService } from './fake-service.ts';
import { SILENT } from '../../src/run/run-events.ts';
import { instantClock, setJobStage } from './job-stage.ts';

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

  it('is none where the quota is used up and not waited for: nothing is noted, nothing begins', async () => {
    const clock = instantClock();
    const stage = setJobStage(9, clock);
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, clock);
    await stage.run(service, realDisk, { limit: 4 });
    const journal = (): string => readFileSync(stage.paths.journal, 'utf8');
    const before = journal();
    let begun = 0;
    const events = { ...SILENT, began: () => void (begun += 1) };
    const job = { openService: usedUp(service, clock), events };
    await expect(stage.run(service, realDisk, {}, job)).rejects.toMatchObject({ code: 'quota_reached' });
    expect([journal(), begun, service.writes().length]).toEqual([before, 0, 4]);
    await stage.run(service);
    expect(stage.results()).toHaveLength(10);
  });

  it('begins, as a first one, although the quota is used up: the run is made', async () => {
    const clock = instantClock();
    const stage = setJobStage(2, clock);
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, clock);
    let begun = 0;
    const events = { ...SILENT, began: () => void (begun += 1) };
    await stage.run(service, realDisk, {}, { openService: usedUp(service, clock), events });
    expect(begun).toBe(1);
  });
});

describe('a run that is gone on with, or taken back, in another account', () => {
  const as = (service: FakeService, account: string | null): Partial<JobContext> => ({
    openService: async () => {
      const caller = account === null ? null : { account, arn: `arn:aws:iam::${account}:user/ana` };
      return { ...(await service.open()), caller };
    },
  });
  const REFUSED = {
    code: 'usage',
    message: 'The run is of account 111122220001, and these credentials sign in to 111122220002.',
  };

  it('is refused, naming both, and nothing is noted or sent', async () => {
    const stage = setJobStage(4, instantClock());
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, instantClock());
    await stage.run(service, realDisk, { limit: 2 }, as(service, '111122220001'));
    const journal = (): string => readFileSync(stage.paths.journal, 'utf8');
    const before = journal();
    const other = stage.run(service, realDisk, {}, as(service, '111122220002'));
    await expect(other).rejects.toMatchObject(REFUSED);
    expect([journal(), service.writes().length]).toEqual([before, 2]);
    await stage.run(service, realDisk, {}, as(service, '111122220001'));
    expect(stage.results()).toHaveLength(5);
  });

  it('is refused where the run is another one’s undoing', async () => {
    const stage = setJobStage(1, instantClock());
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, instantClock());
    const undoing = { undoes: { run: undefined, accounts: ['111122220001'] } };
    const other = stage.run(service, realDisk, undoing, as(service, '111122220002'));
    await expect(other).rejects.toMatchObject(REFUSED);
    await stage.run(service, realDisk, undoing, as(service, '111122220001'));
    expect(stage.results()).toHaveLength(2);
  });

  it.each([
    ['before', null, '111122220002'],
    ['now', '111122220001', null],
  ])('is gone on with where STS does not tell the caller %s', async (_when, before, now) => {
    const stage = setJobStage(2, instantClock());
    onTestFinished(stage.remove);
    const service = fakeService(stage.named, instantClock());
    await stage.run(service, realDisk, { limit: 1 }, as(service, before));
    await stage.run(service, realDisk, {}, as(service, now));
    expect(stage.results()).toHaveLength(3);
  });
});

/** The service's day has had its one write just now, and the run is not to wait for the next day. */
function usedUp(service: FakeService, clock: Clock): JobContext['openService'] {
  const nowMs = clock.wallMs();
  return async () => {
    const opened = await service.open();
    const usage = (): ReturnType<typeof opened.writeDay.usage> => ({
      nowMs: clock.wallMs(),
      times: [nowMs],
      callsPerDay: 1,
    });
    return {
      ...opened,
      limits: { ...opened.limits, waitForQuota: false },
      writeDay: { ...opened.writeDay, usage },
    };
  };
}
