import { RunError } from '../../model/run-error.ts';
import type { ReplaceMap } from '../columns/input-options.ts';
import { showValue } from '../values/show-value.ts';
import { indexOf, type PairIndex } from './replacement-pairs.ts';

/**
 * Holds a map of replacements against the rows: what they name is what is to be replaced. A map that is read backwards removes
 * what was to be left.
 */
export class MapDirection {
  readonly #map: ReplaceMap;
  readonly #replacements: PairIndex['news'];
  #olds = 0;
  #news = 0;
  #firstNew = '';

  constructor(map: ReplaceMap) {
    this.#map = map;
    this.#replacements = indexOf(map.pairs).news;
  }

  /** A row's identifier, and whether the map has it as an old one. */
  see(entity: string, isOld: boolean): void {
    if (isOld) this.#olds += 1;
    else if (this.#replacements.find(entity) !== undefined) {
      if (this.#news === 0) this.#firstNew = entity;
      this.#news += 1;
    }
  }

  /**
   * At the end of the rows.
   *
   * @throws RunError `input_columns` where they name the new ones alone, or both and no header says which is which
   */
  finish(input: string): void {
    const { name, heads, byOrder } = this.#map;
    // Without a header the old one is first, as is said of every map.
    if (heads === undefined || this.#news === 0 || (this.#olds > 0 && byOrder !== true)) return;
    const [old, replacement] = heads.map(showValue);
    const both = this.#olds > 0 ? 'what stands in either column' : 'what is to take another’s place';
    throw new RunError(
      'input_columns',
      `${name} may be read backwards: column ${old ?? ''} would be replaced by column ${replacement ?? ''}, and the rows of ${input} name ${both}, such as ${showValue(this.#firstNew)}.`,
      { code: 'name_map_columns' },
    );
  }
}
