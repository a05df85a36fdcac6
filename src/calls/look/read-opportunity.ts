import { attaches, type ReadAnswer, type Write } from '../../model/call.ts';
import type { OpportunityId } from '../../model/entity.ts';
import { decideRetry } from '../../partner-central/retry.ts';
import { nearMiss } from './decline.ts';
import { HeldEntities } from './held-entities.ts';
import { mendAccess } from '../mend-access.ts';
import type { Session } from '../session.ts';
import type { Sighting } from '../settle-call.ts';

/** How far reads have been seen to lag behind writes, milliseconds (third-party report). */
export const READ_LAG_MS = 3_000;

/** Reads an opportunity, paced, and tried again as writes are. Rejects with what stops the run. */
export async function readOpportunity(session: Session, id: OpportunityId): Promise<ReadAnswer> {
  const { signal } = session.stopSwitch;
  const mend = mendAccess(session.credentials, signal);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await readOnce(session, id, attempt);
    if (answer.ok) return answer;
    const { fault } = answer;
    if (fault.kind === 'credentials' || fault.kind === 'clock') {
      await mend(fault);
      continue;
    }
    const decision = decideRetry(session.retryPolicy, fault, attempt, session.dice());
    if (decision.kind === 'give_up') return answer;
    await session.clock.sleep(decision.delayMs, signal);
  }
}

async function readOnce(session: Session, id: OpportunityId, attempt: number): Promise<ReadAnswer> {
  const { readPace, readDay, partnerCentral, health, stopSwitch, clock } = session;
  for (let pauseMs = health.pauseMs(); pauseMs > 0; pauseMs = health.pauseMs()) {
    await clock.sleep(pauseMs, stopSwitch.signal);
  }
  const answer = await readPace.schedule({
    count: readDay.take,
    call: () => partnerCentral.readOpportunity(id, stopSwitch.signal),
    priority: attempt === 1 ? 'new' : 'retry',
    signal: stopSwitch.signal,
  });
  readPace.noteAnswer(!answer.ok && answer.fault.kind === 'throttled' ? 'throttled' : 'accepted');
  const verdict = health.judgeRead(answer);
  if (verdict.kind === 'stop') throw verdict.reason;
  return answer;
}

/** Reads whether a change is made. */
export async function look(session: Session, write: Write): Promise<Sighting> {
  const { opportunityId, entity } = write.association;
  const answer = await readOpportunity(session, opportunityId);
  if (!answer.ok) return 'unreadable';
  const held = new HeldEntities(answer.opportunity);
  const present = held.has(entity);
  if (present !== attaches(write.operation)) return 'not_made';
  const near = present ? [] : held.nearly(entity);
  return near.length === 0 ? 'made' : { nearMiss: nearMiss(write, near) };
}

/** The same, and again after the lag where the change is not seen. */
export async function lookTwice(session: Session, write: Write): Promise<Sighting> {
  const first = await look(session, write);
  if (first !== 'not_made') return first;
  await session.clock.sleep(READ_LAG_MS, session.stopSwitch.signal);
  return look(session, write);
}
