import { isTelling, kindOf } from '../values/cell-kind.ts';
import { cleanValue } from '../values/clean-value.ts';
import { foldName } from '../values/fold-name.ts';
import type { FoundColumns, UnusedColumn } from './found-columns.ts';

/** Names of columns in which people write what is to be done with a row. */
const NAMES = folded([
  'action',
  'actions',
  'action required',
  'decision',
  'verdict',
  'to do',
  'what to do',
  'keep',
  'to keep',
  'keep or remove',
  'retain',
  'remove',
  'to remove',
  'to be removed',
  'delete',
  'to delete',
  'to be deleted',
  'disassociate',
  'skip',
  'ignore',
  'exclude',
  'Aktion',
  'Entscheidung',
  'behalten',
  'löschen',
  'entfernen',
  'décision',
  'garder',
  'conserver',
  'supprimer',
  'acción',
  'decisión',
  'mantener',
  'conservar',
  'eliminar',
  'ação',
  'decisão',
  'manter',
  'excluir',
  'remover',
  'azione',
  'decisione',
  'mantenere',
  'eliminare',
]);

/** Values that say, under any name, that a row is not meant. */
const KEEPING = folded([
  'keep',
  'keep it',
  'kept',
  'retain',
  'stay',
  'stays',
  'hold',
  'on hold',
  'do not remove',
  "don't remove",
  'do not delete',
  "don't delete",
  'not to be removed',
  'leave',
  'leave it',
  'do not touch',
  "don't touch",
  'skip',
  'ignore',
  'exclude',
  'behalten',
  'nicht löschen',
  'nicht entfernen',
  'garder',
  'conserver',
  'ne pas supprimer',
  'mantener',
  'conservar',
  'no eliminar',
  'manter',
  'não remover',
  'mantenere',
  'non eliminare',
]);

/**
 * The decision about rows that a column which is not read seems to hold: a value that says so, or an empty text where its name
 * alone does. `undefined` for a column that does neither. `values` are those of its first rows.
 */
export function decisionIn(name: string, values: readonly string[]): string | undefined {
  const keeping = values.find(saysKeep);
  if (keeping !== undefined) return keeping;
  return namesDecision(name) ? '' : undefined;
}

/** Whether a cell says that its row is to stay as it is. */
export function saysKeep(value: string): boolean {
  return KEEPING.has(foldName(value));
}

/** Whether a column of that name says what is to be done with a row, or with what stands in it. */
export function namesDecision(name: string): boolean {
  return NAMES.has(foldName(name));
}

/** Names, folded, of the two columns of a pair: what goes, and what takes its place. */
export const OLD_NAME: RegExp =
  /^(old|from|existing|previous|retired?|legacy|source|before|origin|obsolete|deprecated|predecessor|replaces$|insteadof|was$|drop|remove)/;
export const NEW_NAME: RegExp =
  /^(new|to$|with$|replacement(?!of|for)|replace(d?by|with)|successor|target|destination|after|now$|keep|use)/;

/** More of them. A map of pairs under such alone is refused where it may be read backwards. */
const OTHER_NAMES_OF_PAIRS = folded([
  'alt',
  'neu',
  'bisher',
  'bleibt',
  'entfällt',
  'stays',
  'goes',
  'current',
  'ancien',
  'nouveau',
  'antiguo',
  'nuevo',
  'antigo',
  'novo',
  'vecchio',
  'nuovo',
]);

/** `Solution to remove` says no more than `to remove`. */
const WHAT_IT_IS = /^(solutions?|products?|offers?|entit(y|ies)|ids?|identifiers?|these|those)$/i;

const STAYING = folded([
  'keep',
  'to keep',
  'to be kept',
  'kept',
  'retain',
  'retained',
  'stay',
  'stays',
  'bleibt',
  'behalten',
  'garder',
  'conserver',
  'mantener',
  'conservar',
  'manter',
  'mantenere',
]);

/** Whether a column's name says that the identifiers below it stay: nobody is told to name it as the one of those that go. */
export function saysStays(name: string): boolean {
  return STAYING.has(withoutWhatItIs(name));
}

/** Beginnings of words that say what is to be done, folded. */
const DECIDING =
  /^(keep|kept|keeping|stay|stays|remain|retain|remov|delet|disassociat|untouched|skip|ignor|exclud|not$|dont$|nicht|behalt|bleib|losch|entfern|gard|conserv|supprim|manten|elimin|manter|exclu)/;

/** Whether a text seems to say what is to be done with the rows near it. */
export function seemsToDecide(text: string): boolean {
  return text.split(/[^\p{L}']+/u).some((word) => DECIDING.test(foldName(word)));
}

/** Whether a cell says of the identifiers in its column which they are: those that go, or those that stay. */
function saysWhich(cell: string): boolean {
  const name = withoutWhatItIs(cell);
  const isOfPair = OLD_NAME.test(name) || NEW_NAME.test(name) || OTHER_NAMES_OF_PAIRS.has(name);
  return isOfPair || NAMES.has(name) || saysKeep(name);
}

function withoutWhatItIs(cell: string): string {
  const words = cell.split(/[^\p{L}']+/u).filter((word) => !WHAT_IT_IS.test(word));
  return foldName(words.join(' '));
}

/**
 * The columns of identifiers, where a row that holds neither an opportunity nor an identifier says above one of several what is to be
 * done with those below, as under cells of a header that were merged; none where it does not, or the user has named the column.
 */
export function columnsToldIn(
  record: readonly string[],
  columns: FoundColumns,
  unused: readonly UnusedColumn[],
): readonly number[] {
  const { opportunity, entity, furtherEntities = [], replacement } = columns;
  if (cleanValue(record[opportunity.index] ?? '') !== '') return [];
  if (entity.found === 'option' || replacement?.found === 'option') return [];
  const others = unused.filter(({ holds }) => holds === 'identifiers');
  const indexes = [entity, ...furtherEntities, ...(replacement === undefined ? [] : [replacement]), ...others]
    .map(({ index }) => index)
    .toSorted((left, right) => left - right);
  const isTold = indexes.some((index) => saysWhich(cleanValue(record[index] ?? '')));
  return indexes.length > 1 && isTold && !record.some((cell) => isTelling(kindOf(cell))) ? indexes : [];
}

const MOST_VALUES = 1_000;

/** The values of columns that decide about rows, by the rows learned so far; without regard to case. */
export class Decisions {
  readonly #values: ReadonlyMap<number, Map<string, number>>;

  /** Of columns from 0. */
  constructor(columns: readonly number[]) {
    this.#values = new Map(columns.map((column) => [column, new Map()]));
  }

  learn(cells: readonly string[]): void {
    for (const [column, values] of this.#values) {
      const value = foldName(cells[column] ?? '');
      const rows = values.get(value) ?? 0;
      if (rows > 0 || values.size < MOST_VALUES) values.set(value, rows + 1);
    }
  }

  /** Whether another row has the value in a column; `own`: the cells of the row itself, where it was learned. */
  hasElsewhere(value: string, column: number, own: readonly string[] | undefined): boolean {
    const wanted = foldName(value);
    const isOwn = own !== undefined && foldName(own[column] ?? '') === wanted;
    return (this.#values.get(column)?.get(wanted) ?? 0) > (isOwn ? 1 : 0);
  }

  /** Whether a column is known to hold few values, each again and again, so that another one is odd. */
  holdsFew(column: number, rows: number): boolean {
    const values = this.#values.get(column);
    return values !== undefined && rows >= 2 && values.size * 2 <= rows;
  }
}

function folded(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map(foldName));
}
