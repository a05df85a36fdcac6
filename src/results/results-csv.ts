import type { RowOutcome } from '../model/outcome.ts';
import type { InputRow } from '../model/row.ts';
import { csvText, firstLine, type ResultsDialect } from './csv-text.ts';
import { defuse } from './defuse.ts';
import { resultCells } from './result-cells.ts';
import { resultsHeader } from './results-header.ts';

export interface ResultsForm {
  readonly dialect: ResultsDialect;
  /** The user's header cells, as they were. */
  readonly header: readonly string[];
  /** Whether the user's own cells are defused too; off, they are given back to the byte. */
  readonly defuseAll: boolean;
  /** Spells the options that our own sentences name in words; a command line has flags for them. As they are, without. */
  readonly spell?: (sentence: string) => string;
}

export interface SettledRow {
  readonly row: InputRow;
  readonly outcome: RowOutcome;
}

/** The text that begins the results: the byte order mark, where there is one, and the header line. */
export function headerText(form: ResultsForm): string {
  return firstLine(resultsHeader(userCells(form.header, form)), form.dialect);
}

/** The lines of some rows, in their order. */
export function rowsText(rows: readonly SettledRow[], form: ResultsForm): string {
  return csvText(
    rows.map((settled) => lineOf(settled, form)),
    form.dialect,
  );
}

/** Short rows are filled up; what a row has beyond the header stands after our columns, so that these line up. */
function lineOf({ row, outcome }: SettledRow, form: ResultsForm): string[] {
  const width = form.header.length;
  const own = userCells(row.cells, form);
  const missing = Array.from({ length: Math.max(0, width - own.length) }, () => '');
  return [...own.slice(0, width), ...missing, ...resultCells(row, outcome, form.spell), ...own.slice(width)];
}

function userCells(cells: readonly string[], form: ResultsForm): readonly string[] {
  return form.defuseAll ? cells.map(defuse) : cells;
}
