import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk, type Disk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import { RunError } from '../../src/model/run-error.ts';
import type { PartnerCentral } from '../../src/partner-central/connect.ts';
import { readStatus } from '../../src/run/record/read-status.ts';
import type { RunEnd } from '../../src/run/run-end.ts';
import { fileRuns } from '../../src/store/files/file-runs.ts';
import { createFaultyDisk } from '../disk/faulty-disk.ts';
import { fakeService, type FakeService } from './fake-service.ts';
import { instantClock, setJobStage, type JobStage } from './job-stage.ts';

const ROWS = 30;

async function stopOf(
  stage: JobStage,
  service: FakeService,
  disk?: Disk,
): Promise<Extract<RunEnd, { kind: 'stopped' }>> {
  const end = await stage.run(service, disk);
  if (end.kind !== 'stopped') throw new Error(`The run is ${end.kind}.`);
  return end;
}

/** What the end tells, beside what whoever looks at the record is told. */
async function expectOneCount(end: Extract<RunEnd, { kind: 'stopped' }>, stage: JobStage): Promise<void> {
  const runs = fileRuns({ disk: realDisk, machine: thisMachine, clock: instantClock() });
  const record = await runs.record(stage.paths.results);
  // Cut off before its first line, it is none.
  const found = record && (await readStatus(record));
  const told = found ?? { settled: { rows: 0 } };
  expect(told).toMatchObject({ settled: { rows: end.done.settled.rows } });
  expect(found ?? end.done).toMatchObject(end.done);
  expect(found?.journal ?? end.journal).toEqual(end.journal);
}

function stageOf(): { readonly stage: JobStage; readonly service: FakeService } {
  const stage = setJobStage(ROWS, instantClock());
  onTestFinished(stage.remove);
  return { stage, service: fakeService(stage.named, instantClock()) };
}

describe('a run that stops', () => {
  it('counts the rows done behind one that is not, in this session and the next', async () => {
    const { stage, service } = stageOf();
    const first = await stopOf(stage, stuckAt(service, 'O100', 12));
    expect(first.done.settled.rows).toBeGreaterThanOrEqual(11);
    await expectOneCount(first, stage);

    const second = await stopOf(stage, stuckAt(service, 'O100', 3));
    expect(second.done.settled.rows).toBeGreaterThanOrEqual(first.done.settled.rows + 2);
    await expectOneCount(second, stage);
  });

  it('counts on a disk that is full what the next session finds there, wherever that begins', async () => {
    let counted = 0;
    for (let call = 20; call < 60; call += 3) {
      const { stage, service } = stageOf();
      const end = await stage.run(service, createFaultyDisk(call, 'ENOSPC')).catch(() => undefined);
      if (end?.kind !== 'stopped') continue;
      if (end.done.settled.rows > 0) counted += 1;
      await expectOneCount(end, stage);
    }
    expect(counted).toBeGreaterThan(3);
  });
});

/** The write of one opportunity stops the run, and only once so many others are made. */
function stuckAt(service: FakeService, stuck: string, others: number): FakeService {
  let made = 0;
  let letStop = (): void => undefined;
  const enough = new Promise<void>((resolve) => {
    letStop = resolve;
  });
  return {
    ...service,
    open: async () => {
      const opened = await service.open();
      const { partnerCentral } = opened;
      const write: PartnerCentral['write'] = async (...asked) => {
        if (asked[0].association.opportunityId === stuck) {
          await enough;
          throw new RunError('interrupted', 'Stopped.');
        }
        made += 1;
        if (made === others) letStop();
        return partnerCentral.write(...asked);
      };
      return { ...opened, partnerCentral: { ...partnerCentral, write } };
    },
  };
}
