import type { ReadAnswer, Write } from '../../model/call.ts';
import type { OpportunityId } from '../../model/entity.ts';
import type { Fault } from '../../model/fault.ts';
import type { RowNote } from '../../model/outcome.ts';
import { HeldEntities } from './held-entities.ts';
import { judgeStep, type JudgeOptions, type RowStep, type WriteVerdict } from './judge-write.ts';

export interface PreflightOptions extends JudgeOptions {
  /** Asks what an opportunity holds; paced, and tried again as other calls are. */
  readonly read: (id: OpportunityId) => Promise<ReadAnswer>;
  readonly monotonicMs: () => number;
  /** Whether reading is known to be permitted, by other reads than these. */
  readonly mayRead?: () => boolean;
  /** Told once, when reading turns out not to be permitted: from then on every row goes unread. */
  readonly switchedOff: (fault: Fault) => void;
}

/** The next step that a row may take. */
export type Clearance =
  | {
      readonly kind: 'go';
      readonly notes: readonly RowNote[];
      /** Whether a read showed the opportunity. */
      readonly read: boolean;
      /** Of a removal: the whole ARN of what is held, where the write names its last segment alone. */
      readonly removes?: string;
      /** To be told whether the change is in force now; `undefined` where nobody knows, so that the next row reads anew. */
      readonly ended: (inForce: boolean | undefined) => void;
    }
  | Exclude<WriteVerdict, { readonly kind: 'go' }>;

/** A row's step but for the write in hand. */
export type OtherWrites = Omit<RowStep, 'write'>;

/**
 * Looks before it writes: one read an opportunity, however many of its rows stand near each other. Rows that bear on
 * each other must come one after the other: what a write changes is known once it has ended.
 */
export interface Preflight {
  readonly clear: (write: Write, others: OtherWrites) => Promise<Clearance>;
  readonly counts: () => PreflightCounts;
}

export interface PreflightCounts {
  readonly reads: number;
  /** Opportunities that were read again, since their rows stand far apart in the file. */
  readonly rereads: number;
}

interface Known {
  readonly askedAtMs: number;
  readonly reading: Promise<Reading>;
}

type Go = Extract<WriteVerdict, { readonly kind: 'go' }>;

const UNREAD: Go = { kind: 'go', notes: ['unread'] };

type Reading = { readonly held: HeldEntities } | { readonly fault: Fault };

/** Opportunities remembered at once. */
const REMEMBERED = 4_096;
/** Reads older than this are not relied on: other people work on the same opportunities. */
export const STALE_MS: number = 10 * 60_000;
/** Opportunities whose id alone is kept, to tell a second read from a first. */
const REREAD_WATCH = 200_000;

export function createPreflight(options: PreflightOptions): Preflight {
  const known = new Map<OpportunityId, Known>();
  const underWay = new Set<Promise<Reading>>();
  const readBefore = new Set<OpportunityId>();
  const counts = { reads: 0, rereads: 0 };
  let permitted = false;
  let off = false;

  const isPermitted = (): boolean => permitted || options.mayRead?.() === true;
  const read = async (id: OpportunityId): Promise<Reading> => {
    counts.reads += 1;
    if (readBefore.has(id)) counts.rereads += 1;
    else if (readBefore.size < REREAD_WATCH) readBefore.add(id);
    const answer = await options.read(id);
    // A plain "no" to the opportunity is said only to callers who may ask.
    permitted ||= answer.ok || answer.fault.kind === 'refused';
    return answer.ok ? { held: new HeldEntities(answer.opportunity) } : { fault: answer.fault };
  };
  const remember = (id: OpportunityId): Promise<Reading> => {
    const reading = read(id).finally(() => underWay.delete(reading));
    underWay.add(reading);
    known.delete(id);
    known.set(id, { askedAtMs: options.monotonicMs(), reading });
    const oldest = known.size > REMEMBERED ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return reading;
  };
  const lookUp = async (id: OpportunityId): Promise<Reading> => {
    const before = known.get(id);
    const fresh = before !== undefined && options.monotonicMs() - before.askedAtMs <= STALE_MS;
    const reading = await (fresh ? before.reading : remember(id));
    // What failed may succeed for the next row; that an opportunity is unknown will not change.
    if ('fault' in reading && reading.fault.exception !== UNKNOWN_OPPORTUNITY) known.delete(id);
    return reading;
  };

  const goOn = (write: Write, verdict: Go, shown: boolean): Clearance => {
    const id = write.association.opportunityId;
    const apply = (reading: Reading): void => {
      if ('held' in reading) reading.held.apply(write);
    };
    return {
      ...verdict,
      read: shown,
      ended: (inForce) => {
        if (inForce === undefined) known.delete(id);
        // A read that failed is its own row's affair.
        if (inForce === true) known.get(id)?.reading.then(apply, () => undefined);
      },
    };
  };
  const unread = async (write: Write, fault: Fault): Promise<Clearance> => {
    if (fault.kind === 'denied') await switchOffIfAllAreDenied(fault);
    // Nobody knows whether it is the last.
    return options.protectLast ? { kind: 'refuse', fault } : goOn(write, UNREAD, false);
  };
  /** One opportunity may be another account's: while other reads are under way, they may show that reading is permitted. */
  const switchOffIfAllAreDenied = async (fault: Fault): Promise<void> => {
    while (!isPermitted() && !off && underWay.size > 0) await Promise.race(underWay);
    if (isPermitted() || off) return;
    off = true;
    options.switchedOff(fault);
  };

  return {
    clear: async (write, others) => {
      if (off) return goOn(write, UNREAD, false);
      const reading = await lookUp(write.association.opportunityId);
      if ('held' in reading) {
        const verdict = judgeStep({ write, ...others }, reading.held, options);
        return verdict.kind === 'go' ? goOn(write, verdict, true) : verdict;
      }
      const { fault } = reading;
      return fault.exception === UNKNOWN_OPPORTUNITY ? { kind: 'refuse', fault } : unread(write, fault);
    },
    counts: () => ({ ...counts }),
  };
}

const UNKNOWN_OPPORTUNITY = 'ResourceNotFoundException';

const GO_UNREAD: Clearance = { kind: 'go', notes: [], read: false, ended: () => undefined };

/** The preflight of a run that asked for none. */
export const NO_PREFLIGHT: Preflight = {
  clear: async () => GO_UNREAD,
  counts: () => ({ reads: 0, rereads: 0 }),
};
