import type { SkipReason } from '../../model/outcome.ts';
import type { InputOptions } from '../columns/input-options.ts';
import { showValue } from '../values/show-value.ts';
import type { Verdict } from '../values/validate-values.ts';
import { ConditionFilter } from './condition-filter.ts';
import type { ToldCondition } from './doubtful-cells.ts';
import { EntityFilter } from './entity-filter.ts';
import { selectedIds } from './named-options.ts';
import { selectsNothing, type SelectedTable } from './selection-errors.ts';
import type { Unmet } from './values-seen.ts';

/** A record of the table, and what its rows come to if none is left out. */
export interface JudgedRecord {
  readonly record: readonly string[];
  /** The user's: of a results file, those without ours. */
  readonly cells: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** Whether its cells may be another column's, so that no condition tells whether the row is meant. */
  readonly slipped: boolean;
  /** As a spreadsheet numbers it. */
  readonly row: number;
}

/** Leaves rows out, as the options where, entities and replace-map ask. */
export class Selection {
  readonly #table: SelectedTable;
  readonly #conditions: readonly ConditionFilter[];
  readonly #entities: EntityFilter | undefined;
  readonly #isMapped: boolean;
  readonly #isPart: boolean;
  readonly #asked: readonly string[];
  #rows = 0;
  #left = 0;

  /** @throws RunError for a condition that can't be read, or whose column isn't there, or a name of two solutions */
  constructor(options: InputOptions, table: SelectedTable) {
    const { where = [], entities, replaceMap, solutions, partOfWhole = false } = options;
    this.#table = table;
    this.#conditions = where.map((text) => new ConditionFilter(text, table));
    this.#isMapped = replaceMap !== undefined;
    this.#isPart = partOfWhole;
    this.#asked = entities ?? [];
    const inNames = table.names?.entities === true;
    const ids = entities && selectedIds(entities, solutions, inNames);
    this.#entities = ids && new EntityFilter(ids, table, solutions !== undefined);
  }

  /** For each of a record's rows, the reason for which it is left out; `undefined` for a row that is meant. */
  of({ record, cells, verdicts, slipped, row }: JudgedRecord): readonly (SkipReason | undefined)[] {
    const lefts = this.#conditions.map((condition) => condition.leftOut(record));
    // Each one looks at every row: in the end it tells which values there are.
    const left = lefts.find((one) => one !== undefined);
    const why = slipped ? undefined : left;
    const reasons = verdicts.map((verdict) => {
      const byEntity = this.#whyEntity(verdict, cells);
      return why ?? byEntity ?? this.#whyMap(verdict);
    });
    const isTaken = reasons.includes(undefined);
    this.#rows += 1;
    if (!isTaken) this.#left += 1;
    if (verdicts.some(({ ok }) => ok)) {
      for (const [at, condition] of this.#conditions.entries())
        condition.add(record, { row, isTaken, isWhy: why !== undefined && lefts[at] === why });
    }
    return reasons;
  }

  /** Of each condition, what it decides by a cell that may not say so. */
  told(): readonly ToldCondition[] {
    return this.#conditions.map((condition) => condition.told());
  }

  /**
   * At the end of the file.
   *
   * @throws RunError where a value is in no cell, an identifier in no row, or no row is left
   */
  finish(): void {
    // A file without a row, as an export or a comparison may be, has nothing to do, whatever is asked for.
    if (this.#isPart || this.#rows === 0) return;
    for (const condition of this.#conditions) condition.finish();
    this.#entities?.finish();
    if (this.#left === this.#rows) throw selectsNothing(this.#table, this.#rows);
  }

  /** Of a part of a whole, at its end: of each option what no row here has, in the options' order. */
  unmet(): readonly Unmet[] | undefined {
    if (!this.#isPart) return undefined;
    const entities = this.#entities;
    const conditions = this.#conditions.map((condition) => condition.unmet());
    if (entities === undefined) return conditions;
    // As they were asked for: names, too.
    const values = entities.missing().flatMap((at) => this.#asked[at] ?? []);
    return [...conditions, { option: 'entities', column: '', values, seen: entities.some() }];
  }

  /** What is wrong with a row beside its identifier is not looked at where the map has nothing for that. */
  #whyMap(verdict: Verdict): SkipReason | undefined {
    if (!this.#isMapped || hasReplacement(verdict)) return undefined;
    if (!verdict.ok && verdict.problems.some(({ field }) => field !== 'opportunity')) return undefined;
    return { kind: 'not_mapped', cell: showValue(entityOf(verdict)) };
  }

  #whyEntity(verdict: Verdict, cells: readonly string[]): SkipReason | undefined {
    const entities = this.#entities;
    if (entities === undefined) return undefined;
    const why = entities.leftOut(entityOf(verdict));
    // Where cells slipped, the identifier that is asked for may stand elsewhere.
    return verdict.ok || !entities.isNamedIn(cells) ? why : undefined;
  }
}

/** The selection that was asked for; `undefined` where every row is meant. */
export function selectionOf(options: InputOptions, table: SelectedTable): Selection | undefined {
  return isSelective(options) ? new Selection(options, table) : undefined;
}

/** Whether these options may leave a row out. */
export function isSelective({ where = [], entities, replaceMap }: InputOptions): boolean {
  return where.length > 0 || entities !== undefined || replaceMap !== undefined;
}

function entityOf(verdict: Verdict): string {
  return verdict.ok ? verdict.target.entity.id : verdict.cleaned.entityId;
}

function hasReplacement(verdict: Verdict): boolean {
  return verdict.ok ? verdict.target.replacement !== undefined : verdict.cleaned.replacementId !== '';
}
