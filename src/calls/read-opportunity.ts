import { attaches, READ_ACTIONS, type ReadAnswer, type Write } from '../model/call.ts';
import type { OpportunityId } from '../model/entity.ts';
import { nearMiss } from './look/decline.ts';
import { HeldEntities } from './look/held-entities.ts';
import { pacedRead } from './paced-read.ts';
import type { LookContext } from './call-context.ts';
import type { Sighting } from './settle-call.ts';

/** Reads an opportunity, paced, and tried again as writes are. Rejects with what stops the run. */
export async function readOpportunity(context: LookContext, id: OpportunityId): Promise<ReadAnswer> {
  const { outages, hold, partnerCentral } = context;
  return pacedRead(context, {
    ask: (signal, leaves) => partnerCentral.readOpportunity(id, signal, leaves),
    hold,
    judge: (answer) =>
      outages.judge({ by: 'look', opportunityId: id, action: READ_ACTIONS.opportunity }, answer),
  });
}

/** Reads whether a change is made. */
export async function look(context: LookContext, write: Write): Promise<Sighting> {
  const { opportunityId, entity } = write.association;
  const answer = await readOpportunity(context, opportunityId);
  if (!answer.ok) return 'unreadable';
  const held = new HeldEntities(answer.opportunity);
  const present = held.has(entity);
  if (present !== attaches(write.operation)) return 'not_made';
  const near = present || context.options.provenIds ? [] : held.nearly(entity);
  return near.length === 0 ? 'made' : { nearMiss: nearMiss(write, near) };
}

/** The same, and again after the lag where the change is not seen. */
export async function lookTwice(context: LookContext, write: Write): Promise<Sighting> {
  const first = await look(context, write);
  const { readLagMs } = context.options;
  if (first !== 'not_made' || readLagMs === 0) return first;
  await context.clock.sleep(readLagMs, context.stopSwitch.signal);
  return look(context, write);
}
