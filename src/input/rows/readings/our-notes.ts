import { parseOpportunityId } from '../../../model/entity.ts';
import { saysKeep } from '../../columns/decisions/keeping-words.ts';
import { NOT_LOOKED_UP } from '../../selection/solution-names.ts';
import { parseEntityType } from '../../values/entity-type.ts';
import { typeOfShape } from '../../values/identifier-shape.ts';
import { identifiersIn } from '../../values/identifiers-in.ts';
import { showValue } from '../../values/show-value.ts';
import type { RawValues, Verdict } from '../../values/validate-values.ts';
import { asksWhich, asksOfEmpty, FIELDS, type Field, type TwoReadings } from './edited-row.ts';

/** A refused row as its own columns have it now, and what the results tell of it. */
interface Corrected {
  readonly values: RawValues;
  readonly read: (values: RawValues) => readonly Verdict[];
  readonly told: string;
}

/**
 * Our cells of a refused row that were not taken, and are no trace of the run: the row was corrected in the user's own columns, and
 * somebody has written `keep` over ours, or emptied it. What stood there is good in its kind, or the message tells of it.
 */
export function notedFields(readings: TwoReadings, { values, read, told }: Corrected): readonly Field[] {
  const { own, ours } = readings;
  const sentences = told.split(/\r?\n/).filter((sentence) => sentence !== '');
  const problems = sentences.filter((sentence) => !asksWhich(sentence));
  const emptied = emptiedAmong(ours, sentences, problems);
  return FIELDS.filter((field) => {
    const value = ours[field];
    if (value === '') return emptied.includes(field);
    if (value === values[field] || isOfItsKind(field, value)) return false;
    if (field === 'entity' && identifiersIn(own.entity).includes(value)) return false;
    if (problems.some((sentence) => sentence.includes(showValue(value)))) return false;
    // Of an identifier nothing is said where its type is not known.
    const isJudged = problems.length > 0 && (field !== 'entity' || ours.type !== '');
    if (!isJudged && mayBeMistyped(value)) return false;
    return !read({ ...values, [field]: value }).some(isNotLookedUp);
  });
}

function isOfItsKind(field: Field, value: string): boolean {
  if (field === 'opportunity') return parseOpportunityId(value) !== undefined;
  return field === 'type' ? typeof parseEntityType(value) === 'string' : typeOfShape(value) !== undefined;
}

/** One word with a number in it, as identifiers have. */
function mayBeMistyped(value: string): boolean {
  return /^\S*\d\S*$/.test(value) && !saysKeep(value);
}

function isNotLookedUp(verdict: Verdict): boolean {
  return !verdict.ok && verdict.problems.some(({ kind }) => kind === NOT_LOOKED_UP);
}

const OF_OPPORTUNITY = /\b(not an opportunity's identifier|opportunity is missing)\b/;
const OF_TYPE_KNOWN = /\bnot an identifier of type\b/;
const OF_TYPE = /\b(not an entity type|entity type is missing|no entity type is given)\b/i;
const NO_ENTITY = /\bentity identifier is missing\b/;

/** Empty cells of ours, which the run had filled. A row that was refused as a whole has none that are filled, and a reason that tells of none. */
function emptiedAmong(
  ours: RawValues,
  sentences: readonly string[],
  problems: readonly string[],
): readonly Field[] {
  // A cell of the user's is quoted.
  const reasons = problems.map((sentence) => sentence.replaceAll(/"[^"]*"/g, '""'));
  const has = (pattern: RegExp): boolean => reasons.some((reason) => pattern.test(reason));
  const isOfValues = [OF_OPPORTUNITY, OF_TYPE_KNOWN, OF_TYPE, NO_ENTITY].some(has);
  const isTypeKnown =
    has(OF_TYPE_KNOWN) || (reasons.length > 0 && reasons.every((reason) => OF_OPPORTUNITY.test(reason)));
  const emptied: Readonly<Record<Field, boolean>> = {
    opportunity: isOfValues && !has(/\bopportunity is missing\b/),
    entity: isOfValues && !has(NO_ENTITY),
    type: isTypeKnown,
    replacement: false,
  };
  return FIELDS.filter(
    (field) =>
      ours[field] === '' && (emptied[field] || sentences.some((sentence) => asksOfEmpty(field, sentence))),
  );
}
