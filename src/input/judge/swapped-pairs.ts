import type { Target } from '../../model/row.ts';

/** A row that seems to have its two identifiers in each other's place, with the number of such rows. */
export interface SwappedPair {
  readonly old: string;
  readonly replacement: string;
  readonly row: number;
  readonly rows: number;
}

/** How often an identifier is what goes, and what comes. */
interface Times {
  old: number;
  replacement: number;
}

/** Files that replace many by many tell nothing by how often a pair comes. */
const MOST_PAIRS = 20_000;

/**
 * Watches which identifiers are replaced, and by which: where one that comes in most rows goes in a few, and the other of these rows
 * goes in most, their two cells were swapped, and what is to be left would be removed.
 */
export class SwappedPairs {
  readonly #pairs = new Map<string, SwappedPair>();
  readonly #times = new Map<string, Times>();

  see({ entity, replacement }: Target, row: number): void {
    if (replacement === undefined || this.#pairs.size > MOST_PAIRS) return;
    const key = `${entity.id} ${replacement.id}`;
    const { rows, ...first } = this.#pairs.get(key) ?? {
      old: entity.id,
      replacement: replacement.id,
      row,
      rows: 0,
    };
    this.#pairs.set(key, { ...first, rows: rows + 1 });
    this.#timesOf(entity.id).old += 1;
    this.#timesOf(replacement.id).replacement += 1;
  }

  /** The first pair that goes against the others; `undefined` where none does, or both ways are usual. */
  first(): SwappedPair | undefined {
    if (this.#pairs.size > MOST_PAIRS) return undefined;
    return [...this.#pairs.values()].find(({ old, replacement }) => {
      const [goes, comes] = [this.#timesOf(old), this.#timesOf(replacement)];
      return goes.replacement >= goes.old * USUAL && comes.old >= comes.replacement * USUAL;
    });
  }

  #timesOf(key: string): Times {
    const times = this.#times.get(key) ?? { old: 0, replacement: 0 };
    this.#times.set(key, times);
    return times;
  }
}

/** As often as the other way, at least. */
const USUAL = 2;
