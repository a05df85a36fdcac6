import {
  clockSkewed,
  credentialsRejected,
  readingDenied,
  serviceUnreachable,
} from '../../calls/stop/stop-reasons.ts';
import type { ReadAnswer } from '../../model/call.ts';
import { parseOpportunityId } from '../../model/entity.ts';
import { assertNever, oneLine, type Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';
import { connect } from '../../partner-central/connect.ts';
import { findCaller } from '../../partner-central/sign-in/caller.ts';
import { resolveCredentials } from '../../partner-central/sign-in/resolve-credentials.ts';
import { retried } from '../../partner-central/sign-in/retried.ts';
import type { AccountQuota, ReadLimits } from '../../store/account-quota.ts';
import type { Findings } from './check.ts';
import { openQuota } from './check-quota.ts';
import { held, type Examination } from './examination.ts';

export async function checkCredentials(examination: Examination): Promise<Findings['credentials']> {
  const { lent, signal } = examination;
  const settings = held(lent.settings);
  const network = held(lent.network);
  const credentials = await resolveCredentials({ ...examination, settings, network }, signal);
  lent.credentials = credentials;
  const { expiration } = await credentials.current(signal);
  return {
    origin: credentials.origin(),
    ...(expiration !== undefined && { endsAtMs: expiration.getTime() }),
  };
}

export function checkAccount(examination: Examination): Promise<Findings['account']> {
  const { found, lent, signal } = examination;
  const settings = held(lent.settings);
  const asked = { ...examination, settings, endpoint: found('endpoint').url };
  return findCaller({ ...asked, network: held(lent.network), credentials: held(lent.credentials) }, signal);
}

/** Any opportunity would do: that it isn't there is an answer to somebody who may ask. */
const ANY_OPPORTUNITY = 'O1';

const READ_LIMITS: ReadLimits = { callsPerSecond: 10, callsPerDay: 100_000 };

/** Reads an opportunity. That writing is allowed can't be tried without a write. */
export async function checkReading(examination: Examination): Promise<Findings['reading']> {
  const { found, lent, signal, clock } = examination;
  const id = parseOpportunityId(ANY_OPPORTUNITY);
  if (id === undefined) throw new Error(`${ANY_OPPORTUNITY} is no opportunity.`);
  const lends = { network: held(lent.network), credentials: held(lent.credentials) };
  const quota = await openQuota(examination);
  const service = connect({ ...examination, ...lends, endpoint: found('endpoint').url, concurrency: 1 });
  try {
    const read = async (): Promise<ReadAnswer> => {
      await takeRead(quota, examination);
      return service.readOpportunity(id, signal);
    };
    const answer = await retried(read, { ...examination, clock }, signal);
    if (answer.ok) return { found: true };
    if (answer.fault.kind === 'refused') return { found: false };
    throw readingFailed(answer.fault);
  } finally {
    await service.close();
    await quota.close();
  }
}

/** Counts the read like any other, as soon as there is room for it. */
async function takeRead(quota: AccountQuota, { clock, signal }: Examination): Promise<void> {
  for (;;) {
    const taken = await quota.takeRead(READ_LIMITS);
    if (taken === 'taken') return;
    if (taken.why === 'daily_quota') {
      throw new RunError('quota_reached', 'The reads of the last 24 hours are used up.', {
        code: 'wait_for_quota',
      });
    }
    await clock.sleep(taken.waitMs, signal);
  }
}

function readingFailed(fault: Fault): RunError {
  switch (fault.kind) {
    case 'denied':
      return readingDenied(fault);
    case 'credentials':
      return credentialsRejected(fault);
    case 'clock':
      return clockSkewed(fault);
    case 'throttled':
      return new RunError('quota_reached', `The service throttles reads: ${oneLine(fault)}`, {
        code: 'wait_for_quota',
      });
    case 'refused':
    case 'server':
    case 'unreachable':
    case 'broken':
    case 'timeout':
    case 'malformed':
      return serviceUnreachable(fault, `reading ${ANY_OPPORTUNITY}`);
    default:
      return assertNever(fault.kind);
  }
}
