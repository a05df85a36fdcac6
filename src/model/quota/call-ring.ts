import type { CallTimes } from './earliest-start.ts';

/** The newest times, up to `capacity`: 8 bytes each, grown as needed. */
export interface CallRing extends CallTimes {
  /** `timeMs` is no earlier than the newest. Forgets the oldest where the ring is full. */
  readonly push: (timeMs: number) => void;
  /** A time that is in it turns out to be a later one. */
  readonly postpone: (timeMs: number, laterMs: number) => void;
  /** Forgets what is `sinceMs` or older. */
  readonly forgetUntil: (sinceMs: number) => void;
}

/** Few: a process may have hundreds of runs, with four of these each. */
const FIRST_SLOTS = 8;

export function createCallRing(capacity: number): CallRing {
  return new Ring(capacity);
}

class Ring implements CallRing {
  readonly #capacity: number;
  #slots: Float64Array;
  #first = 0;
  #length = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#slots = new Float64Array(Math.min(FIRST_SLOTS, capacity));
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number | undefined {
    const position = index < 0 ? this.#length + index : index;
    if (position < 0 || position >= this.#length) return undefined;
    return this.#slots[this.#slotOf(position)];
  }

  push(timeMs: number): void {
    if (this.#length === this.#capacity) this.#forgetOldest();
    else if (this.#length === this.#slots.length) this.#grow();
    this.#slots[this.#slotOf(this.#length)] = timeMs;
    this.#length += 1;
  }

  postpone(timeMs: number, laterMs: number): void {
    let position = this.#length - 1;
    while (position >= 0 && this.at(position) !== timeMs) position -= 1;
    // Forgotten meanwhile: the newer ones hold the next call up for longer.
    if (position < 0) return;
    for (; (this.at(position + 1) ?? Number.POSITIVE_INFINITY) < laterMs; position += 1) {
      this.#slots[this.#slotOf(position)] = this.at(position + 1) ?? laterMs;
    }
    this.#slots[this.#slotOf(position)] = laterMs;
  }

  forgetUntil(sinceMs: number): void {
    while ((this.at(0) ?? Number.POSITIVE_INFINITY) <= sinceMs) this.#forgetOldest();
  }

  #slotOf(position: number): number {
    return (this.#first + position) % this.#slots.length;
  }

  #forgetOldest(): void {
    this.#first = this.#slotOf(1);
    this.#length -= 1;
  }

  #grow(): void {
    const larger = new Float64Array(Math.min(this.#slots.length * 2, this.#capacity));
    const headLength = Math.min(this.#length, this.#slots.length - this.#first);
    larger.set(this.#slots.subarray(this.#first, this.#first + headLength));
    larger.set(this.#slots.subarray(0, this.#length - headLength), headLength);
    this.#slots = larger;
    this.#first = 0;
  }
}
