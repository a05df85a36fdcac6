import { sameEntityId, type EntityType } from '../../../model/entity.ts';
import type { Problem } from '../../../model/problem.ts';
import { columnIndexes } from '../../columns/found-columns.ts';
import type { InputOptions } from '../../columns/input-options.ts';
import type { NamingColumns } from '../../columns/head-profile.ts';
import type { TableReading } from '../../columns/table-reading.ts';
import { replacementDiffers, replacerOf, type Replacer } from '../../selection/replacer.ts';
import { SolutionNames, type NamedEntity } from '../../selection/solution-names.ts';
import { mayNameSolution } from '../../values/solution-name.ts';
import {
  isElsewhere,
  splitValues,
  validateValues,
  withEntityOf,
  type RawValues,
  type Verdict,
} from '../../values/validate-values.ts';

/** Reads a row's cleaned values: names looked up, replacements given, cells of several identifiers split where that is asked for. */
export class ValuesReader {
  readonly #split: boolean;
  readonly #replacer: Replacer | undefined;
  readonly #names: SolutionNames;
  readonly #naming: NamingColumns;
  readonly #fallback: EntityType | undefined;

  /** @throws RunError `input_columns` where a column gives replacements, and an option does so, too */
  constructor(table: TableReading, options: InputOptions) {
    this.#split = options.split === true;
    this.#replacer = replacerOf(options, table);
    this.#names = new SolutionNames(options.solutions);
    const { entities, replacements } = table.names;
    // What an option gives is meant, whatever the columns hold.
    this.#naming = { entities, replacements: replacements || mayNameSolution(options.replaceWith ?? '') };
    this.#fallback = columnIndexes(table.resultsFile?.ownColumns ?? table.columns).fallbackType;
  }

  /** Split, one for each identifier in the entity's cell, if every one of them is good. */
  verdictsOn(values: RawValues): readonly Verdict[] {
    const other = this.#otherReplacement(values);
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

  /** At the end of the file. Throws a `RunError` where a map of replacements seems to be read backwards. */
  finish(input: string): void {
    this.#replacer?.finish(input);
  }

  /** Whether a solution, as ListSolutions told it, is active. */
  isActive(id: string): boolean {
    return this.#names.isActive(id);
  }

  /** Refuses a row of results whose replacement was another than the options give. */
  #otherReplacement(values: RawValues): Verdict | undefined {
    if (this.#replacer === undefined || values.replacement === '') return undefined;
    const wanted = this.#looked({ ...values, replacement: '' }).values.replacement;
    const { replacement } = this.#looked(values).values;
    return wanted === '' || sameEntityId(replacement, wanted)
      ? undefined
      : replacementDiffers(replacement, wanted);
  }

  #judge(part: RawValues): Verdict {
    const { values, problems } = this.#looked(part);
    const verdict = validateValues(values, part.columnType ?? this.#fallback);
    const [first, ...others] = problems;
    if (verdict.ok || first === undefined) return verdict;
    const left = verdict.problems.filter(({ field }) => problems.every((problem) => problem.field !== field));
    return { ...verdict, problems: [first, ...others, ...left] };
  }

  /** The values with their replacement, and with the identifiers of what they name. */
  #looked(part: RawValues): { readonly values: RawValues; readonly problems: readonly Problem[] } {
    const { entities, replacements } = this.#naming;
    if (!entities && !replacements) return { values: this.#replacer?.of(part) ?? part, problems: [] };
    const fallback = part.columnType ?? this.#fallback;
    const problems: Problem[] = [];
    const idOf = (named: NamedEntity | undefined, value: string): string => {
      if (named?.kind === 'problem') problems.push(named.problem);
      return named?.kind === 'found' ? named.solution.id : value;
    };
    const entity = entities ? idOf(this.#names.of(part, fallback), part.entity) : part.entity;
    const values = this.#replacer?.of({ ...part, entity }) ?? { ...part, entity };
    const named = replacements ? this.#names.replacing(values, fallback) : undefined;
    return { values: { ...values, replacement: idOf(named, values.replacement) }, problems };
  }
}
