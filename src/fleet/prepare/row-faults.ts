import type { Advice } from '../../model/advice.ts';
import { RunError } from '../../model/run-error.ts';

/** What is not good about rows of the file that names the accounts. */
export interface RowFault {
  /** As a spreadsheet numbers them; none where it is no row's. */
  readonly rows: readonly number[];
  /** The same of each. */
  readonly words: string;
  /** Without the name of the row's file: what is the same of several files is told once, so. */
  readonly ofAny?: string;
  readonly advice?: Advice | undefined;
}

/** The file's accounts, and what is not good about others. */
export interface Listed<Row> {
  readonly found: readonly Row[];
  readonly faults: readonly RowFault[];
}

export const NO_ROW: RowFault = { rows: [], words: 'there is no row of an account' };

/** Of one row and its file, by what was thrown. */
export function faultOf(row: number, name: string, { code, message, advice }: RunError): RowFault {
  const fault = { rows: [row], words: message, advice };
  // Which of the files can't be read is what matters.
  if (code === 'input_unreadable') return fault;
  return { ...fault, ofAny: message.replaceAll(`${name}: `, '').replaceAll(name, 'the file') };
}

/** All of it at once: whoever mends one of several would be told of the next. `rows`: those that there are. */
export function unusable(path: string, faults: readonly RowFault[], rows = 0): RunError {
  const lines = linesOf(faults, rows);
  const shown = lines.slice(0, MOST_SHOWN).map((line) => `\n  ${line}`);
  const more = lines.length > MOST_SHOWN ? `\n  and ${lines.length - MOST_SHOWN} more` : '';
  const also = faults.flatMap(({ advice }) => advice ?? []);
  return new RunError('input_format', `${path} can't be submitted:${shown.join('')}${more}`, {
    code: 'mend_accounts',
    ...(also.length > 0 && { also }),
  });
}

const MOST_SHOWN = 20;

/** In the order of their rows; what is the same of several is told once. */
function linesOf(faults: readonly RowFault[], rows: number): readonly string[] {
  const alike = new Map<string, RowFault>();
  for (const fault of faults) {
    const { rows: own, words, ofAny = words } = fault;
    const key = own.length === 1 ? ofAny : `${own.join()}${words}`;
    const before = alike.get(key);
    const all = [...(before?.rows ?? []), ...own].toSorted((one, other) => one - other);
    alike.set(key, { rows: all, words: before === undefined || before.words === words ? words : ofAny });
  }
  return [...alike.values()]
    .toSorted((one, other) => (one.rows.at(-1) ?? 0) - (other.rows.at(-1) ?? 0))
    .map(({ rows: own, words }) => `${rowWords(own, rows)}${words}`);
}

const ROWS_NAMED = 3;

function rowWords(own: readonly number[], rows: number): string {
  if (own.length === 0) return '';
  if (own.length === 1) return `row ${own[0]}: `;
  if (own.length === rows) return `all ${rows} rows: `;
  const named = own.slice(0, ROWS_NAMED);
  const others = own.length - named.length;
  const last = others > 0 ? `${others} more` : named.pop();
  return `rows ${named.join(', ')} and ${last}: `;
}
