import type { ReadAnswer, Write, WriteAnswer } from '../../src/model/call.ts';
import type { Clock } from '../../src/model/clock.ts';
import { createPace } from '../../src/pace/pace.ts';
import type { PartnerCentral } from '../../src/partner-central/connect.ts';
import { fixedCredentials } from '../../src/partner-central/access/credentials.ts';
import { dayQuotas } from '../../src/run/service/day-quotas.ts';
import { memoryQuota } from '../../src/store/memory/memory-quotas.ts';
import type { OpenService } from '../../src/run/service/open-service.ts';

/** Partner Central in memory: what is associated, and every write that reached it. */
export interface FakeService {
  readonly open: () => Promise<OpenService>;
  /** `O1 Solutions S-0000001`, each once, sorted. */
  readonly held: () => readonly string[];
  readonly writes: () => readonly Write[];
}

const LIMITS = {
  writesPerSecond: 'unlimited',
  readsPerSecond: 'unlimited',
  readsPerDay: 'unlimited',
  writesPerDay: 'unlimited',
  reserve: 0,
  waitForQuota: true,
  concurrency: 4,
  timeoutMs: 1_000,
} as const;

/** `seed` in the form that `held` gives. */
export function fakeService(seed: readonly string[], clock: Clock): FakeService {
  const held = new Set(seed);
  const writes: Write[] = [];
  let requests = 0;
  const partnerCentral: PartnerCentral = {
    write: async (write): Promise<WriteAnswer> => {
      writes.push(write);
      requests += 1;
      const key = keyOf(write);
      const requestId = `request-${requests}`;
      if (write.operation === 'AssociateOpportunity') held.add(key);
      else if (!held.delete(key)) {
        const fault = {
          kind: 'refused',
          exception: 'ResourceNotFoundException',
          message: '',
          requestId,
        } as const;
        return { ok: false, fault };
      }
      return { ok: true, requestId };
    },
    readOpportunity: async (id): Promise<ReadAnswer> => {
      const solutions = [...held].filter((key) => key.startsWith(`${id} Solutions `));
      return {
        ok: true,
        opportunity: { entities: { Solutions: solutions.map((key) => key.split(' ')[2] ?? '') } },
      };
    },
    listOpportunities: async () => ({ ok: true, items: [] }),
    listSolutions: async () => ({ ok: true, items: [] }),
    close: async () => undefined,
  };
  return {
    open: () => openService(partnerCentral, clock),
    held: () => [...held].toSorted(),
    writes: () => writes,
  };
}

async function openService(partnerCentral: PartnerCentral, clock: Clock): Promise<OpenService> {
  const quota = memoryQuota(clock);
  const pace = (): OpenService['writePace'] =>
    createPace({
      callsPerSecond: 'unlimited',
      concurrency: LIMITS.concurrency,
      waitForQuota: true,
      calledBefore: false,
      clock,
      dice: () => 0,
    });
  const [writePace, readPace] = [pace(), pace()];
  return {
    partnerCentral,
    credentials: fixedCredentials({ accessKeyId: 'key', secretAccessKey: 'secret' }),
    writePace,
    readPace,
    catalog: 'Sandbox',
    endpoint: 'fake',
    caller: null,
    limits: LIMITS,
    quota,
    clock,
    ...(await dayQuotas(quota, LIMITS)),
    callCounts: () => ({ writes: 0, reads: 0, throttles: 0 }),
    close: async () => {
      await Promise.all([writePace.close(), readPace.close()]);
    },
  };
}

function keyOf({ association: { opportunityId, entity } }: Write): string {
  return `${opportunityId} ${entity.type} ${entity.id}`;
}
