import type { ReadAnswer, WriteAnswer } from '../../../../src/model/call.ts';
import type { Clock } from '../../../../src/model/clock.ts';
import type { Fault } from '../../../../src/model/fault.ts';
import { createPace } from '../../../../src/pace/pace.ts';
import { refreshingCredentials } from '../../../../src/partner-central/sign-in/refreshing-credentials.ts';
import { signInEnded } from '../../../../src/partner-central/sign-in/sign-in-errors.ts';
import { dayQuotas } from '../../../../src/run/service/day-quotas.ts';
import type { OpenService, ServiceDependencies } from '../../../../src/run/service/open-service.ts';

export const HOUR_MS = 3_600_000;

/** Days in which nobody is there: time passes once nothing is left to be done at this moment. */
export interface Days {
  /** What programs are lent: it wakes them each minute at most. */
  readonly clock: Clock;
  readonly sinceStartMs: () => number;
  readonly pass: <T>(work: Promise<T>) => Promise<T>;
  /** Nothing runs until then, since the start. */
  readonly skipTo: (ms: number) => void;
  /** A wait that is kept to the millisecond: of an answer on its way. */
  readonly answerAfter: (ms: number) => Promise<void>;
}

const START_MS = Date.UTC(2026, 10, 23, 18);
const WAKE_EACH_MS = 60_000;

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

export function passDays(): Days {
  const sleepers = new Set<Sleeper>();
  let sinceStartMs = 0;
  const skipTo = (ms: number): void => {
    sinceStartMs = Math.max(sinceStartMs, ms);
    for (const sleeper of sleepers) {
      if (sleeper.dueMs > sinceStartMs) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
  };
  const sleep = (delayMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const sleeper = { dueMs: sinceStartMs + delayMs, wake };
      const leave = (): void => {
        sleepers.delete(sleeper);
        reject(signal?.reason as Error); // the caller's own reason
      };
      if (signal?.aborted === true) return leave();
      signal?.addEventListener('abort', leave, { once: true });
      return sleepers.add(sleeper);
    });
  const pass = async <T>(work: Promise<T>): Promise<T> => {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    work.then(settle, settle);
    while (!settled) {
      await nothingLeftToDo();
      if (!settled && sleepers.size > 0) skipTo(Math.min(...[...sleepers].map(({ dueMs }) => dueMs)));
    }
    return work;
  };
  return {
    clock: {
      wallMs: () => START_MS + sinceStartMs,
      monotonicMs: () => sinceStartMs,
      sleep: (ms, signal) => sleep(ms < 1_000 ? ms : Math.max(ms, WAKE_EACH_MS), signal),
    },
    sinceStartMs: () => sinceStartMs,
    pass,
    skipTo,
    answerAfter: (ms) => sleep(ms),
  };
}

/** Until promises have had their turn, and the disk is done. */
async function nothingLeftToDo(): Promise<void> {
  for (let idle = 0; idle < 3; idle += 1) {
    await new Promise(setImmediate);
    if (process.getActiveResourcesInfo().some((name) => /^FS|CloseReq$/.test(name))) idle = -1;
  }
}

/** The service of those days, and the sign-in to it. */
export interface StagedService {
  readonly open: (deps: ServiceDependencies) => Promise<OpenService>;
  readonly removed: () => readonly string[];
}

export interface Troubles {
  /** Told of each removal, by their number. */
  readonly removedSoMany: (count: number) => void;
  readonly isAway: () => boolean;
  /** When the sign-in ends, and when somebody signs in again; since the start. */
  readonly signedOut: { readonly fromMs: number; readonly toMs: number };
}

const AWAY: Fault = { kind: 'unreachable', exception: 'NetworkError', message: 'connect ECONNREFUSED' };
const EXPIRED: Fault = {
  kind: 'credentials',
  exception: 'ExpiredTokenException',
  message: 'It has expired.',
};

export function stageService(days: Days, troubles: Troubles): StagedService {
  const removed: string[] = [];
  const gone = new Set<string>();
  const { signedOut, isAway } = troubles;
  const signedInAgain = (): boolean => days.sinceStartMs() >= signedOut.toMs;
  const isSignedOut = (): boolean => days.sinceStartMs() >= signedOut.fromMs && !signedInAgain();
  const trouble = (): Fault | undefined => (isAway() ? AWAY : isSignedOut() ? EXPIRED : undefined);
  const source = refreshingCredentials(async () => {
    if (isSignedOut()) throw signInEnded('cleanup', 'aws sso login');
    return { accessKeyId: signedInAgain() ? 'SECOND' : 'FIRST', secretAccessKey: 'secret' };
  }, days.clock.wallMs);
  const credentials = {
    ...source,
    signIn: () => {
      const startMs = days.clock.wallMs() - days.sinceStartMs();
      return { mayReturn: true, ...(!signedInAgain() && { endsAtMs: startMs + signedOut.fromMs }) };
    },
  };
  const refuse = async (fault: Fault): Promise<{ readonly ok: false; readonly fault: Fault }> => {
    if (fault.kind === 'credentials') credentials.refused(await credentials.current());
    return { ok: false, fault };
  };
  const partnerCentral: OpenService['partnerCentral'] = {
    write: async ({ association: { opportunityId, entity } }): Promise<WriteAnswer> => {
      await days.answerAfter(1_000);
      const fault = trouble();
      if (fault !== undefined) return refuse(fault);
      removed.push(`${opportunityId} ${entity.id}`);
      gone.add(opportunityId);
      troubles.removedSoMany(removed.length);
      return { ok: true, requestId: `request-${removed.length}` };
    },
    readOpportunity: async (id): Promise<ReadAnswer> => {
      const fault = trouble();
      if (fault !== undefined) return refuse(fault);
      const number = id.slice(1).padStart(7, '0');
      return { ok: true, opportunity: { entities: { Solutions: gone.has(id) ? [] : [`S-${number}`] } } };
    },
    listOpportunities: async () => ({ ok: true, items: [] }),
    listSolutions: async () => ({ ok: true, items: [] }),
    close: async () => undefined,
  };
  return {
    removed: () => removed,
    open: (deps) => openService({ partnerCentral, credentials }, deps),
  };
}

/** With the account's ledger as it is on the disk. */
async function openService(
  staged: Pick<OpenService, 'partnerCentral' | 'credentials'>,
  deps: ServiceDependencies,
): Promise<OpenService> {
  const { limits, clock, dice, quotas, purpose, writes, journaled } = deps;
  const endpoint = 'https://partnercentral-selling.example';
  const use = { purpose, writes, writesPerDay: limits.writesPerDay, journaled, clockAheadMs: undefined };
  const quota = await quotas.open({ account: '123456789012', endpoint }, use);
  const days = await dayQuotas(quota, limits);
  const pace = (): OpenService['writePace'] =>
    createPace({ ...limits, callsPerSecond: 'unlimited', calledBefore: false, clock, dice });
  const [writePace, readPace] = [pace(), pace()];
  return {
    ...staged,
    ...days,
    writePace,
    readPace,
    catalog: 'Sandbox',
    endpoint,
    caller: { account: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/cleanup/night' },
    limits,
    quota,
    clock,
    callCounts: () => ({ writes: writePace.counts().calls, reads: readPace.counts().calls, throttles: 0 }),
    close: async () => {
      await Promise.all([writePace.close(), readPace.close()]);
      await quota.close();
    },
  };
}
