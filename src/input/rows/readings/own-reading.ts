import type { FoundColumn, FoundColumns } from '../../columns/found-columns.ts';
import { columnIndexes, type ColumnIndexes } from '../../columns/found-columns.ts';
import type { OwnPlaces } from '../../columns/own-columns.ts';
import { mayHold, OWN_FIELDS, says, type OwnField } from '../../columns/own-values.ts';
import type { ResultsReading } from '../../columns/results-file.ts';
import type { RawValues } from '../../values/validate-values.ts';
import { valueAt } from './values-at.ts';

/** A line's values as the user's own columns have them, and the columns that say so. */
export interface OwnReading {
  readonly own: RawValues;
  readonly ownColumns: FoundColumns;
  /** Values of which it is not known that they stand in this column. */
  readonly unsure: readonly OwnField[];
  /** Values that a column of the user's must say in a row that was answered. */
  readonly mustSay: readonly OwnField[];
  /** Whether an empty type may have been emptied. */
  readonly hasTypes: boolean;
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
  readonly #mustSay: readonly OwnField[];
  readonly #standing: readonly OwnField[];

  constructor(results: ResultsReading) {
    this.#results = results;
    this.#indexes = columnIndexes(results.ownColumns);
    const { opportunity, entity, replacement, type } = results.ownSets;
    const sets = { opportunity, entity, replacement, type };
    this.#unsure = OWN_FIELDS.filter((field) => !sets[field].sure);
    this.#mustSay = OWN_FIELDS.filter((field) => {
      if (field === 'type' && this.#indexes.toldType !== undefined) return true;
      const { columns, sure, each, named } = sets[field];
      if (isFromAColumn(field) || named !== undefined) return true;
      return columns.length > 0 && (sure || (each && field === 'replacement'));
    });
    this.#standing = this.#mustSay.filter((field) => field === 'type' || sets[field].columns.length > 0);
  }

  /** `cells`: the user's own; `answered`: whether ours is what was sent, and came from them. */
  read(cells: readonly string[], ours: RawValues, answered: boolean): OwnReading {
    const { ownSets, ownColumns } = this.#results;
    const pick = (field: OwnField): Picked => {
      const { named: column } = ownSets[field];
      if (answered && column !== undefined) return { column, value: valueAt(cells, column.index) };
      return picked(field, { places: ownSets[field], cells, ours });
    };
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
      hasTypes: ownSets.type.filled === true && cells.some((cell) => cell.trim() !== ''),
      // Whoever has left out their own columns goes by ours.
      mustSay: cells.some((cell) => cell.trim() !== '') ? this.#mustSay : this.#standing,
    };
  }
}

/** An option may give the others. */
function isFromAColumn(field: OwnField): boolean {
  return field === 'opportunity' || field === 'entity';
}

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
  const empty = columns.find((column) => valueAt(cells, column.index) === '');
  const found = each
    ? (filled.find(({ value }) => !says(field, value, ours[field])) ??
      (empty && { value: '', column: empty }))
    : (filled.find(({ value }) => says(field, value, ours[field])) ??
      filled.find(({ value }) => mayHold(field, value, ours.type)));
  return found ?? filled[0] ?? { value: '', column: undefined };
}
