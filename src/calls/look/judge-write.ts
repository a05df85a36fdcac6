import type { Write } from '../../model/call.ts';
import type { EntityType } from '../../model/entity.ts';
import { LAST_REMAINING, type Fault } from '../../model/fault.ts';
import type { RowNote } from '../../model/outcome.ts';
import { isNeeded, typesSharingLast } from '../../model/entity-types.ts';
import { attaches } from '../../model/writes.ts';
import type { HeldEntities } from './held-entities.ts';

/** What is known before a write, and what follows. */
export type Verdict =
  | { readonly kind: 'go'; readonly notes: readonly RowNote[] }
  /** There is nothing to do. */
  | { readonly kind: 'needless' }
  /** The write would be in vain, or is not wanted. */
  | { readonly kind: 'refuse'; readonly fault: Fault };

export interface JudgeOptions {
  /** Refuse to remove an opportunity's last entity of its type. */
  readonly protectLast: boolean;
  /** The row attaches a replacement first. */
  readonly replaces: boolean;
}

/** Review statuses under which AWS blocks updates (developer guide); whether associations too is not documented. */
const LOCKING_REVIEW_STATUSES: readonly string[] = ['Submitted', 'In review'];

/** Decides on one write by what the opportunity holds. Warns, and doesn't block, where a refusal is only likely. */
export function judgeWrite(write: Write, held: HeldEntities, options: JudgeOptions): Verdict {
  const { operation, association } = write;
  if (held.has(association.entity) === attaches(operation)) return { kind: 'needless' };
  const last = !attaches(operation) && held.isLast(association.entity) && !options.replaces;
  if (last && options.protectLast) return { kind: 'refuse', fault: lastRemaining(write) };
  const locked = held.reviewStatus !== undefined && LOCKING_REVIEW_STATUSES.includes(held.reviewStatus);
  return {
    kind: 'go',
    notes: [...(last ? [lastNote(write)] : []), ...(locked ? (['locked_review'] as const) : [])],
  };
}

function lastNote({ association: { entity } }: Write): RowNote {
  return isNeeded(entity.type) ? 'last_solution' : 'last_of_type';
}

function lastRemaining({ association: { opportunityId, entity } }: Write): Fault {
  return {
    kind: 'refused',
    exception: LAST_REMAINING,
    message: `${entity.id} is the last of type ${entity.type} on ${opportunityId}${alike(entity.type)}, and the option protect-last keeps it.`,
  };
}

function alike(type: EntityType): string {
  const others = typesSharingLast(type).filter((other) => other !== type);
  return others.length === 0 ? '' : ` (${others.join(' and ')} count as the same type here)`;
}
