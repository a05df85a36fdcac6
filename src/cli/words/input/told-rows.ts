import { seemsToDecide } from '../../../input/columns/decisions/decision-names.ts';
import type { TableReading } from '../../../input/columns/table-reading.ts';
import type { Heading, InputTold } from '../../../input/rows/input-tally.ts';
import { MOST_VALUES, type ToldCondition } from '../../../input/selection/doubtful-cells.ts';
import { shownText } from '../../../input/selection/selection-errors.ts';
import { showValue } from '../../../input/values/show-value.ts';
import { count, counted } from '../../../model/words/amounts.ts';
import { whereWords } from '../hints/shell-words.ts';

/** Remarks on rows that say something which nobody obeys. */
export function toldWords({
  headings,
  firstHeadings,
  twoMinds,
  firstTwoMinds,
  conditions,
  lost,
}: InputTold): readonly string[] {
  return [
    ...(lost === undefined
      ? []
      : [
          `${counted(lost.missing, 'row')} fewer than the ${count(lost.written)} that the summary beside it tells of: whatever they were is left alone`,
        ]),
    ...(headings === 0 ? [] : [headingWords(headings, firstHeadings)]),
    ...(twoMinds === 0 ? [] : [twoMindsWords(twoMinds, firstTwoMinds)]),
    ...conditions.flatMap(conditionWords),
  ];
}

/** Words beside the table's cells that seem to say what is to be done with its rows; nothing where none do. */
export function decidingWords(
  titleRows: TableReading['titleRows'],
  { firstFooters, firstBeyond }: InputTold,
): readonly string[] {
  const titles = titleRows.flatMap((cells, index) =>
    cells.map((text) => ({ row: index + 1, text: text.trim() })),
  );
  return [
    deciding('above the table', titles),
    deciding('below the table', firstFooters),
    deciding('beyond the header’s columns', firstBeyond),
  ].flat();
}

function deciding(where: string, texts: readonly Heading[]): readonly string[] {
  const found = texts.filter(({ text }) => seemsToDecide(text));
  if (found.length === 0) return [];
  return [
    `${where} it seems to be said what to do with its rows (${textsIn(found, found.length)}); nobody obeys that: every valid row is meant`,
  ];
}

/** The first of so many rows, each with its text. */
export function textsIn(first: readonly Heading[], all: number): string {
  const shown = first.slice(0, TEXTS_SHOWN).map(({ row, text }) => `row ${count(row)}: ${showValue(text)}`);
  return listed(shown, all);
}

const TEXTS_SHOWN = 3;

/** What a condition makes of cells that may not say so. */
function conditionWords(told: ToldCondition): readonly string[] {
  const { text, holds, name, empty, firstEmpty, near, nearTexts } = told;
  const [what, other] = holds === 'among' ? ['left out', 'takes'] : ['taken', 'leaves'];
  const column = `in column ${showValue(name)}`;
  const shown = nearTexts.map((one) => `row ${count(one.row)}: ${shownText(one)}`);
  const end = holds === 'among' ? '' : ' out';
  return [
    ...(holds === 'among' || told.rows === 0 ? [] : [takenWords(told)]),
    ...(empty === 0
      ? []
      : [
          `${counted(empty, 'row')} ${what} whose cell ${column} is empty (${empty > 1 ? 'the first is ' : ''}row ${count(firstEmpty)}); ${whereWords(`${text},`)} ${other} ${empty > 1 ? 'them' : 'it'}${end}`,
        ]),
    ...(near === 0
      ? []
      : [
          `${counted(near, 'row')} ${what} whose cell ${column} is nearly a value of ${showValue(text)}, or holds one (${listed(shown, near)})`,
        ]),
  ];
}

/** What a condition takes without naming it. */
function takenWords({ text, rows, values }: ToldCondition): string {
  const shown = values.slice(0, MOST_VALUES);
  const others = rows - shown.reduce((all, one) => all + one.rows, 0);
  const words = shown.map((one) => `${count(one.rows)} × ${one.text === '' ? 'empty' : showValue(one.text)}`);
  const more = others > 0 ? [`${count(others)} others`] : [];
  return `${whereWords(text)} takes ${counted(rows, 'row')}: ${[...words, ...more].join(', ')}`;
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
