import type { InputRow, ValidRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';
import { SwappedPairs, type SwappedPair } from './judge/swapped-pairs.ts';
import type { InputTold } from './rows/input-tally.ts';
import { assertSaid } from './selection/selection-errors.ts';

const PAIRS_SHOWN = 5;

/** Looks for what a file leaves open: of two things that may be meant, neither is guessed. */
export class UnclearRows {
  readonly #name: string;
  readonly #pairs: (readonly [number, number])[] = [];
  readonly #swapped = new SwappedPairs();
  #rows = 0;
  #first: RunError | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** A row may be one that can't be done beside an earlier one; of a chain nobody can tell what is to be left. */
  see(row: InputRow): void {
    if (row.kind !== 'valid') return;
    this.#swapped.see(row.target, row.row);
    if (row.contradicts === undefined) return;
    const pair = pairOf(row, row.contradicts);
    this.#rows += 1;
    if (this.#pairs.length < PAIRS_SHOWN) this.#pairs.push(pair);
    this.#first ??= contradiction(this.#name, row, row.contradicts);
  }

  /**
   * At the end of the file.
   *
   * @throws RunError `input_format` that names rows which can't both be done, `usage` for cells that don't say whether their rows are meant
   */
  assertNone(told: InputTold): void {
    if (this.#first !== undefined && this.#rows > 1) {
      const { code, message, advice } = this.#first;
      throw new RunError(code, `${message} ${this.#others()}`, advice);
    }
    if (this.#first !== undefined) throw this.#first;
    const swapped = this.#swapped.first();
    if (swapped !== undefined) throw pairSwapped(this.#name, swapped);
    for (const condition of told.conditions) assertSaid(this.#name, condition);
  }

  #others(): string {
    const shown = this.#pairs.map(([first, second]) => `${first} and ${second}`);
    const more = this.#rows > shown.length ? ', …' : '';
    return `There are ${this.#rows} such pairs: rows ${shown.join(', ')}${more}.`;
  }
}

type Contradicts = NonNullable<ValidRow['contradicts']>;

function pairOf({ row }: ValidRow, contradicts: Contradicts): readonly [number, number] {
  return contradicts.kind === 'chain'
    ? [contradicts.attachedIn, contradicts.removedIn]
    : [contradicts.row, row];
}

function pairSwapped(name: string, { old, replacement, row, rows }: SwappedPair): RunError {
  const others = rows > 1 ? ` (and ${rows - 1} more)` : '';
  return new RunError(
    'input_format',
    `${name}: row ${row}${others} replaces ${old} by ${replacement}, and other rows attach ${old} and remove ${replacement}: its two cells may have been swapped.`,
    { code: 'swap_back' },
  );
}

function contradiction(name: string, { row, target }: ValidRow, contradicts: Contradicts): RunError {
  const { opportunityId, entity, replacement } = target;
  if (contradicts.kind === 'chain') {
    const { id, attachedIn, removedIn } = contradicts;
    return new RunError(
      'input_format',
      `${name}: row ${attachedIn} attaches ${id} to ${opportunityId} as a replacement, and row ${removedIn} removes it again: a chain of which nobody can tell what is to be left.`,
      { code: 'map_straight' },
    );
  }
  const end =
    replacement === undefined ? 'removes it without a replacement' : `replaces it by ${replacement.id}`;
  return new RunError(
    'input_format',
    `${name}: rows ${contradicts.row} and ${row} are about the same, ${entity.id} of ${opportunityId}, and say different things: row ${row} ${end}, and row ${contradicts.row} does not.`,
    { code: 'one_end' },
  );
}
