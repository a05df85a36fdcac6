import { showValue } from '../values/show-value.ts';

const KEPT = 1_000;
const SHOWN = 12;

/** Some of the values that there are. */
export interface SomeValues {
  readonly values: readonly string[];
  /** Whether there are others. */
  readonly more: boolean;
}

/** Of an option, the values that no row has. */
export interface Unmet {
  readonly option: 'where' | 'entities';
  /** The one that a condition names; empty of none. */
  readonly column: string;
  readonly values: readonly string[];
  readonly seen: SomeValues;
}

/** The values that there are, the first ones to be shown where one that was asked for is not among them. */
export class ValuesSeen {
  readonly #values = new Set<string>();
  #more = false;

  add(value: string): void {
    if (this.#values.has(value)) return;
    if (this.#values.size < KEPT) this.#values.add(value);
    else this.#more = true;
  }

  /** As many as are shown. */
  some(): SomeValues {
    const values = [...this.#values].slice(0, SHOWN);
    return { values, more: this.#more || this.#values.size > SHOWN };
  }

  /** Those of another part of the same whole. */
  take({ values, more }: SomeValues): void {
    for (const value of values) this.add(value);
    this.#more ||= more;
  }

  /** Such as `"Acme", "Birch" and 12 more`. */
  words(): string {
    if (this.#values.size === 0) return 'none';
    const shown = [...this.#values].slice(0, SHOWN).map(showValue).join(', ');
    const more = this.#values.size - SHOWN;
    return more > 0 ? `${shown} and ${this.#more ? 'over ' : ''}${more} more` : shown;
  }
}
