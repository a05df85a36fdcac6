import { RunError } from '../../model/run-error.ts';
import type { InputOptions } from '../columns/input-options.ts';
import type { TableReading } from '../columns/table-reading.ts';
import { identifiersIn } from '../values/identifiers-in.ts';
import { showValue } from '../values/show-value.ts';
import { refused, type RawValues, type Verdict } from '../values/validate-values.ts';
import { MapDirection } from './map-direction.ts';
import { indexOf, type PairIndex } from './replacement-pairs.ts';

/** Gives rows their replacement where no column does. */
export class Replacer {
  readonly #all: string | undefined;
  readonly #map: PairIndex['olds'] | undefined;
  readonly #direction: MapDirection | undefined;

  /** @throws RunError `input_columns` where a column gives replacements, too */
  constructor({ replaceWith, replaceMap }: InputOptions, table: TableReading) {
    assertNoColumn(table);
    this.#all = replaceWith;
    this.#map = replaceMap && indexOf(replaceMap.pairs).olds;
    this.#direction = replaceMap && new MapDirection(replaceMap);
  }

  /** At the end of the file. Throws a `RunError` of code `input_columns` where the map seems to be read backwards. */
  finish(input: string): void {
    this.#direction?.finish(input);
  }

  /** The values with their replacement. A cell of several identifiers has none: it is refused, or split before. */
  of(values: RawValues): RawValues {
    if (values.replacement !== '' || identifiersIn(values.entity).length !== 1) return values;
    return { ...values, replacement: this.#replacementOf(values.entity) ?? '' };
  }

  #replacementOf(entity: string): string | undefined {
    const mapped = this.#map?.find(entity)?.[1];
    this.#direction?.see(entity, mapped !== undefined);
    return this.#all ?? mapped;
  }
}

/** A row of results has another replacement than the options give. */
export function replacementDiffers(own: string, wanted: string): Verdict {
  return refused({
    kind: 'replacement_differs',
    field: 'replacement',
    message: `The line's own replacement is ${showValue(own)}, and the options give ${showValue(wanted)}.`,
  });
}

/** Whoever gives replacements beside the rows; `undefined` where only a column may. */
export function replacerOf(options: InputOptions, table: TableReading): Replacer | undefined {
  const { replaceWith, replaceMap } = options;
  return replaceWith === undefined && replaceMap === undefined ? undefined : new Replacer(options, table);
}

function assertNoColumn({ name, columns, resultsFile }: TableReading): void {
  // Of results every line has the column: there the user's own is what counts.
  const { replacement } = (resultsFile === undefined ? columns : resultsFile.ownColumns) ?? {};
  // A column that was named, as that of objects is, has been weighed against the options before.
  if (replacement === undefined || replacement.found === 'option') return;
  throw new RunError(
    'input_columns',
    `${name}: column ${showValue(replacement.name)} gives replacements, and an option does so, too.`,
    { code: 'one_replacement' },
  );
}
