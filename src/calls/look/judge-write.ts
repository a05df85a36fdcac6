import { attaches, type Write } from '../../model/call.ts';
import type { Fault } from '../../model/fault.ts';
import type { RowNote, SkipReason } from '../../model/outcome.ts';
import { isNeeded } from '../../model/entity-types.ts';
import { lastRemaining, nearMiss, noPlace } from './decline.ts';
import type { HeldEntities } from './held-entities.ts';

/** The decision on a write, by what is known before it. */
export type WriteVerdict =
  | {
      readonly kind: 'go';
      readonly notes: readonly RowNote[];
      /** Of a removal: the whole ARN of what is held, where the write names its last segment alone. */
      readonly removes?: string;
    }
  /** The replacement has no place before the old entity is gone, which is to go first. */
  | { readonly kind: 'detach_first' }
  /** There is nothing to do. */
  | { readonly kind: 'needless' }
  /** The write would be in vain, or is not wanted. */
  | { readonly kind: 'refuse'; readonly fault: Fault }
  /** The row is left out, as asked for. */
  | { readonly kind: 'skip'; readonly why: SkipReason };

export interface JudgeOptions {
  /** Refuse to remove an opportunity's last entity of its type. */
  readonly protectLast: boolean;
  /** Leave out rows whose opportunity's review status suggests a refusal. */
  readonly skipLocked: boolean;
  /** The identifiers are those of calls that were made before: none is a slip of writing. */
  readonly provenIds: boolean;
}

/** One of a row's writes: those before it are in force, those after it are to follow. */
export interface RowStep {
  readonly before: readonly Write[];
  readonly write: Write;
  readonly after: readonly Write[];
  /** The old entity may go first where its replacement has no place otherwise. */
  readonly detachFirst?: boolean;
}

/** Decides on one write of a row; refuses it, too, where one that is to follow would be: then nothing is sent. */
export function judgeStep(step: RowStep, held: HeldEntities, options: JudgeOptions): WriteVerdict {
  const { before, write, after } = step;
  const now = held.after(before);
  const verdict = judgeWrite(write, now, options, after);
  if (verdict.kind === 'refuse') return verdict;
  const later = after.map((following, place) =>
    judgeWrite(following, now.after([write, ...after.slice(0, place)]), options),
  );
  const refusal = later.find(({ kind }) => kind === 'refuse') ?? withoutPlace(step, now, options);
  if (refusal !== undefined) return refusal;
  const { reviewStatus } = held;
  const somethingToDo = [verdict, ...later].some(({ kind }) => kind === 'go');
  // A row that has begun is brought to its end.
  const begins = before.length === 0 && somethingToDo;
  return options.skipLocked && begins && isLocking(reviewStatus)
    ? { kind: 'skip', why: { kind: 'locked', reviewStatus } }
    : verdict;
}

/**
 * A replacement is attached first: it needs a place of its own. Where the old entity may go first, that order is judged as
 * any other. Elsewhere the service tells.
 */
function withoutPlace(
  { write, after, detachFirst = false }: RowStep,
  held: HeldEntities,
  options: JudgeOptions,
): WriteVerdict | undefined {
  const { entity } = write.association;
  const [leaving] = after;
  if (leaving === undefined || !attaches(write.operation) || held.has(entity)) return undefined;
  if (held.hasPlaceFor(entity.type)) return undefined;
  const helps = held.after([leaving]).hasPlaceFor(entity.type);
  if (!helps || !detachFirst) return { kind: 'refuse', fault: noPlace(write, leaving, helps) };
  const verdict = judgeStep({ before: [], write: leaving, after: [write] }, held, options);
  return verdict.kind === 'go' ? { kind: 'detach_first' } : verdict;
}

/** Review statuses under which AWS blocks updates (developer guide); whether associations too is not documented. */
const LOCKING_REVIEW_STATUSES: readonly string[] = ['Submitted', 'In review'];

function isLocking(reviewStatus: string | undefined): reviewStatus is string {
  return reviewStatus !== undefined && LOCKING_REVIEW_STATUSES.includes(reviewStatus);
}

/**
 * Decides on one write by what the opportunity holds. Warns, and doesn't block, where a refusal is only likely. Of the
 * writes `after` it, what they remove is no near miss of what it attaches (the row itself tells the two apart), and what
 * they attach is left where it removes the last.
 */
export function judgeWrite(
  write: Write,
  held: HeldEntities,
  options: JudgeOptions,
  after: readonly Write[] = [],
): WriteVerdict {
  const { operation, association } = write;
  const attaching = attaches(operation);
  const present = held.has(association.entity);
  const rivals = attaching ? held.after(after) : held;
  const near = present || options.provenIds ? [] : rivals.nearly(association.entity);
  if (near.length > 0) return { kind: 'refuse', fault: nearMiss(write, near) };
  if (present === attaching) return { kind: 'needless' };
  const last = !attaching && held.isLast(association.entity);
  if (last && options.protectLast) return { kind: 'refuse', fault: lastRemaining(write) };
  const notes: readonly RowNote[] = [
    ...(last && held.after(after).isLast(association.entity) ? [lastNote(write)] : []),
    ...(isLocking(held.reviewStatus) ? (['locked_review'] as const) : []),
  ];
  const removes = attaching ? undefined : held.wholeId(association.entity);
  return { kind: 'go', notes, ...(removes !== undefined && { removes }) };
}

function lastNote({ association: { entity } }: Write): RowNote {
  return isNeeded(entity.type) ? 'last_solution' : 'last_of_type';
}
