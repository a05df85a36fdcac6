import type { FoundColumn, FoundColumns } from '../columns/found-columns.ts';
import { columnIndexes, type ColumnIndexes } from '../columns/found-columns.ts';
import { mayHold, says, type OwnField, type OwnPlaces } from '../columns/own-columns.ts';
import type { ResultsReading } from '../columns/results-file.ts';
import type { RawValues } from '../values/validate-values.ts';
import { valueAt } from './values-at.ts';

/** A line's values as the user's own columns have them, and the columns that say so. */
export interface OwnReading {
  readonly own: RawValues;
  readonly ownColumns: FoundColumns;
  /** Values of which it is not known that they stand in this column. */
  readonly unsure: readonly OwnField[];
}

interface Picked {
  readonly value: string;
  readonly column: FoundColumn | undefined;
}

/** Reads the user's own columns of lines of results. */
export class OwnReader {
  readonly #results: ResultsReading;
  readonly #indexes: ColumnIndexes;
  readonly #unsure: readonly OwnField[];

  constructor(results: ResultsReading) {
    this.#results = results;
    this.#indexes = columnIndexes(results.ownColumns);
    const { opportunity, entity, replacement, type } = results.ownSets;
    const sets = { opportunity, entity, replacement, type };
    this.#unsure = FIELDS.filter((field) => !sets[field].sure);
  }

  /** `cells`: the user's own. */
  read(cells: readonly string[], ours: RawValues): OwnReading {
    const { ownSets, ownColumns } = this.#results;
    const pick = (field: OwnField): Picked => picked(field, { places: ownSets[field], cells, ours });
    const [opportunity, entity, replacement, type] = [
      pick('opportunity'),
      pick('entity'),
      pick('replacement'),
      pick('type'),
    ];
    return {
      own: {
        opportunity: opportunity.value,
        entity: entity.value,
        replacement: replacement.value,
        type: this.#indexes.toldType ?? type.value,
        replacementType: valueAt(cells, this.#indexes.replacementType),
      },
      ownColumns: {
        opportunity: opportunity.column ?? ownColumns.opportunity,
        entity: entity.column ?? ownColumns.entity,
        replacement: replacement.column ?? (ownSets.replacement.sure ? ownColumns.replacement : undefined),
        type: type.column === undefined ? ownColumns.type : { kind: 'column', column: type.column },
      },
      unsure: this.#unsure,
    };
  }
}

const FIELDS: readonly OwnField[] = ['opportunity', 'type', 'entity', 'replacement'];

/** Where each column says what ours says, the one that does not any more; else the one that does, if any. */
function picked(
  field: OwnField,
  {
    places: { columns, each },
    cells,
    ours,
  }: { readonly places: OwnPlaces; readonly cells: readonly string[]; readonly ours: RawValues },
): Picked {
  const filled = columns
    .map((column) => ({ column, value: valueAt(cells, column.index) }))
    .filter(({ value }) => value !== '');
  const found = each
    ? filled.find(({ value }) => !says(field, value, ours[field]))
    : (filled.find(({ value }) => says(field, value, ours[field])) ??
      filled.find(({ value }) => mayHold(field, value, ours.type)));
  return found ?? filled[0] ?? { value: '', column: undefined };
}
