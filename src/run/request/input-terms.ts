import type { InputOptions } from '../../input/columns/input-options.ts';
import { DELIMITERS } from '../../input/records/delimiter.ts';
import { isEntityType } from '../../model/entity.ts';
import { isOperation, MAIN_OPERATION, type Operation } from '../../model/operation.ts';
import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';

const DETECTED = 'detected';

/** The input's options as a run's first line keeps them: what a resume must agree with. */
export function termsFromInputOptions(options: InputOptions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, String(value ?? DETECTED)]),
  );
}

/** The same, read back. */
export function inputOptionsFrom(terms: Readonly<Record<string, string>>): InputOptions {
  const given = (name: keyof InputOptions): string | undefined => {
    const value = terms[name];
    return value === DETECTED ? undefined : value;
  };
  const entityType = given('entityType');
  return {
    opportunityColumn: given('opportunityColumn'),
    typeColumn: given('typeColumn'),
    entityColumn: given('entityColumn'),
    replaceColumn: given('replaceColumn'),
    replaceTypeColumn: given('replaceTypeColumn'),
    entityType: entityType !== undefined && isEntityType(entityType) ? entityType : undefined,
    delimiter: DELIMITERS.find((delimiter) => delimiter === given('delimiter')),
    encoding: given('encoding'),
    noHeader: given('noHeader') === 'true',
    split: given('split') === 'true',
  };
}

const ALL = 'all';

/** The statuses of the rows asked for, as a run's first line keeps them. */
export function onlyTerm(only: readonly RowStatus[] | undefined): string {
  return only?.join(',') ?? ALL;
}

/** The same, read back. */
export function onlyFrom(terms: Readonly<Record<string, string>>): readonly RowStatus[] | undefined {
  const { only = ALL } = terms;
  return only === ALL ? undefined : ROW_STATUSES.filter((status) => only.split(',').includes(status));
}

/** The operation of a run by the command that its first line keeps; an undo's differs by row. */
export function operationFrom({ command }: Readonly<Record<string, string>>): Operation {
  return isOperation(command) ? command : MAIN_OPERATION;
}
