import type { OpportunityId } from '../model/entity.ts';
import type { Fault } from '../model/fault.ts';
import type { LookContext } from './call-context.ts';
import { createPreflight, NO_PREFLIGHT, type Clearance, type Preflight } from './look/preflight.ts';
import { readOpportunity } from './read-opportunity.ts';
import { readingDenied } from './stop/stop-reasons.ts';

/** Events that all later rows share are told once. */
export interface PreflightNews {
  /** Reading is not permitted: rows are sent without a look beforehand. */
  readonly preflightOff: (fault: Fault) => void;
  /** The first opportunity met whose review status suggests that its rows will be refused; they are sent all the same. */
  readonly underReview: (opportunityId: OpportunityId) => void;
}

/** The preflight that a run's options ask for. */
export function openPreflight(context: LookContext, news: PreflightNews): Preflight {
  const { options, clock, outages } = context;
  const { protectLast, planOnly } = options;
  if (!options.preflight) return NO_PREFLIGHT;
  const { signal, stop } = context.stopSwitch;
  const readableFromMs = clock.monotonicMs() + lagLeftMs(context);
  const preflight = createPreflight({
    ...options,
    read: async (id) => {
      const restMs = readableFromMs - clock.monotonicMs();
      if (restMs > 0) await clock.sleep(restMs, signal);
      return readOpportunity(context, id);
    },
    monotonicMs: clock.monotonicMs,
    mayRead: outages.mayLook,
    switchedOff: (fault) => {
      if (protectLast || planOnly) stop(readingDenied(fault));
      else news.preflightOff(fault);
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
        news.underReview(write.association.opportunityId);
      }
      return clearance;
    },
  };
}

/**
 * How long reads may still show the opportunities as they were before the account's newest write. Only writes of earlier
 * sessions matter: what this one changes, the preflight knows.
 */
function lagLeftMs({ options, writeDay }: LookContext): number {
  const { times, nowMs } = writeDay.usage();
  const newestMs = times.at(-1);
  return newestMs === undefined ? 0 : Math.max(0, newestMs + options.readLagMs - nowMs);
}

function isUnderReview(clearance: Clearance): boolean {
  return clearance.kind === 'go' && clearance.notes.includes('locked_review');
}
