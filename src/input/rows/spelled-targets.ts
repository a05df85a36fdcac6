import { lastSegment, parseEntityId } from '../../model/entity.ts';
import type { Target } from '../../model/row.ts';
import { SeenTargets } from './seen-targets.ts';

/**
 * Remembers targets whose entity may be spelled in two ways, as a whole ARN or as its last segment: of two rows that name one so, one would do
 * what the other undoes. Two whole ARNs that end alike are two.
 */
export class SpelledTargets {
  readonly #own = new SeenTargets();
  /** Those that were spelled as an ARN, as they would be without. */
  readonly #bare = new SeenTargets();
  #hasArns = false;

  /** The row that asked for the same before; 0 where there is none, and `row` is then remembered. */
  firstRowOf(target: Target, row: number): number {
    const known = this.sameRowOf(target);
    if (known !== 0) return known;
    this.#own.firstRowOf(target, row);
    if (isArn(target)) {
      this.#hasArns = true;
      this.#bare.firstRowOf(bareOf(target), row);
    }
    return 0;
  }

  /** The row that was remembered for the same; 0 for none. */
  sameRowOf(target: Target): number {
    return this.#own.sameRowOf(target) || this.#inOtherSpelling(target, 'sameRowOf');
  }

  /** The first row that was remembered for the same association, whatever takes its place; 0 for none. */
  rowOf(target: Target): number {
    return this.#own.rowOf(target) || this.#inOtherSpelling(target, 'rowOf');
  }

  /** The first row that was remembered for the same association, with another replacement or with none; 0 for none. `target` is remembered. */
  otherRowOf(target: Target): number {
    // In the other spelling with the same replacement it would have been the same.
    return this.#own.otherRowOf(target) || this.#inOtherSpelling(target, 'rowOf');
  }

  #inOtherSpelling(target: Target, look: 'sameRowOf' | 'rowOf'): number {
    if (isArn(target)) return this.#own[look](bareOf(target));
    return this.#hasArns ? this.#bare[look](target) : 0;
  }
}

function isArn({ entity: { id } }: Target): boolean {
  return id.startsWith('arn:');
}

function bareOf(target: Target): Target {
  const id = parseEntityId(lastSegment(target.entity.id)) ?? target.entity.id;
  return { ...target, entity: { ...target.entity, id } };
}
