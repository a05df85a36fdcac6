import { stringify } from 'csv-stringify/sync';
import { fileSource } from '../../input/bytes/read-file.ts';
import { tableRows } from '../../input/open-table.ts';
import { cleanValue } from '../../input/values/clean-value.ts';
import { foldName } from '../../input/values/fold-name.ts';
import { RunError } from '../../model/run-error.ts';
import { accountIn, type MeantAccount } from './account-rows.ts';
import { NO_ROW, unusable, type Listed, type RowFault } from './row-faults.ts';

/** One account's part of a file. */
export interface AccountPart extends MeantAccount {
  readonly input: Uint8Array;
}

/**
 * Splits a file by its column of accounts: each part has the header and the account's rows, in their order, and the number that each had
 * in the whole. Throws a `RunError` where there is no such column.
 */
export async function splitByAccount(path: string, column: string): Promise<Listed<AccountPart>> {
  let at: number | undefined;
  let header: readonly string[] = [];
  const parts = new Map<string, { readonly meant: MeantAccount; readonly lines: string[][] }>();
  const faults: RowFault[] = [];
  const titles: (readonly string[])[] = [];
  for await (const { cells, row } of tableRows(fileSource(path))) {
    if (at === undefined) {
      at = columnAt(path, cells, column);
      if (at === undefined) titles.push(cells);
      else header = cells;
      if (titles.length === MOST_TITLES) break;
      continue;
    }
    const key = cleanValue(cells[at] ?? '');
    if (key === '') {
      faults.push({ rows: [row], words: `no account in column "${column}"` });
      continue;
    }
    const part = parts.get(key) ?? { meant: accountIn(key, row), lines: [[...header, SOURCE_ROW]] };
    part.lines.push([...padded(cells, header.length), String(row)]);
    parts.set(key, part);
  }
  if (at === undefined) throw noSuchColumn('no column', { path, column, header: widestOf(titles) });
  if (parts.size + faults.length === 0) throw unusable(path, [NO_ROW]);
  const found = [...parts.values()].map(({ meant, lines }) => ({
    ...meant,
    input: Buffer.from(stringify(lines)),
  }));
  return { found, faults };
}

const SOURCE_ROW = 'source_row';

/** Rows above the header, as of a title: none of them has the column. */
const MOST_TITLES = 10;

/** `undefined` in a row that is no header with such a column; a title stands alone in its row. */
function columnAt(path: string, cells: readonly string[], column: string): number | undefined {
  const wanted = foldName(column);
  const found = cells.flatMap((name, index) => (foldName(name) === wanted ? [index] : []));
  if (found.length > 1) throw noSuchColumn('several columns', { path, column, header: cells });
  return namesIn(cells).length > 1 ? found[0] : undefined;
}

function namesIn(cells: readonly string[]): readonly string[] {
  return cells.filter((cell) => cleanValue(cell) !== '');
}

/** The first of those with the most names is the likeliest header. */
function widestOf(rows: readonly (readonly string[])[]): readonly string[] {
  const most = Math.max(0, ...rows.map((row) => namesIn(row).length));
  return rows.find((row) => namesIn(row).length === most) ?? [];
}

interface AskedColumn {
  readonly path: string;
  readonly column: string;
  readonly header: readonly string[];
}

function noSuchColumn(what: string, { path, column, header }: AskedColumn): RunError {
  return new RunError('input_columns', `${path} has ${what} "${column}".`, {
    code: 'name_account_column',
    columns: namesIn(header),
  });
}

function padded(cells: readonly string[], width: number): readonly string[] {
  return [...cells, ...Array.from({ length: Math.max(0, width - cells.length) }, () => '')];
}
