import type { Problem } from '../../../model/problem.ts';
import { identifiersIn } from '../../values/identifiers-in.ts';
import { NOT_LOOKED_UP } from '../../selection/solution-names.ts';
import { parseEntityType } from '../../values/entity-type.ts';
import { showValue } from '../../values/show-value.ts';
import type { RawValues, Verdict } from '../../values/validate-values.ts';
import { notedFields } from './our-notes.ts';
import { asksWhich, editedRow, FIELDS, type Field, type TwoReadings } from './edited-row.ts';

/** The values that are meant, or why that can't be told. */
export interface OneReading {
  readonly values: RawValues;
  readonly refusal?: Verdict | undefined;
}

/** Reads a row's values; several verdicts for a cell that is split. */
export type Read = (values: RawValues) => readonly Verdict[];

/** `shown`: the values that the results have for it. */
export function refuse(shown: RawValues, [first, ...others]: readonly Problem[]): OneReading {
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

export function problemsOf(verdicts: readonly Verdict[]): readonly Problem[] {
  return verdicts.flatMap((verdict) => (verdict.ok ? [] : verdict.problems));
}

/** The type that a text means; empty for an unknown word. */
function knownType(text: string): string {
  const parsed = parseEntityType(text);
  return typeof parsed === 'string' ? parsed : '';
}

/** Whether two texts mean one type, or are one text. */
export function sameType(left: string, right: string): boolean {
  return (knownType(left) || left) === (knownType(right) || right);
}

/**
 * What a row of results means that was refused, and never sent: whatever is filled in counts, in whichever column. Of two cells
 * that differ the one that alone makes the row valid is taken; where both do, it is asked which is meant. `told` is what the results say
 * was wrong with it: an own cell that was right then and is not now corrects nothing, and may withdraw the row; so may a note over ours.
 */
export function readOnce(readings: TwoReadings, read: Read, told?: string): OneReading {
  const once = readFilled(readings, read);
  if (told === undefined || once.refusal !== undefined) return once;
  const sentences = told.split('\n').filter((sentence) => !asksWhich(sentence));
  const spoilt = FIELDS.filter((field) => {
    const problems = spoiltBy(field, once.values, { readings, read });
    return problems.length > 0 && !sentences.some((one) => isAbout(one, readings.own[field], problems));
  });
  const noted = notedFields(readings, { values: once.values, read, told });
  const asked = [...spoilt, ...noted].map((field) => editedRow(field, readings));
  if (asked.length === 0) return once;
  return refuse(
    noted.length === 0 ? readings.ours : { ...once.values, ...partOf(readings.ours, noted) },
    asked,
  );
}

/** The problems that a row would have with its own cell of a value, where ours was taken in its place. */
function spoiltBy(
  field: Field,
  values: RawValues,
  { readings, read }: { readonly readings: TwoReadings; readonly read: Read },
): readonly Problem[] {
  const { own, ours, unsure = [], mustSay } = readings;
  const value = own[field];
  if (value === values[field] || unsure.includes(field)) return [];
  // An empty type is told by the identifier, or by an option.
  if (value === '' && (field === 'type' || !mustSay.includes(field))) return [];
  if (field === 'entity' && identifiersIn(value).includes(ours.entity)) return [];
  const problems = problemsOf(read({ ...values, [field]: value }));
  return problems.some(({ kind }) => kind === NOT_LOOKED_UP) ? [] : problems;
}

/** Whether a sentence of the earlier run is about one of these problems, or what stands in the cell. */
function isAbout(sentence: string, value: string, problems: readonly Problem[]): boolean {
  const type = parseEntityType(value);
  return (
    problems.some(({ message }) => sentence.includes(message)) ||
    (value !== '' && sentence.includes(showValue(value))) ||
    (typeof type === 'string' && sentence.includes(`type ${type}`))
  );
}

function readFilled(readings: TwoReadings, read: Read): OneReading {
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
  const { own, ours } = readings;
  const base: RawValues = { ...filledIn(own, ours), entity: entityOf(own, ours) };
  const differing = FIELDS.filter((field) => differs(field, readings));
  const [firstDiffering] = differing;
  if (firstDiffering === undefined) return { values: base };
  const all = combinations(base, readings, differing);
  const inOurs = problemsOf(read({ ...base, ...partOf(ours, differing) }));
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
  if (other === undefined) {
    // An empty cell corrects nothing: it may have been emptied so that the row stays.
    const isEmptied = first.values.replacement !== ours.replacement && first.values.replacement === '';
    return isEmptied
      ? refuse(ours, [editedRow('replacement', readings), ...inOurs])
      : { values: first.values };
  }
  const field = differing.find((name) => first.values[name] !== other.values[name]) ?? firstDiffering;
  return refuse(ours, [editedRow(field, readings)]);
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
  if (field === 'type') return !sameType(left, right);
  return field !== 'entity' || !identifiersIn(left).includes(right);
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

function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ message }, index) => problems.findIndex((problem) => problem.message === message) === index,
  );
}
