import type { Problem, RowField } from '../../model/problem.ts';
import { parseEntityType } from '../values/entity-type.ts';
import { identifiersIn } from '../values/identifiers-in.ts';
import type { RawValues, Verdict } from '../values/validate-values.ts';
import { editedRow, type TwoReadings } from './edited-row.ts';

type Field = Exclude<RowField, 'row'>;
const FIELDS: readonly Field[] = ['opportunity', 'type', 'entity', 'replacement'];

/** The values that are meant, or why that can't be told. */
export interface OneReading {
  readonly values: RawValues;
  readonly refusal?: Verdict | undefined;
}

/** Reads a row's values; several verdicts for a cell that is split. */
type Read = (values: RawValues) => readonly Verdict[];

/**
 * What a row of results means: whatever is filled in counts, in whichever column. Of two cells that differ the one that alone
 * makes the row valid is taken; where both do, it is asked which is meant. Ours can't be read in a row that was answered only
 * where somebody has edited it: then what was sent is not sent again from the other.
 */
export function readOnce(readings: TwoReadings, read: Read): OneReading {
  const { unsure = [] } = readings;
  const doubtful = unsure.filter((field) => isElsewhere(field, readings));
  if (doubtful.length === 0) return readKnown(readings, read);
  const sent = { ...readings, own: { ...readings.own, ...partOf(readings.ours, doubtful) } };
  const [asked] = doubtful;
  const own = partOf(readings.own, doubtful);
  const mayBeMeant = combinationsOf(sent).some((values) => read({ ...values, ...own }).every(({ ok }) => ok));
  return asked !== undefined && mayBeMeant
    ? refuse(readings.ours, [editedRow(asked, readings)])
    : readKnown(sent, read);
}

/** Whether a column that may not be meant says something of its own. */
function isElsewhere(field: Field, readings: TwoReadings): boolean {
  const { own, ours } = readings;
  return own[field] !== '' && (ours[field] === '' || differs(field, readings));
}

function combinationsOf(readings: TwoReadings): readonly RawValues[] {
  const { own, ours } = readings;
  const base: RawValues = { ...filledIn(own, ours), entity: entityOf(own, ours) };
  return combinations(
    base,
    readings,
    FIELDS.filter((field) => differs(field, readings)),
  );
}

function readKnown(readings: TwoReadings, read: Read): OneReading {
  const { own, ours, answered } = readings;
  const base: RawValues = { ...filledIn(own, ours), entity: entityOf(own, ours) };
  const differing = FIELDS.filter((field) => differs(field, readings));
  const [firstDiffering] = differing;
  if (firstDiffering === undefined) return { values: base };
  const all = combinations(base, readings, differing);
  const inOurs = problemsOf(read({ ...base, ...partOf(ours, differing) }));
  if (answered && (inOurs.length > 0 || isNowSeveral(own.entity, base, read))) {
    return refuse(ours, [editedRow(firstDiffering, readings), ...inOurs]);
  }
  const valid = all.flatMap((values) => {
    const verdicts = read(values);
    return verdicts.every(({ ok }) => ok) ? [{ values, says: JSON.stringify(verdicts) }] : [];
  });
  const [first] = valid;
  if (first === undefined) {
    const shown = { ...all[0], type: knownType(all[0].type) };
    return refuse(shown, eachOnce([...problemsOf(read(all[0])), ...inOurs]));
  }
  const other = valid.find(({ says }) => says !== first.says);
  if (other === undefined) return { values: first.values };
  const field = differing.find((name) => first.values[name] !== other.values[name]) ?? firstDiffering;
  return refuse(ours, [editedRow(field, readings)]);
}

/** Several good identifiers in a cell, none of them the row's, are a correction, though nothing splits them. */
function isNowSeveral(cell: string, base: RawValues, read: Read): boolean {
  const parts = identifiersIn(cell);
  return (
    parts.length > 1 &&
    base.entity === cell &&
    parts.every((entity) => read({ ...base, entity }).every(({ ok }) => ok))
  );
}

/** `shown`: the values that the results have for it. */
function refuse(shown: RawValues, [first, ...others]: readonly Problem[]): OneReading {
  const { opportunity, type, entity, replacement } = shown;
  const cleaned = {
    opportunityId: opportunity,
    entityType: type,
    entityId: entity,
    replacementId: replacement,
  };
  return {
    values: shown,
    ...(first !== undefined && { refusal: { ok: false, cleaned, problems: [first, ...others] } }),
  };
}

function filledIn(own: RawValues, ours: RawValues): RawValues {
  return {
    opportunity: own.opportunity || ours.opportunity,
    type: own.type || ours.type,
    entity: own.entity || ours.entity,
    replacement: own.replacement || ours.replacement,
    replacementType: own.replacementType || ours.replacementType,
  };
}

/** A cell that was split holds more than the one identifier that the row stands for. */
function entityOf(own: RawValues, ours: RawValues): string {
  const isPart = ours.entity !== '' && identifiersIn(own.entity).includes(ours.entity);
  return isPart ? ours.entity : own.entity || ours.entity;
}

function differs(field: Field, { own, ours, ownColumns }: TwoReadings): boolean {
  const [left, right] = [own[field], ours[field]];
  // To send no replacement any more is a correction, too.
  if (field === 'replacement' && left === '') return right !== '' && ownColumns.replacement !== undefined;
  if (left === '' || right === '' || left === right) return false;
  if (field === 'type') return typeOf(left) !== typeOf(right);
  return field !== 'entity' || !identifiersIn(left).includes(right);
}

/** An unknown word is told by its problem alone. */
function knownType(text: string): string {
  const parsed = parseEntityType(text);
  return typeof parsed === 'string' ? parsed : '';
}

function typeOf(text: string): string {
  return knownType(text) || text;
}

/** Each way to take one of the two cells where they differ, the user's own throughout first. */
function combinations(
  base: RawValues,
  { own, ours }: TwoReadings,
  differing: readonly Field[],
): readonly [RawValues, ...RawValues[]] {
  const all: [RawValues, ...RawValues[]] = [{ ...base, ...partOf(own, differing) }];
  for (const field of differing) all.push(...all.map((values) => ({ ...values, [field]: ours[field] })));
  return all;
}

function partOf(values: RawValues, fields: readonly Field[]): Partial<RawValues> {
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

function problemsOf(verdicts: readonly Verdict[]): readonly Problem[] {
  return verdicts.flatMap((verdict) => (verdict.ok ? [] : verdict.problems));
}

function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ message }, index) => problems.findIndex((problem) => problem.message === message) === index,
  );
}
