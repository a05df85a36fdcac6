import type { RelatedEntity } from '../../model/entity.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { Contradiction, RowPlace, Target } from '../../model/row.ts';
import { isAskedByStatus } from '../judge/asked-statuses.ts';
import type { TwoMinds } from './input-tally.ts';
import { SpelledTargets } from './spelled-targets.ts';

type PlacedRow = Pick<RowPlace, 'row' | 'earlier'>;

/** Watches the targets of valid rows: which come again, and which can't both be meant. */
export class AskedTargets {
  readonly #asked = new SpelledTargets();
  readonly #attached = new SpelledTargets();
  readonly #leftOut = new SpelledTargets();
  readonly #kept = new SpelledTargets();
  readonly #only: readonly RowStatus[] | undefined;
  #replaces = false;
  #leavesOut = false;

  /** `only`: the statuses of results by which rows are asked for; the others keep their lines. */
  constructor(only?: readonly RowStatus[]) {
    this.#only = only;
  }

  /**
   * The row that asked for the same before; 0 where there is none, and the target is then remembered. A row that keeps its line makes
   * no other a duplicate, and is one itself only if it was.
   */
  firstRowOf(target: Target, { row, earlier }: PlacedRow): number {
    if (isAskedByStatus(earlier, this.#only)) return this.#asked.firstRowOf(target, row);
    if (earlier?.status === 'duplicate') return this.#asked.sameRowOf(target) || this.#kept.sameRowOf(target);
    this.#kept.firstRowOf(target, row);
    return 0;
  }

  /** Remembers a row that is left out; with the row, by now, that asks for its association: 0 for none, or where that was told before. */
  leaveOut(target: Target, { row, earlier }: PlacedRow): TwoMinds {
    const { opportunityId, entity } = target;
    this.#leavesOut = true;
    if (earlier !== undefined) this.#kept.firstRowOf(target, row);
    const association = { opportunityId, entity };
    const isNew = this.#leftOut.firstRowOf(association, row) === 0;
    return { asked: isNew ? this.#asked.rowOf(association) : 0, leftOut: row };
  }

  /** The row that was left out before, and names the association of one that asks for it; 0 for none. */
  leftOutRowOf(target: Target): number {
    return this.#leavesOut ? this.#leftOut.rowOf(target) : 0;
  }

  /**
   * What an earlier row asks for that a new one, remembered already, can't be done beside: another end of the same association, or the
   * removal of what this one attaches, or the reverse. In such a pair the order of the rows would decide what is left.
   */
  contradictionOf(target: Target, { row, earlier }: PlacedRow): Contradiction | undefined {
    const { opportunityId, entity, replacement } = target;
    if (!isAskedByStatus(earlier, this.#only)) return undefined;
    this.#replaces ||= replacement !== undefined;
    // Most files replace nothing.
    if (!this.#replaces) return undefined;
    const of = (one: RelatedEntity): Target => ({ opportunityId, entity: one });
    const other = this.#asked.otherRowOf(target);
    if (other !== 0) return { kind: 'other_end', row: other };
    const removedIn = replacement === undefined ? 0 : this.#asked.rowOf(of(replacement));
    if (replacement !== undefined && removedIn !== 0)
      return { kind: 'chain', id: replacement.id, attachedIn: row, removedIn };
    const attachedIn = this.#attached.rowOf(of(entity));
    if (attachedIn !== 0) return { kind: 'chain', id: entity.id, attachedIn, removedIn: row };
    if (replacement !== undefined) this.#attached.firstRowOf(of(replacement), row);
    return undefined;
  }
}
