import { createPreflight, NO_PREFLIGHT, type Clearance, type Preflight } from './preflight.ts';
import { readOpportunity } from './read-opportunity.ts';
import type { RunEvents } from '../../run/run-events.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import type { Session } from '../session.ts';
import { readingDenied } from '../stop/stop-reasons.ts';

/** The preflight that a run asks for, reading through its session; tells once what all rows after it share. */
export function openPreflight(request: RunRequest, session: Session, events: RunEvents): Preflight {
  if (!request.preflight) return NO_PREFLIGHT;
  const { protectLast, skipLocked, provenIds, planOnly } = request;
  const { signal, stop } = session.stopSwitch;
  const preflight = createPreflight({
    read: (id) => readOpportunity(session, id),
    monotonicMs: session.clock.monotonicMs,
    protectLast,
    skipLocked,
    provenIds,
    switchedOff: (fault) => {
      if (protectLast || planOnly) stop(readingDenied(fault));
      else events.preflightOff(fault);
    },
  });
  let warned = false;
  return {
    ...preflight,
    clear: async (write, others) => {
      const clearance = await preflight.clear(write, others);
      // What could not be read once the run stops is no row's fault.
      signal.throwIfAborted();
      // A plan notes it row by row.
      if (!warned && !planOnly && isUnderReview(clearance)) {
        warned = true;
        events.underReview(write.association.opportunityId);
      }
      return clearance;
    },
  };
}

function isUnderReview(clearance: Clearance): boolean {
  return clearance.kind === 'go' && clearance.notes.includes('locked_review');
}
