/** Counts different texts without keeping them: 16 bytes a text at most. Of a million, two are taken for one with odds of 1 in 9,000. */
export class DistinctCount {
  // Open addressing; 0 marks a free slot.
  #slots = new Float64Array(4_096);
  #held = 0;

  get size(): number {
    return this.#held;
  }

  add(text: string): void {
    if (!put(this.#slots, printOf(text))) return;
    this.#held += 1;
    if (this.#held * 2 > this.#slots.length) this.#grow();
  }

  has(text: string): boolean {
    return this.#slots[slotOf(this.#slots, printOf(text))] !== 0;
  }

  #grow(): void {
    const slots = new Float64Array(this.#slots.length * 2);
    for (const print of this.#slots) if (print !== 0) put(slots, print);
    this.#slots = slots;
  }
}

/** Whether it was not there before. */
function put(slots: Float64Array, print: number): boolean {
  const at = slotOf(slots, print);
  if (slots[at] === print) return false;
  slots[at] = print;
  return true;
}

/** Where it stands, or would stand. */
function slotOf(slots: Float64Array, print: number): number {
  const mask = slots.length - 1;
  let at = (print % 4_294_967_296) & mask;
  while (slots[at] !== 0 && slots[at] !== print) at = (at + 1) & mask;
  return at;
}

/** 52 bits, never 0: two lanes, each with a multiplier of its own (cyrb53, by bryc, in the public domain). */
function printOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (high & 0xf_ffff) + (low >>> 0) || 1;
}
