import { isOfDecisions } from '../columns/decisions/decision-names.ts';
import { saysKeep } from '../columns/decisions/keeping-words.ts';
import { answerIn } from '../columns/decisions/answers.ts';
import { saysGoesAlone } from '../columns/decisions/pair-names.ts';
import { closest } from '../values/closest.ts';
import { foldName } from '../values/fold-name.ts';
import { hasPeoplesMark } from '../values/plain-characters.ts';
import { foldCase, type Condition } from './condition.ts';

/** Rows on which a condition decides by a cell that is empty, or nearly one of its values. */
export interface ToldCondition extends Pick<Condition, 'text' | 'column' | 'holds'> {
  readonly name: string;
  /** Sound rows with an empty cell that it takes or, where it asks for values, leaves out. */
  readonly empty: number;
  /** The first of them; 0 for none. */
  readonly firstEmpty: number;
  /** The first of them below a cell that it leaves out, which may stand for these rows too; 0 for none. */
  readonly firstBelow: number;
  /** The same of cells that are nearly a value of its, or hold one among other words. */
  readonly near: number;
  /** The first texts of them. */
  readonly nearTexts: readonly NearText[];
  /** Sound rows that it takes or, where it asks for values, leaves out. */
  readonly rows: number;
  /** The first values of these, as they stand; an empty one too. */
  readonly values: readonly DecidedValue[];
}

/** A value, and how many rows have it. */
export interface DecidedValue {
  readonly text: string;
  readonly rows: number;
}

export interface NearText {
  readonly text: string;
  /** The first row that has it. */
  readonly row: number;
  /** What stands in another column there, where that is why: the two may have been swapped, or have slipped. */
  readonly beside?: string;
}

/** More than this nobody reads. */
export const MOST_VALUES = 8;
/** More than this nobody pastes. */
export const VALUES_KEPT = 100;

/** Folded: signs alone, as a dash or a ditto mark, and words that decide nothing. */
const UNDECIDED = /^(na|tb[cd]|ditto|dito|dto|idem|undecided|unclear|maybe)?$/;

/** What became of a row. */
export interface Fate {
  readonly row: number;
  /** Its cells in columns that are neither read for what is sent nor the condition's own. */
  readonly others: readonly string[];
  readonly isTaken: boolean;
  /** Whether this condition is the one that leaves it out. */
  readonly isWhy: boolean;
}

/** Counts, for one condition, the rows whose cell may not say what it is taken for. */
export class DoubtfulCells {
  readonly #condition: Condition;
  readonly #name: string;
  readonly #decides: boolean;
  /** Whether all that stands in its column should be such a decision: a status may be any. */
  readonly #isOfDecisions: boolean;
  /** Whether it leaves out those that go. */
  readonly #leavesOutGoing: boolean;
  readonly #values: readonly string[];
  readonly #nearTexts = new Map<string, NearText>();
  /** Of a column of decisions, those that say neither that a row goes nor that it stays. */
  readonly #unclearTexts = new Map<string, NearText>();
  readonly #decided = new Map<string, number>();
  readonly #counts = { rows: 0, empty: 0, firstEmpty: 0, firstBelow: 0, near: 0 };
  #unclear = 0;
  #isBelowLeftOut = false;

  constructor(condition: Condition, name: string) {
    this.#condition = condition;
    this.#name = name;
    this.#isOfDecisions = isOfDecisions(name);
    this.#decides = this.#isOfDecisions || condition.values.some(saysKeep);
    this.#leavesOutGoing = condition.values.some((value) => saysGoesAlone(value) && !hasPeoplesMark(value));
    this.#values = condition.values.map(foldName).filter((value) => value !== '');
  }

  /** Each record's cell, in their order: `isLeft`, whether the condition leaves it out. */
  see(value: string, isLeft: boolean): void {
    if (value !== '') this.#isBelowLeftOut = isLeft;
  }

  /** A sound row; its own cell was the last to be seen. */
  add(value: string, { row, others, isTaken, isWhy }: Fate): void {
    const negated = this.#condition.holds === 'not_among';
    if (!(negated ? isTaken : isWhy)) return;
    const decided = this.#decided;
    if (decided.size <= VALUES_KEPT || decided.has(value)) decided.set(value, (decided.get(value) ?? 0) + 1);
    const counts = this.#counts;
    counts.rows += 1;
    if (value === '') {
      counts.empty += 1;
      counts.firstEmpty ||= row;
      if (this.#isBelowLeftOut) counts.firstBelow ||= row;
    }
    const isClear = negated && this.#decides && this.#isClear(value);
    const isNear = value !== '' && !isClear && this.#isNear(value, negated);
    const beside = isNear || !negated ? undefined : this.#meantBy(others);
    const near = { text: value, row, ...(beside !== undefined && { beside }) };
    if (isNear || beside !== undefined) {
      counts.near += 1;
      keepFirst(this.#nearTexts, near);
    } else if (negated && value !== '' && this.#isOfDecisions && !isClear) {
      this.#unclear += 1;
      keepFirst(this.#unclearTexts, near);
    }
  }

  /** Where words decide about rows, the cell of another column that says what the condition leaves out. */
  #meantBy(others: readonly string[]): string | undefined {
    if (!this.#decides) return undefined;
    return others.find((cell) => saysKeep(cell) || this.#values.includes(foldName(cell)));
  }

  told(): ToldCondition {
    const { text, column, holds } = this.#condition;
    const values = [...this.#decided].map(([value, rows]) => ({ text: value, rows }));
    // A single other value is the one that is meant.
    const several = new Set(values.map((value) => foldCase(value.text)).filter((value) => value !== ''));
    const unclear = several.size > 1 ? this.#unclear : 0;
    return {
      text,
      column,
      holds,
      name: this.#name,
      ...this.#counts,
      near: this.#counts.near + unclear,
      nearTexts: [...this.#nearTexts.values(), ...(unclear > 0 ? this.#unclearTexts.values() : [])],
      values,
    };
  }

  #isSameAnswer(value: string): boolean {
    const answer = answerIn(value);
    return answer !== undefined && this.#condition.values.some((one) => answerIn(one) === answer);
  }

  /** Whether a value says that its row goes: in so many words, or as the other answer to a question. */
  #isClear(value: string): boolean {
    const answer = answerIn(value);
    const answers = this.#condition.values.map(answerIn).filter((one) => one !== undefined);
    if (answer !== undefined && answers.some((one) => one !== answer)) return !hasPeoplesMark(value);
    return !hasPeoplesMark(value) && !this.#leavesOutGoing && saysGoesAlone(value);
  }

  /** Where words decide about rows, one that holds a value, or is nearly one, may be meant as it; others only but for their signs. */
  #isNear(value: string, negated: boolean): boolean {
    const name = foldName(value);
    if (this.#values.includes(name)) return true;
    if (!this.#decides) return false;
    if (negated && (saysKeep(value) || UNDECIDED.test(name) || this.#isSameAnswer(value))) return true;
    const words = value.split(/[^\p{L}\p{N}']+/u).map(foldName);
    return this.#values.some(
      (one) =>
        ` ${words.join(' ')} `.includes(` ${one} `) ||
        (one.length > 2 && words.some((word) => word.startsWith(one))) ||
        closest(name, [one]) !== undefined,
    );
  }
}

function keepFirst(texts: Map<string, NearText>, near: NearText): void {
  const key = foldCase(near.text);
  if (texts.size <= VALUES_KEPT && !texts.has(key)) texts.set(key, near);
}
