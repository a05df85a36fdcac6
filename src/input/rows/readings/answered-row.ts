import type { Problem } from '../../../model/problem.ts';
import type { Target } from '../../../model/row.ts';
import { NOT_LOOKED_UP } from '../../selection/solution-names.ts';
import { identifiersIn } from '../../values/identifiers-in.ts';
import type { RawValues, Verdict } from '../../values/validate-values.ts';
import { editedRow, FIELDS, overruledNote, type Field, type TwoReadings } from './edited-row.ts';
import { problemsOf, refuse, sameType, type OneReading, type Read } from './two-readings.ts';

/** Our cells without which nothing was ever sent. */
const NEEDED: readonly Field[] = ['opportunity', 'type', 'entity'];

/**
 * What a row means that was answered: it goes again only where both sides say so. Whatever somebody has written, or deleted, on
 * one side alone may withdraw it. `told` is the message that the results have for it: where that tells that ours was read in
 * place of the very cells that stand there, nobody has edited them since.
 */
export function readAnswered(readings: TwoReadings, read: Read, told: string): OneReading {
  const { ours } = readings;
  const isEmptied = NEEDED.some((field) => ours[field] === '');
  const edited = FIELDS.filter((field) => !saysTheSame(field, readings, read));
  if (edited.length === 0) return { values: ours };
  const notes = edited.map((field) => overruledNote(field, readings));
  const lines = new Set(told.split(/\r?\n/));
  if (!isEmptied && notes.every((note) => note !== undefined && lines.has(note))) return { values: ours };
  const inOurs = isEmptied ? [] : problemsOf(read(ours));
  return refuse(ours, [...edited.map((field) => problemWith(field, readings, read)), ...inOurs]);
}

/** Of a row that is sent: the user's own cells that say something else than what is sent, a sentence each. */
export function overruledNotes(readings: TwoReadings, read: Read): readonly string[] {
  return FIELDS.filter((field) => !saysTheSame(field, readings, read)).flatMap(
    (field) => overruledNote(field, readings) ?? [],
  );
}

/** Whether an own cell means what ours says, the rest of the row being as ours has it. */
function saysTheSame(field: Field, readings: TwoReadings, read: Read): boolean {
  const { own, ours, mustSay, hasTypes = false } = readings;
  if (field === 'type' && own.type === '' && hasTypes) return false;
  if (NEEDED.includes(field) && ours[field] === '') return false;
  if (own[field] === ours[field]) return true;
  const values = { ...ours, [field]: own[field] };
  const said = targetsIn(values, read);
  // What stands in a column that may not be meant is an edit only where it could be sent.
  if (!mustSay.includes(field) && (own[field] === '' || said === undefined)) return true;
  const sent = targetsIn(ours, read);
  if (said === undefined || sent === undefined) return field === 'type' && sameType(own.type, ours.type);
  return sent.every((target) => said.some((other) => isSame(target, other)));
}

/** The targets of values that are good; a cell that was split stands for each of its parts, every one of them good. */
function targetsIn(values: RawValues, read: Read): readonly Target[] | undefined {
  const whole = targetsOf(read(values));
  const parts = identifiersIn(values.entity);
  if (whole !== undefined || parts.length < 2 || values.replacement !== '') return whole;
  return targetsOf(parts.flatMap((entity) => read({ ...values, entity })));
}

function targetsOf(verdicts: readonly Verdict[]): readonly Target[] | undefined {
  const targets = verdicts.flatMap((verdict) => (verdict.ok ? [verdict.target] : []));
  return targets.length === verdicts.length ? targets : undefined;
}

function isSame(left: Target, right: Target): boolean {
  return (
    left.opportunityId === right.opportunityId &&
    left.entity.type === right.entity.type &&
    left.entity.id === right.entity.id &&
    left.replacement?.type === right.replacement?.type &&
    left.replacement?.id === right.replacement?.id
  );
}

/** A name that nobody has looked up yet is no edit, and can't be held against ours. */
function problemWith(field: Field, readings: TwoReadings, read: Read): Problem {
  const { own, ours } = readings;
  return (
    problemsOf(read({ ...ours, [field]: own[field] })).find(({ kind }) => kind === NOT_LOOKED_UP) ??
    editedRow(field, readings)
  );
}
