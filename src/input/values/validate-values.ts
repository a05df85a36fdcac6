import {
  isEntityType,
  parseEntityId,
  parseOpportunityId,
  sameEntityId,
  type EntityType,
} from '../../model/entity.ts';
import type { Problem } from '../../model/problem.ts';
import type { CleanedValues, Target } from '../../model/row.ts';
import { parseEntityType } from './entity-type.ts';
import { typeOfShape } from './identifier-shape.ts';
import { identifiersIn } from './identifiers-in.ts';
import { marksAsNotMeant } from './plain-characters.ts';
import { identifierProblem, opportunityProblem, typeProblem } from './problem-finders.ts';

/** A row's values, cleaned, before anything is known to be right with them. */
export interface RawValues {
  readonly opportunity: string;
  /** Empty where there is no type column. */
  readonly type: string;
  readonly entity: string;
  /** Empty for none. */
  readonly replacement: string;
  /** Empty where nothing tells it but the replacement's shape. */
  readonly replacementType: string;
  /** The type that the name of the entity's own column tells, where there are several. */
  readonly columnType?: EntityType | undefined;
}

export type Verdict =
  | { readonly ok: true; readonly target: Target }
  | {
      readonly ok: false;
      readonly cleaned: CleanedValues;
      readonly problems: readonly [Problem, ...Problem[]];
    };

/**
 * Decides whether a row's values make a target, and finds everything that is wrong with them.
 * `fallback` is the type of what neither a type cell nor the identifier's shape tells.
 */
export function validateValues(values: RawValues, fallback: EntityType | undefined): Verdict {
  const type = typeOf(values, fallback);
  const target = type === undefined ? undefined : targetOf(values, type);
  if (target !== undefined) return { ok: true, target };
  return { ok: false, cleaned: cleanedValues(values, type), problems: problemsOf(values, type) };
}

/**
 * A row in which something is wrong as a whole. It is told with no values but those that were sent once: read again as an
 * earlier run's results, others would pass for what is meant.
 */
export function refused(problem: Problem, sent: RawValues = NO_VALUES): Verdict {
  return {
    ok: false,
    cleaned: { ...cleanedValues(sent, undefined), entityType: sent.type },
    problems: [problem],
  };
}

const NO_VALUES: RawValues = { opportunity: '', type: '', entity: '', replacement: '', replacementType: '' };

function typeOf(values: RawValues, fallback: EntityType | undefined): EntityType | undefined {
  if (values.type === '') return typeOfShape(values.entity) ?? sharedShape(values.entity) ?? fallback;
  const parsed = parseEntityType(values.type);
  return typeof parsed === 'string' ? parsed : undefined;
}

/** The type of several identifiers in one cell, where it is one. */
function sharedShape(entity: string): EntityType | undefined {
  const [first, ...others] = identifiersIn(entity).map(typeOfShape);
  return others.every((type) => type === first) ? first : undefined;
}

function targetOf(values: RawValues, type: EntityType): Target | undefined {
  const opportunityId = parseOpportunityId(values.opportunity);
  const id = parseEntityId(values.entity);
  if (opportunityId === undefined || id === undefined) return undefined;
  if (identifierProblem(values.entity, type, 'entity') !== undefined) return undefined;
  const entity = { type, id };
  if (values.replacement === '') return { opportunityId, entity };
  const replacementId = parseEntityId(values.replacement);
  if (replacementId === undefined || replacementProblem(values, type) !== undefined) return undefined;
  return { opportunityId, entity, replacement: { type: replacementType(values, type), id: replacementId } };
}

function problemsOf(values: RawValues, type: EntityType | undefined): [Problem, ...Problem[]] {
  const { opportunity, entity } = values;
  const found = [
    parseOpportunityId(opportunity) === undefined ? opportunityProblem(opportunity) : undefined,
    // An entity that is missing is one problem, not two.
    type === undefined && (values.type !== '' || entity !== '')
      ? typeProblem(values.type, entity)
      : undefined,
    // With a replacement it can't be told which of several is meant.
    identifierProblem(entity, type, 'entity', { maySplit: values.replacement === '' }),
    values.replacement === '' ? undefined : replacementProblem(values, type),
  ];
  const [first, ...others] = found.flatMap((problem) =>
    problem === undefined ? [] : [marked(problem, values)],
  );
  if (first === undefined) throw new Error('A row without a target has no problem.');
  return [first, ...others];
}

/** Whoever takes a suggestion in a hurry is told of a cell that may say that its row is not meant. */
function marked(problem: Problem, values: RawValues): Problem {
  const { field, suggestion } = problem;
  if (suggestion === undefined || field === 'row' || !marksAsNotMeant(values[field])) return problem;
  return { ...problem, marked: true };
}

function replacementProblem(values: RawValues, type: EntityType | undefined): Problem | undefined {
  const problem = identifierProblem(values.replacement, replacementType(values, type), 'replacement');
  // Attaching what is there, then removing it, would end with neither.
  if (problem !== undefined || !sameEntityId(values.replacement, values.entity)) return problem;
  return { kind: 'replacement_same', field: 'replacement', message: 'The replacement is the entity itself.' };
}

/** A replacement's type may differ: where it is not told, its shape tells it; where that tells none, it is the entity's. */
function replacementType<Known extends EntityType | undefined>(
  values: RawValues,
  type: Known,
): EntityType | Known {
  const told = isEntityType(values.replacementType) ? values.replacementType : undefined;
  return told ?? typeOfShape(values.replacement) ?? type;
}

function cleanedValues(values: RawValues, type: EntityType | undefined): CleanedValues {
  return {
    opportunityId: values.opportunity,
    entityType: type ?? '',
    entityId: values.entity,
    replacementId: values.replacement,
  };
}

/** Whether what is wrong with a part of a cell is not the identifier: then nothing is wrong with the cell. */
export function isElsewhere(verdict: Verdict): boolean {
  return verdict.ok || verdict.problems.every(({ field }) => field === 'opportunity');
}

/** The verdict on a part of a cell as that on the cell. */
export function withEntityOf({ entity }: RawValues): (verdict: Verdict) => Verdict {
  return (verdict) =>
    verdict.ok ? verdict : { ...verdict, cleaned: { ...verdict.cleaned, entityId: entity } };
}

/** One set of values for each identifier in the entity's cell. With a replacement it can't be told which is meant. */
export function splitValues(values: RawValues): readonly RawValues[] {
  if (values.replacement !== '') return [values];
  const identifiers = identifiersIn(values.entity);
  return identifiers.length === 0 ? [values] : identifiers.map((entity) => ({ ...values, entity }));
}
