import type { InputOptions } from '../../input/columns/input-options.ts';
import { DELIMITERS } from '../../input/records/delimiter.ts';
import { isEntityType } from '../../model/entity.ts';
import { isOperation, MAIN_OPERATION, OPERATIONS, type Operation } from '../../model/operation.ts';
import type { ResolvedTerms } from '../../store/journal-line.ts';
import type { RunContents } from '../../store/run-store.ts';
import { NOT_GIVEN } from '../../store/given-terms.ts';
import { IMPLIED_TERM } from '../../store/same-run.ts';
import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';

const DETECTED = NOT_GIVEN.detected;

/** The input's options as a run's first line keeps them: what a resume must agree with. */
export function termsFromInputOptions(options: InputOptions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]: [string, InputOptions[keyof InputOptions]]) => {
      if (NO_TERMS.has(name) || (value === undefined && isLater(name))) return [];
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value ?? DETECTED);
      return [[name, text]];
    }),
  );
}

/** No terms: kept as what they came to, or told by the command. */
const NO_TERMS: ReadonlySet<string> = new Set<keyof InputOptions>([
  'replaceMap',
  'solutions',
  'only',
  'unreplaced',
  IMPLIED_TERM,
]);

/** Options that the first version did not know: a run for which one is not given has no such term. */
const LATER: ReadonlySet<string> = new Set<keyof InputOptions>([
  'where',
  'entities',
  'replaceWith',
  'sheet',
  'visibleOnly',
  'partOfWhole',
]);

function isLater(name: string): boolean {
  return LATER.has(name);
}

/** Options of a run as its journal has them: its terms, and what was resolved when it was begun. */
export function inputOptionsOfRun({ job, state }: Pick<RunContents, 'job' | 'state'>): InputOptions {
  return withResolved(inputOptionsFrom(job.terms), state.resolved);
}

/** The same options, with what was resolved for them. */
export function withResolved(options: InputOptions, resolved: ResolvedTerms | undefined): InputOptions {
  return {
    ...options,
    ...(resolved?.replaceMap !== undefined && { replaceMap: resolved.replaceMap }),
    ...(resolved?.solutions !== undefined && { solutions: resolved.solutions }),
  };
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
    unreplaced: unreplacedBy(operationFrom(terms)),
    ownTable: terms['command'] === 'undo' || terms['planned'] === 'undo' ? true : undefined,
    split: given('split') === 'true',
    sheet: terms['sheet'],
    visibleOnly: given('visibleOnly') === 'true' ? true : undefined,
    entityColumns: listIn(terms['entityColumns']),
    where: listIn(terms['where']),
    partOfWhole: terms['partOfWhole'] === 'true' ? true : undefined,
    entities: listIn(terms['entities']),
    replaceWith: terms['replaceWith'],
    only: onlyFrom(terms),
  };
}

const ALL: string = NOT_GIVEN.all;

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

/** Whether a run of the operation reads no replacements, whatever columns there are. */
export function unreplacedBy(operation: Operation): true | undefined {
  return OPERATIONS[operation].replaces ? undefined : true;
}
