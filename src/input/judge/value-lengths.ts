import type { ColumnIndexes } from '../columns/found-columns.ts';
import {
  EMPTY,
  isShaped,
  KINDS,
  kindOf,
  OPPORTUNITY,
  type CellKind,
  type ProfiledRow,
} from '../values/cell-kind.ts';
import { cleanValue } from '../values/clean-value.ts';

const MIXED = -1;

/** The lengths that values of each kind have in the columns that rows are read for. */
export class ValueLengths {
  readonly #columns: readonly number[];
  readonly #replacement: number;
  /** By column and kind: 0 for none yet. */
  readonly #lengths: Int32Array;
  readonly #counts: Int32Array;
  #rows = 0;
  #replacements = 0;

  constructor({ opportunity, entity, replacement }: ColumnIndexes) {
    this.#columns = [opportunity, entity, replacement].filter((column) => column >= 0);
    this.#replacement = replacement;
    this.#lengths = new Int32Array(this.#columns.length * KINDS);
    this.#counts = new Int32Array(this.#columns.length * KINDS);
  }

  learn({ cells, kinds }: ProfiledRow): void {
    this.#rows += 1;
    for (let place = 0; place < this.#columns.length; place += 1) {
      const column = this.#columns[place] ?? -1;
      const kind = column < kinds.length ? (kinds[column] ?? EMPTY) : EMPTY;
      if (!hasLength(kind)) continue;
      if (column === this.#replacement) this.#replacements += 1;
      const at = place * KINDS + kind;
      const known = this.#lengths[at] ?? 0;
      if (known === MIXED) continue;
      const { length } = cleanValue(cells[column] ?? '');
      this.#lengths[at] = known === 0 || known === length ? length : MIXED;
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    }
  }

  /**
   * Whether a file may break off in its last row, behind which no line end stands: the value it ends in is shorter than
   * all others of its kind in the column, which have one length; or it ends before the replacement that all others have.
   */
  mayBreakOffIn(cells: readonly string[]): boolean {
    const last = cells.length - 1;
    const isBefore = last <= this.#replacement && cleanValue(cells[this.#replacement] ?? '') === '';
    if (this.#rows >= 2 && isBefore && this.#replacements === this.#rows) return true;
    const place = this.#columns.indexOf(last);
    if (place < 0) return false;
    const kind = kindOf(cells[last] ?? '');
    if (!hasLength(kind)) return false;
    const at = place * KINDS + kind;
    const others = this.#lengths[at] ?? 0;
    return (this.#counts[at] ?? 0) >= 2 && cleanValue(cells[last] ?? '').length < others;
  }
}

/** Product codes are words of any length. */
function hasLength(kind: CellKind): boolean {
  return kind === OPPORTUNITY || isShaped(kind);
}
