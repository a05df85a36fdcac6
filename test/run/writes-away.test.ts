import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultKind } from '../../src/model/fault.ts';
import type { PartnerCentral } from '../../src/partner-central/connect.ts';
import type { RunEnd } from '../../src/run/run-end.ts';
import { fault } from '../results/samples.ts';
import { fakeService, type FakeService } from './fake-service.ts';
import { instantClock, setJobStage, type JobStage } from './job-stage.ts';

const ROWS = 12;
const ATTEMPTS = 3;
const SLOTS = 4;
/** More than any run of so few rows needs: one that sends for ever is ended here. */
const MOST_WRITES = ROWS * ATTEMPTS * 20;

interface Away {
  readonly stage: JobStage;
  readonly service: FakeService;
  readonly writes: () => number;
}

/** No write is ever answered; reads are, but for those that `readFails` says, counted from 1. */
function writesAway(kind: FaultKind, readFails: (read: number) => boolean = () => false): Away {
  const clock = instantClock();
  const stage = setJobStage(ROWS, clock);
  onTestFinished(stage.remove);
  const service = fakeService(stage.named, clock);
  let writes = 0;
  let reads = 0;
  const open: FakeService['open'] = async () => {
    const opened = await service.open();
    const { partnerCentral } = opened;
    const write: PartnerCentral['write'] = async () => {
      writes += 1;
      if (writes > MOST_WRITES) throw new Error('It sends for ever.');
      return { ok: false, fault: fault(kind, { exception: 'NetworkError' }) };
    };
    const readOpportunity: PartnerCentral['readOpportunity'] = async (...asked) => {
      reads += 1;
      return readFails(reads)
        ? { ok: false, fault: fault(kind, { exception: 'NetworkError' }) }
        : partnerCentral.readOpportunity(...asked);
    };
    return { ...opened, partnerCentral: { ...partnerCentral, write, readOpportunity } };
  };
  return { stage, service: { ...service, open }, writes: () => writes };
}

function statusesOf(end: RunEnd): object {
  return end.kind === 'stopped' ? end.done.settled.byStatus : end.tally.byStatus;
}

describe('a service whose reads are answered, and no write ever', () => {
  it.each<FaultKind>(['unreachable', 'broken', 'timeout', 'malformed', 'server'])(
    'fails each row after its attempts: the run ends (%s)',
    async (kind) => {
      const { stage, service, writes } = writesAway(kind);
      const end = await stage.run(service);
      expect([end.kind, statusesOf(end)]).toEqual(['finished', { failed: ROWS }]);
      expect(writes()).toBeGreaterThanOrEqual(ROWS * ATTEMPTS);
      // Of those in flight, each may be excused once.
      expect(writes()).toBeLessThanOrEqual(ROWS * ATTEMPTS + SLOTS);
    },
  );

  it.each<readonly [string, (read: number) => boolean]>([
    ['every other', (read) => read % 2 === 1],
    ['two of three', (read) => read % 3 !== 0],
    ['nine of ten', (read) => read % 10 !== 0],
  ])('is not asked for ever where reads fail too, %s', async (_which, readFails) => {
    const { stage, service } = writesAway('unreachable', readFails);
    const end = await stage.run(service);
    expect(['finished', 'stopped']).toContain(end.kind);
  });
});

describe('a service that answers nobody', () => {
  it.each([undefined, 2, ROWS])('stops the run for that, not for its limit (%s)', async (limit) => {
    const { stage, service } = writesAway('unreachable', () => true);
    const end = await stage.run(service, undefined, limit === undefined ? {} : { limit });
    expect(end).toMatchObject({ kind: 'stopped', reason: { code: 'service_unreachable' } });
  });
});
