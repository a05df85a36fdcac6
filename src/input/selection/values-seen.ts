import { showValue } from '../values/show-value.ts';

const KEPT = 1_000;
const SHOWN = 12;

/** The values that there are, the first ones to be shown where one that was asked for is not among them. */
export class ValuesSeen {
  readonly #values = new Set<string>();
  #more = false;

  add(value: string): void {
    if (this.#values.has(value)) return;
    if (this.#values.size < KEPT) this.#values.add(value);
    else this.#more = true;
  }

  /** Such as `"Acme", "Birch" and 12 more`. */
  words(): string {
    if (this.#values.size === 0) return 'none';
    const shown = [...this.#values].slice(0, SHOWN).map(showValue).join(', ');
    const more = this.#values.size - SHOWN;
    return more > 0 ? `${shown} and ${this.#more ? 'over ' : ''}${more} more` : shown;
  }
}
