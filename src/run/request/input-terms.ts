import type { InputOptions } from '../../input/columns/input-options.ts';
import { DELIMITERS } from '../../input/records/delimiter.ts';
import { isEntityType } from '../../model/entity.ts';
import { isOperation, MAIN_OPERATION, type Operation } from '../../model/operation.ts';
import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';

const DETECTED = 'detected';

/** The input's options as a run's first line keeps them: what a resume must agree with. */
export function termsFromInputOptions(options: InputOptions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]: [string, InputOptions[keyof InputOptions]]) => {
      if (!isList(name)) return [[name, String(value ?? DETECTED)]];
      return value === undefined ? [] : [[name, JSON.stringify(value)]];
    }),
  );
}

/** Options of several values; a run of a version that did not know them has no such term. */
const LISTS = ['where', 'entities'] as const satisfies readonly (keyof InputOptions)[];

function isList(name: string): name is (typeof LISTS)[number] {
  return LISTS.some((list) => list === name);
}

function listIn(text: string | undefined): readonly string[] | undefined {
  // Written by this tool.
  return text === undefined ? undefined : (JSON.parse(text) as readonly string[]);
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
    where: listIn(terms['where']),
    entities: listIn(terms['entities']),
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

/** The operation of a run, or of the one that a plan plans, by its first line; an undo's differs by row. */
export function operationFrom({ command, planned = command }: Readonly<Record<string, string>>): Operation {
  return isOperation(planned) ? planned : MAIN_OPERATION;
}
