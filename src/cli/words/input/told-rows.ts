import type { InputTold } from '../../../input/rows/input-tally.ts';
import { showValue } from '../../../input/values/show-value.ts';
import { count, counted } from '../../../model/words/amounts.ts';

/** Remarks on rows that say something which nobody obeys. */
export function toldWords({
  headings,
  firstHeadings,
  twoMinds,
  firstTwoMinds,
}: InputTold): readonly string[] {
  return [
    ...(headings === 0 ? [] : [headingWords(headings, firstHeadings)]),
    ...(twoMinds === 0 ? [] : [twoMindsWords(twoMinds, firstTwoMinds)]),
  ];
}

/** Of one association, one row says this and another that. */
function twoMindsWords(twoMinds: number, first: InputTold['firstTwoMinds']): string {
  const shown = first.map(({ asked, leftOut }) => `row ${count(asked)}, but not row ${count(leftOut)}`);
  const it = twoMinds === 1 ? 'it is' : 'they are';
  return `${counted(twoMinds, 'association')} asked for by one row and left out by another (${listed(shown, twoMinds)}); ${it} sent all the same`;
}

/** They may say what is to be done with the rows below. */
function headingWords(headings: number, first: InputTold['firstHeadings']): string {
  const shown = first.map(({ row, text }) => `row ${count(row)}: ${showValue(text)}`);
  return `${counted(headings, 'row')} with nothing but a text (${listed(shown, headings)}); the rows below are read like all others, whatever it says`;
}

function listed(shown: readonly string[], all: number): string {
  return [...shown, ...(all > shown.length ? ['…'] : [])].join('; ');
}
