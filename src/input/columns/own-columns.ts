import { RunError } from '../../model/run-error.ts';
import { cleanValue } from '../values/clean-value.ts';
import { isGood, mayHold, OWN_FIELDS, says, type OurValues, type OwnField } from './own-values.ts';
import { columnName, type SampledTable } from './column-errors.ts';
import { columnByName } from './find-columns.ts';
import { typeSource, typesOfNames } from './found-columns.ts';
import type { FoundColumn, FoundColumns } from './found-columns.ts';
import type { InputOptions } from './input-options.ts';
import { columnByOption, severalEntityColumns } from './named-column.ts';

/** The columns of the user's in which a value stands, as far as the lines of results tell. */
export interface OwnPlaces {
  readonly columns: readonly FoundColumn[];
  /** Whether it is known to be this one. What stands in one that is not known is never sent: it can only be asked about. */
  readonly sure: boolean;
  /** Each of them says what ours says, rather than one of them. */
  readonly each: boolean;
  /** The one among them that its name tells: what was sent must have come from it, where it can't be told from the others. */
  readonly named?: FoundColumn;
  /** Whether nearly all lines have a value in it, so that an empty cell may have been emptied. */
  readonly filled?: boolean;
}

export type OwnSets = Readonly<Record<OwnField, OwnPlaces>>;

/** The user's own columns in results. */
export interface OwnColumns {
  /** The first of each; one that there is none of stands at -1. */
  readonly columns: FoundColumns;
  readonly sets: OwnSets;
}

/** The lines from which the columns are learned. */
export interface OwnLines {
  readonly own: SampledTable;
  readonly ours: readonly OurValues[];
  /** Whether one row of the input has several lines: a cell was split, or several columns were read. */
  readonly rowsRepeat: boolean;
}

const NONE: OwnPlaces = { columns: [], sure: true, each: false };
/** Fewer lines tell of no rule. */
const LEAST_LINES = 3;
const NOWHERE: FoundColumn = { index: -1, name: '', found: 'header' };

/**
 * Learns the user's own columns from what they say: those that say what ours say. A name counts only where no column does so, and
 * no other might be meant. An option wins.
 */
export function learnOwnColumns(lines: OwnLines, options: InputOptions): OwnColumns {
  const learning = new Learning(lines, options);
  const sets = learning.sets();
  return { sets, columns: foundColumns(lines, options, { sets, several: learning.several }) };
}

class Learning {
  /** Several columns of identifiers, as a flattened list has, or the options name. */
  readonly several: readonly FoundColumn[];
  readonly #own: SampledTable;
  readonly #ours: readonly OurValues[];
  readonly #rowsRepeat: boolean;
  readonly #options: InputOptions;
  readonly #cells: readonly (readonly string[])[];
  readonly #taken = new Set<number>();

  constructor({ own, ours, rowsRepeat }: OwnLines, options: InputOptions) {
    this.#own = own;
    this.#ours = ours;
    this.#rowsRepeat = rowsRepeat;
    this.#options = options;
    this.#cells = own.samples.map((row) => row.map(cleanValue));
    this.several = this.#severalMeant();
  }

  sets(): OwnSets {
    const found = new Map<OwnField, OwnPlaces>();
    for (const find of [this.#named, this.#corresponding, this.#byName]) {
      for (const field of OWN_FIELDS) {
        const places = found.has(field) ? undefined : find(field);
        if (places === undefined) continue;
        found.set(field, places);
        for (const { index } of places.columns) this.#taken.add(index);
      }
    }
    const of = (field: OwnField): OwnPlaces => found.get(field) ?? this.#likely(field);
    return {
      opportunity: of('opportunity'),
      entity: of('entity'),
      replacement: of('replacement'),
      type: { ...of('type'), filled: this.#isFilled(of('type')) },
    };
  }

  #isFilled({ columns: [column, other] }: OwnPlaces): boolean {
    if (column === undefined || other !== undefined) return false;
    const empty = this.#cells.filter((cells) => (cells[column.index] ?? '') === '').length;
    return this.#cells.length >= LEAST_LINES && (empty <= 1 || empty * 10 <= this.#cells.length);
  }

  readonly #named = (field: OwnField): OwnPlaces | undefined => {
    if (field === 'entity' && this.several.length > 0)
      return { columns: this.several, sure: false, each: false };
    if (field === 'type' && this.#options.entityType !== undefined) return NONE;
    const name = {
      opportunity: this.#options.opportunityColumn,
      type: this.#options.typeColumn,
      entity: this.#options.entityColumn,
      replacement: this.#options.replaceColumn,
    }[field];
    const column = name === undefined ? undefined : orUndefined(() => columnByOption(this.#own, field, name));
    return column && { columns: [column], sure: true, each: false };
  };

  readonly #corresponding = (field: OwnField): OwnPlaces | undefined => {
    if (this.#isGiven(field)) return undefined;
    const filled = this.#ours.filter((ours) => ours[field] !== '').length;
    const counts = this.#free().map((index) => ({ index, times: this.#timesSaid(field, index) }));
    if (!counts.some(({ times }) => times > 0 && times * 2 >= filled)) return undefined;
    const oneOf = field === 'entity' && this.#rowsRepeat;
    const columns = counts
      .filter(({ times }) => times > 0 && (oneOf || times * 2 >= filled))
      .map(({ index }) => this.#column(index));
    return { columns, sure: columns.length === 1, each: !oneOf };
  };

  readonly #byName = (field: OwnField): OwnPlaces | undefined => {
    const column = this.#columnByName(field);
    if (column === undefined) return undefined;
    const isTold = this.#ours.some((ours) => ours[field] !== '');
    const isOptional = field === 'type' || field === 'replacement';
    const contradicts = this.#ours.some((ours, line) => {
      const cell = this.#cells[line]?.[column.index] ?? '';
      // A name of a solution stands for what ours say, once it was looked up.
      if (cell === '' || (field === 'entity' && !mayHold(field, cell, ours.type))) return false;
      return isGood(field, ours) && !says(field, cell, ours[field]);
    });
    const others = this.#likelyIndexes(field).filter((index) => index !== column.index);
    if (isOptional && !isTold) return { columns: [column], sure: true, each: false };
    if (!contradicts && others.length === 0) return { columns: [column], sure: true, each: false };
    const columns = [column, ...others.map((index) => this.#column(index))];
    return { columns, sure: false, each: false, named: column };
  };

  /** Columns that no name tells of, where ours must have come from one. */
  #likely(field: OwnField): OwnPlaces {
    if (this.#isGiven(field) || !this.#ours.some((ours) => ours[field] !== '')) return NONE;
    const columns = this.#likelyIndexes(field).map((index) => this.#column(index));
    return { columns, sure: false, each: false };
  }

  #likelyIndexes(field: OwnField): readonly number[] {
    return this.#free().filter((index) =>
      this.#cells.some((cells, line) => mayHold(field, cells[index] ?? '', this.#ours[line]?.type ?? '')),
    );
  }

  #isGiven(field: OwnField): boolean {
    const { replaceWith, replaceMap, entityType } = this.#options;
    if (field === 'type') return entityType !== undefined;
    return field === 'replacement' && (replaceWith !== undefined || replaceMap !== undefined);
  }

  #columnByName(field: OwnField): FoundColumn | undefined {
    const context = { options: this.#options, taken: this.#taken };
    return orUndefined(() => columnByName(this.#own, field, context));
  }

  /** A flattened list is meant only where it says what ours say. */
  #severalMeant(): readonly FoundColumn[] {
    const several = orUndefined(() => severalEntityColumns(this.#own, this.#options)) ?? [];
    if (several.length < 2 || this.#options.entityColumns !== undefined) return several;
    const filled = this.#ours.flatMap(({ entity }, line) => (entity === '' ? [] : [{ entity, line }]));
    const said = filled.filter(({ entity, line }) =>
      several.some(({ index }) => says('entity', this.#cells[line]?.[index] ?? '', entity)),
    );
    return said.length * 2 >= filled.length ? several : [];
  }

  #timesSaid(field: OwnField, index: number): number {
    return this.#ours.filter((ours, line) => says(field, this.#cells[line]?.[index] ?? '', ours[field]))
      .length;
  }

  #free(): readonly number[] {
    return [...this.#own.header.keys()].filter((index) => !this.#taken.has(index));
  }

  #column(index: number): FoundColumn {
    return { index, name: columnName(this.#own, index), found: 'header and content' };
  }
}

function foundColumns(
  { own }: OwnLines,
  options: InputOptions,
  { sets, several }: { readonly sets: OwnSets; readonly several: readonly FoundColumn[] },
): FoundColumns {
  const [entity = NOWHERE, ...others] = several.length > 0 ? several : sets.entity.columns.slice(0, 1);
  const type = sets.type.columns[0];
  const { replaceTypeColumn } = options;
  return {
    opportunity: sets.opportunity.columns[0] ?? NOWHERE,
    entity,
    ...(others.length > 0 && { furtherEntities: others }),
    type: others.length > 0 && type === undefined ? typesOfNames(options) : typeSource(type, entity, options),
    replacement: sets.replacement.columns[0],
    replacementType:
      replaceTypeColumn === undefined
        ? undefined
        : orUndefined(() => columnByOption(own, 'type', replaceTypeColumn)),
  };
}

/** Where the user's own columns can't be told, ours have to do. */
function orUndefined<Found>(find: () => Found): Found | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}
