import type { SkipReason } from '../../model/outcome.ts';
import { columnIndexes, readColumns } from '../columns/found-columns.ts';
import { cleanValue } from '../values/clean-value.ts';
import { showValue } from '../values/show-value.ts';
import { columnOf, type ConditionColumn } from './condition-column.ts';
import { foldCase, parseCondition, type Condition } from './condition.ts';
import { DoubtfulCells, type Fate, type ToldCondition } from './doubtful-cells.ts';
import { noSuchValue, unquoted, type SelectedTable } from './selection-errors.ts';
import { ValuesSeen, type Unmet } from './values-seen.ts';

/** One condition, held against the cells of its column. */
export class ConditionFilter {
  readonly #condition: Condition;
  readonly #table: SelectedTable;
  readonly #column: ConditionColumn;
  /** Folded, with the number of rows whose cell is that value. */
  readonly #values: Map<string, number>;
  /** All values as they were given, folded: one cell's, where somebody has forgotten its quotes. */
  readonly #whole: string;
  readonly #seen = new ValuesSeen();
  readonly #doubts: DoubtfulCells;
  /** Columns that are read for what is sent, and the condition's own. */
  readonly #read: ReadonlySet<number>;

  /** @throws RunError for a condition that can't be read, or whose column isn't there */
  constructor(text: string, table: SelectedTable) {
    this.#condition = parseCondition(text);
    this.#table = table;
    this.#column = columnOf(this.#condition, table);
    this.#whole = foldCase(cleanValue(text.slice(text.indexOf('=') + 1)));
    this.#doubts = new DoubtfulCells(this.#condition, this.#column.name);
    this.#values = new Map(this.#condition.values.map((value) => [foldCase(value), 0]));
    const read = table.columns && columnIndexes(table.columns);
    const entities = read?.entities.map(({ index }) => index) ?? [];
    this.#read = new Set([this.#column.index, ...entities, ...(read === undefined ? [] : readColumns(read))]);
  }

  leftOut(record: readonly string[]): SkipReason | undefined {
    const { name } = this.#column;
    const value = this.#valueIn(record);
    this.#seen.add(value);
    const folded = foldCase(value);
    const rows = this.#values.get(folded);
    if (rows !== undefined) this.#values.set(folded, rows + 1);
    const { text, holds, values } = this.#condition;
    if (values.length > 1 && folded === this.#whole) throw unquoted(this.#table, name, value);
    const isLeft = (rows !== undefined) !== (holds === 'among');
    this.#doubts.see(value, isLeft);
    if (!isLeft) return undefined;
    return { kind: 'where', condition: text, column: showValue(name), cell: showValue(value) };
  }

  /** What became of the record that was looked at last, where it is sound. */
  add(record: readonly string[], fate: Omit<Fate, 'others'>): void {
    const others = record.filter((_, index) => !this.#read.has(index));
    this.#doubts.add(this.#valueIn(record), { ...fate, others });
  }

  told(): ToldCondition {
    return this.#doubts.told();
  }

  #valueIn(record: readonly string[]): string {
    return cleanValue(record[this.#column.index] ?? '');
  }

  unmet(): Unmet {
    const values = this.#condition.values.filter((value) => this.#values.get(foldCase(value)) === 0);
    return { option: 'where', column: this.#column.name, values, seen: this.#seen.some() };
  }

  /** At the end of the file: throws for a value that no cell had. */
  finish(): void {
    const [missing] = this.unmet().values;
    if (missing !== undefined) throw noSuchValue(this.#table, this.#column.name, missing, this.#seen);
  }
}
