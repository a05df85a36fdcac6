import { ENTITY_TYPES, lastSegment, type EntityType } from '../../model/entity.ts';
import type { Target } from '../../model/row.ts';

/** Three 32-bit lanes of fingerprint and the row's number. */
const SLOT_WORDS = 4;
const FIRST_SLOTS = 8;
/** Of all that hold nothing yet: a process may have hundreds of runs, with four of these each, and most hold nothing ever. */
const NO_SLOTS = new Int32Array(FIRST_SLOTS * SLOT_WORDS);
/** The fingerprint that was taken last. */
const PRINT = new Int32Array(3);

/**
 * Remembers every target by a fingerprint of 96 bits: 40 bytes a row at most, where a set of strings takes
 * some 150. Two different targets of a million share one with odds of 1 in 1.6 × 10^17 (n² / 2^97); the second
 * would be called a duplicate and not sent, which the results show.
 */
export class SeenTargets {
  // Open addressing; a row's number of 0 marks a free slot.
  #slots = NO_SLOTS;
  #mask = FIRST_SLOTS - 1;
  #held = 0;

  /** The row that asked for the same before; 0 where there is none, and `row` is then remembered. */
  firstRowOf(target: Target, row: number): number {
    const at = this.#placeOf(target);
    const known = this.#slots[at + 3] ?? 0;
    if (known !== 0) return known;
    if (this.#held === 0) this.#slots = NO_SLOTS.slice();
    const slots = this.#slots;
    slots.set(PRINT, at);
    slots[at + 3] = row;
    this.#held += 1;
    if (this.#held * 5 > (this.#mask + 1) * 4) this.#grow();
    return 0;
  }

  /** The row that was remembered for the same; 0 for none. */
  sameRowOf(target: Target): number {
    return this.#slots[this.#placeOf(target) + 3] ?? 0;
  }

  /** The first row that was remembered for the same association, whatever takes its place; 0 for none. */
  rowOf({ opportunityId, entity }: Target): number {
    return this.#firstAlike({ opportunityId, entity }, false);
  }

  /** The first row that was remembered for the same association, with another replacement or with none; 0 for none. */
  otherRowOf(target: Target): number {
    return this.#firstAlike(target, true);
  }

  /** Targets of one association are looked for from one slot on. */
  #firstAlike(target: Target, otherOnly: boolean): number {
    fingerprint(target, PRINT);
    const slots = this.#slots;
    let at = ((PRINT[0] ?? 0) & this.#mask) * SLOT_WORDS;
    for (; slots[at + 3] !== 0; at = (at + SLOT_WORDS) % slots.length) {
      const isAlike = slots[at] === PRINT[0] && slots[at + 1] === PRINT[1];
      if (isAlike && !(otherOnly && slots[at + 2] === PRINT[2])) return slots[at + 3] ?? 0;
    }
    return 0;
  }

  /** Its slot, or the free one that it would get. */
  #placeOf(target: Target): number {
    fingerprint(target, PRINT);
    const slots = this.#slots;
    let at = ((PRINT[0] ?? 0) & this.#mask) * SLOT_WORDS;
    while (slots[at + 3] !== 0) {
      if (slots[at] === PRINT[0] && slots[at + 1] === PRINT[1] && slots[at + 2] === PRINT[2]) break;
      at = (at + SLOT_WORDS) % slots.length;
    }
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    const mask = this.#mask * 2 + 1;
    const slots = new Int32Array((mask + 1) * SLOT_WORDS);
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + 3] === 0) continue;
      let at = ((old[from] ?? 0) & mask) * SLOT_WORDS;
      while (slots[at + 3] !== 0) at = (at + SLOT_WORDS) % slots.length;
      for (let word = 0; word < SLOT_WORDS; word += 1) slots[at + word] = old[from + word] ?? 0;
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

/** From 1. */
const TYPE_NUMBERS = Object.fromEntries(
  ENTITY_TYPES.map((type, index) => [type, index + 1]),
  // fromEntries forgets the key type of its entries.
) as Readonly<Record<EntityType, number>>;

/** Of a replacement a whole ARN and its last segment are one. */
function fingerprint(target: Target, lanes: Int32Array): void {
  const { opportunityId, entity, replacement } = target;
  lanes[0] = 0x1e3779b9;
  lanes[1] = 0x7f4a7c15;
  lanes[2] = 0x14d049bb;
  stir(lanes, opportunityId, 0);
  stir(lanes, entity.id, TYPE_NUMBERS[entity.type]);
  finish(lanes);
  if (replacement === undefined) return;
  // The association alone decides on two lanes of three, so that its rows are found again whatever replaces it.
  const [a = 0, b = 0] = lanes;
  stir(lanes, lastSegment(replacement.id), TYPE_NUMBERS[replacement.type]);
  finish(lanes);
  lanes[0] = a;
  lanes[1] = b;
}

/**
 * Two characters a step: each lane multiplies by a constant of its own, then folds its high bits into its low
 * ones. The length and the type go in first, so that no two targets run together alike.
 */
function stir(lanes: Int32Array, text: string, type: number): void {
  const { length } = text;
  let a = lanes[0] ?? 0;
  let b = lanes[1] ?? 0;
  let c = lanes[2] ?? 0;
  let word = (length << 4) | type;
  for (let index = 0; ; index += 2) {
    a = Math.imul(a ^ word, 0x85ebca6b);
    b = Math.imul(b ^ word, 0xc2b2ae35);
    c = Math.imul(c ^ word, 0x27d4eb2f);
    a ^= a >>> 15;
    b ^= b >>> 13;
    c ^= c >>> 16;
    if (index >= length) break;
    word = text.charCodeAt(index) | (index + 1 < length ? text.charCodeAt(index + 1) << 16 : 0);
  }
  lanes[0] = a;
  lanes[1] = b;
  lanes[2] = c;
}

/** The lanes learn of each other (reversibly), so that the table's index depends on all three. */
function finish(lanes: Int32Array): void {
  const a = lanes[0] ?? 0;
  const b = lanes[1] ?? 0;
  const c = lanes[2] ?? 0;
  lanes[0] = avalanche(a + Math.imul(b, 3));
  lanes[1] = avalanche(b + Math.imul(c, 5));
  lanes[2] = avalanche(c + Math.imul(a, 6));
}

/** The finalizer of MurmurHash3: every bit of the input changes every bit of the output half the time. */
function avalanche(lane: number): number {
  let mixed = lane | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
