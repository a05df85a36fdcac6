import type { SkipReason } from '../../model/outcome.ts';
import { identifiersIn } from '../values/identifiers-in.ts';
import { showValue } from '../values/show-value.ts';
import { EntityMap } from './entity-map.ts';
import { noSuchEntity, type SelectedTable } from './selection-errors.ts';
import { ValuesSeen, type SomeValues } from './values-seen.ts';

/** The identifiers that count, held against those of the rows. */
export class EntityFilter {
  readonly #table: SelectedTable;
  readonly #lookedUp: boolean;
  readonly #entities = new EntityMap<{ rows: number }>();
  readonly #asked: readonly string[];
  readonly #seen = new ValuesSeen();

  /** `lookedUp`: whether names among them have been. */
  constructor(entities: readonly string[], table: SelectedTable, lookedUp: boolean) {
    this.#table = table;
    this.#lookedUp = lookedUp;
    this.#asked = entities;
    for (const id of entities) this.#entities.put(id, { rows: 0 });
  }

  /** Of a cell of several, none is asked for. */
  leftOut(cell: string): SkipReason | undefined {
    let isAsked = false;
    for (const id of identifiersIn(cell)) {
      if (id !== '') this.#seen.add(id);
      const found = this.#entities.find(id)?.[1];
      if (found === undefined) continue;
      found.rows += 1;
      isAsked = true;
    }
    return isAsked ? undefined : { kind: 'entities', cell: showValue(cell) };
  }

  /** Whether one that is asked for stands in any of these cells; counts nothing. */
  isNamedIn(cells: readonly string[]): boolean {
    return cells.some((cell) => identifiersIn(cell).some((id) => this.#entities.find(id) !== undefined));
  }

  /** By their places among those that were asked for. */
  missing(): readonly number[] {
    return this.#asked.flatMap((id, at) => (this.#entities.find(id)?.[1].rows === 0 ? [at] : []));
  }

  some(): SomeValues {
    return this.#seen.some();
  }

  /** At the end of the file: throws for an identifier that no row had. */
  finish(): void {
    const [missing] = this.missing().map((at) => this.#asked[at]);
    if (missing !== undefined) throw noSuchEntity(this.#table, missing, this.#seen, this.#lookedUp);
  }
}
