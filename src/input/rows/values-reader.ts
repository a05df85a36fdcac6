import type { EntityType } from '../../model/entity.ts';
import type { Problem } from '../../model/problem.ts';
import { columnIndexes } from '../columns/found-columns.ts';
import type { InputOptions } from '../columns/input-options.ts';
import type { TableReading } from '../columns/table-reading.ts';
import { replacerOf, type Replacer } from '../selection/replacer.ts';
import { SolutionNames } from '../selection/solution-names.ts';
import {
  isElsewhere,
  splitValues,
  validateValues,
  withEntityOf,
  type RawValues,
  type Verdict,
} from '../values/validate-values.ts';

/** Reads a row's cleaned values: names looked up, replacements given, cells of several identifiers split where that is asked for. */
export class ValuesReader {
  readonly #split: boolean;
  readonly #replacer: Replacer | undefined;
  readonly #names: SolutionNames | undefined;
  readonly #fallback: EntityType | undefined;

  /** @throws RunError `input_columns` where a column gives replacements, and an option does so, too */
  constructor(table: TableReading, options: InputOptions) {
    this.#split = options.split === true;
    this.#replacer = replacerOf(options, table);
    this.#names = table.hasNames ? new SolutionNames(options.solutions) : undefined;
    this.#fallback = columnIndexes(table.resultsFile?.ownColumns ?? table.columns).fallbackType;
  }

  /** Split, one for each identifier in the entity's cell, if every one of them is good. */
  verdictsOn(values: RawValues): readonly Verdict[] {
    const other = this.#replacer?.problemOf(this.#names === undefined ? values : this.#looked(values).values);
    if (other !== undefined) return [other];
    if (this.#split) {
      const verdicts = splitValues(values).map((part) => this.#judge(part));
      // Half of a cell that was not meant as several would be another identifier.
      if (verdicts.every(({ ok }) => ok)) return verdicts;
      if (verdicts.length > 1 && verdicts.every(isElsewhere))
        return verdicts.slice(0, 1).map(withEntityOf(values));
    }
    return [this.#judge(values)];
  }

  /** Whether a solution, as ListSolutions told it, is active. */
  isActive(id: string): boolean {
    return this.#names?.isActive(id) !== false;
  }

  #judge(part: RawValues): Verdict {
    if (this.#names === undefined) return this.#verdictOn(part);
    const { values, problem } = this.#looked(part);
    const verdict = this.#verdictOn(values);
    if (verdict.ok || problem === undefined) return verdict;
    const others = verdict.problems.filter(({ field }) => field !== 'entity');
    return { ...verdict, problems: [problem, ...others] };
  }

  #verdictOn(values: RawValues): Verdict {
    return validateValues(this.#replacer?.of(values) ?? values, values.columnType ?? this.#fallback);
  }

  /** The values with the identifier of what they name. */
  #looked(values: RawValues): { readonly values: RawValues; readonly problem?: Problem } {
    const named = this.#names?.of(values, values.columnType ?? this.#fallback);
    if (named === undefined) return { values };
    return named.kind === 'found'
      ? { values: { ...values, entity: named.solution.id } }
      : { values, problem: named.problem };
  }
}
