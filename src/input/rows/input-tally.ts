import type { ToldCondition } from '../selection/doubtful-cells.ts';
import type { Unmet } from '../selection/values-seen.ts';

/** Counts of all that was read so far. `rows = valid + duplicate + invalid + skipped`. */
export interface InputCounts {
  /** Rows handed on; split, one cell of several identifiers makes several. */
  readonly rows: number;
  readonly valid: number;
  /** Valid rows that name what is attached first: two writes each where an entity is removed. */
  readonly replacing: number;
  /** Valid rows of another type than the name of the entity column says, by their identifier's shape. */
  readonly otherType: number;
  readonly duplicate: number;
  readonly invalid: number;
  /** Rows that the options leave out. */
  readonly skipped: number;
  /** Records of the file, the header, titles, blank ones and footers included: the spreadsheet's last row number. */
  readonly records: number;
  /** Rows without any value below the header; not handed on. */
  readonly blankRows: number;
  /** Lines of a report after the table (`Total`, `Copyright …`); not handed on. */
  readonly footerRows: number;
  /** The row the first of them stands in; 0 for none. */
  readonly firstFooterRow: number;
  /** Rows with more cells than the header; the extra cells are kept. */
  readonly longRows: number;
  /** The row the first of them stands in; 0 for none. */
  readonly firstLongRow: number;
  /** Cells that were not UTF-8 and were read as Windows-1252. */
  readonly nonUtf8Cells: number;
  /** Cells with bytes that mean nothing in the file's encoding. */
  readonly undecodableCells: number;
  /** Cells with characters in CESU-8, as Java and Oracle write them. */
  readonly surrogateCells: number;
  /** Valid rows whose entity was named, and looked up. */
  readonly named: number;
  /** Of these, rows of a solution that is not active. */
  readonly namedInactive: number;
  /** The row the first of them stands in; 0 for none. */
  readonly firstInactiveRow: number;
  /** Invalid rows whose entity is named, and that nobody has looked up yet. */
  readonly notLookedUp: number;
  /** Identifiers beyond the first in their cell, where cells are split. */
  readonly splitRows: number;
}

/** The counts, and what people are told beside them. */
export interface InputTally extends InputCounts {
  readonly told: InputTold;
}

/** Rows that say something which nobody obeys; of each kind the first are kept. */
export interface InputTold {
  /** Invalid rows with nothing but one text, as headings inside a table are. */
  readonly headings: number;
  readonly firstHeadings: readonly Heading[];
  /** The first lines below the table. */
  readonly firstFooters: readonly Heading[];
  /** The first rows with cells beyond the header, and what stands in these. */
  readonly firstBeyond: readonly Heading[];
  /** Associations that one row asks for, and another, which a condition leaves out, names as well. */
  readonly twoMinds: number;
  readonly firstTwoMinds: readonly TwoMinds[];
  /** Of results: the rows that the run which wrote them told of, where some are missing since. */
  readonly lost?: { readonly missing: number; readonly written: number };
  /** Of each condition, at the end of the file, rows that it decides on by a cell that may not say so. */
  readonly conditions: readonly ToldCondition[];
  /** Of a part of a whole, at its end: what no row of it has, as the whole may. */
  readonly unmet?: readonly Unmet[];
}

/** Two rows of one association. */
export interface TwoMinds {
  readonly asked: number;
  readonly leftOut: number;
}

/** A row, and its text that nobody reads. */
export interface Heading {
  readonly row: number;
  readonly text: string;
}

/** More of them than this nobody reads. */
const MOST_TOLD = 8;

export function countHeading(tally: RunningTally, heading: Heading): void {
  const { headings, firstHeadings } = tally.told;
  tally.told = {
    ...tally.told,
    headings: headings + 1,
    firstHeadings: headings < MOST_TOLD ? [...firstHeadings, heading] : firstHeadings,
  };
}

/** Lines that turned out to stand below the table. */
export function countFooters(tally: RunningTally, lines: readonly TextLine[]): void {
  tally.footerRows += lines.length;
  tally.firstFooterRow = lines[0]?.place.row ?? 0;
  const first = lines.slice(0, MOST_TOLD);
  const firstFooters = first.map(({ cells, place }) => ({ row: place.row, text: textOf(cells) }));
  tally.told = { ...tally.told, firstFooters };
}

/** `beyond`: its cells beyond the header. */
export function countLong(tally: RunningTally, beyond: readonly string[], row: number): void {
  const text = textOf(beyond);
  if (text === '') return;
  tally.longRows += 1;
  tally.firstLongRow ||= row;
  const { firstBeyond } = tally.told;
  if (firstBeyond.length >= MOST_TOLD) return;
  tally.told = { ...tally.told, firstBeyond: [...firstBeyond, { row, text }] };
}

interface TextLine {
  readonly cells: readonly string[];
  readonly place: { readonly row: number };
}

function textOf(cells: readonly string[]): string {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return filled.join(' ');
}

export function countTwoMinds(tally: RunningTally, rows: TwoMinds): void {
  if (rows.asked === 0 || rows.leftOut === 0) return;
  const { twoMinds, firstTwoMinds } = tally.told;
  tally.told = {
    ...tally.told,
    twoMinds: twoMinds + 1,
    firstTwoMinds: twoMinds < MOST_TOLD ? [...firstTwoMinds, rows] : firstTwoMinds,
  };
}

/** The counts alone, as programs are told them. */
export function countsOf({ told: _told, ...counts }: InputTally): InputCounts {
  return counts;
}

/** The same, while it is being counted. */
export type RunningTally = { -readonly [Count in keyof InputTally]: InputTally[Count] };

export function emptyTally(): RunningTally {
  return {
    rows: 0,
    valid: 0,
    replacing: 0,
    otherType: 0,
    duplicate: 0,
    invalid: 0,
    skipped: 0,
    records: 0,
    blankRows: 0,
    footerRows: 0,
    firstFooterRow: 0,
    longRows: 0,
    firstLongRow: 0,
    nonUtf8Cells: 0,
    undecodableCells: 0,
    surrogateCells: 0,
    named: 0,
    namedInactive: 0,
    firstInactiveRow: 0,
    notLookedUp: 0,
    splitRows: 0,
    told: {
      headings: 0,
      firstHeadings: [],
      firstFooters: [],
      firstBeyond: [],
      twoMinds: 0,
      firstTwoMinds: [],
      conditions: [],
    },
  };
}
