import type { InputOptions } from '../../input/columns/input-options.ts';

/** The option that names the columns of identifiers, in the words of the input's reader. */
export function entityColumnsOf(
  names: readonly string[] = [],
): Pick<InputOptions, 'entityColumn' | 'entityColumns'> {
  const [first, second] = names;
  return second === undefined ? { entityColumn: first } : { entityColumn: undefined, entityColumns: names };
}
