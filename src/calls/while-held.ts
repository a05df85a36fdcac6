import type { Write } from '../model/call.ts';
import { elapsedMs, momentOf, type Moment } from '../model/clock.ts';
import { oneLine, REPLACEMENT_GONE, type Fault } from '../model/fault.ts';
import type { LookContext } from './call-context.ts';
import { HeldEntities } from './look/held-entities.ts';
import { STALE_MS } from './look/preflight.ts';
import { readOpportunity } from './read-opportunity.ts';

/** Asked just before a write leaves. Rejects with `HeldBack` where it must not. */
export type BeforeLeaving = () => Promise<void>;

/** A write that was kept from leaving: what it stands on is not there, or can't be seen. */
export class HeldBack extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/**
 * Lets a write leave only while what another of its row attached is still there: others may have taken it away since, an
 * undo among them. `seenNow`: it was attached, or seen, a moment ago; what was known longer ago is read again.
 */
export function whileHeld(attached: Write, seenNow: boolean, context: LookContext): BeforeLeaving {
  const { opportunityId, entity } = attached.association;
  let seenAt: Moment | undefined = seenNow ? momentOf(context.clock) : undefined;

  const isThere = async (): Promise<boolean> => {
    const answer = await readOpportunity(context, opportunityId);
    if (!answer.ok) throw new HeldBack(unseen(attached, answer.fault));
    return new HeldEntities(answer.opportunity).has(entity);
  };
  return async () => {
    if (seenAt !== undefined && elapsedMs(seenAt, momentOf(context.clock)) <= STALE_MS) return;
    const { readLagMs } = context.options;
    let there = await isThere();
    if (!there && readLagMs > 0) {
      await context.clock.sleep(readLagMs, context.stopSwitch.signal);
      there = await isThere();
    }
    if (!there) throw new HeldBack(gone(attached));
    seenAt = momentOf(context.clock);
  };
}

function gone({ association: { entity } }: Write): Fault {
  const message = `${entity.id} was attached and is there no longer.`;
  return { kind: 'refused', exception: REPLACEMENT_GONE, message };
}

function unseen({ association: { entity } }: Write, fault: Fault): Fault {
  const message = `Whether ${entity.id} is still attached can't be seen (${oneLine(fault)}).`;
  return { ...fault, message };
}
