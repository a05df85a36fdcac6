import { fileSource } from '../../input/bytes/read-file.ts';
import { tableRows } from '../../input/open-table.ts';
import { cleanValue } from '../../input/values/clean-value.ts';
import { closest } from '../../input/values/closest.ts';
import { foldName } from '../../input/values/fold-name.ts';
import { RunError } from '../../model/run-error.ts';
import type { FleetSignIn } from '../../store/fleet/fleet-store.ts';
import { NO_ROW, unusable, type Listed, type RowFault } from './row-faults.ts';

/** An account, as somebody means it: at least one of account, profile and role says which. */
export interface MeantAccount extends FleetSignIn {
  readonly account?: string | undefined;
  /** It does not say which, or says two: that is among the faults. */
  readonly isUnclear?: true;
  /** In the file that names it, as a spreadsheet numbers it. */
  readonly row: number;
}

/** A row of accounts.csv. */
export interface AccountRow extends MeantAccount {
  readonly file: string;
}

const COLUMNS = {
  account: ['account', 'accountid', 'awsaccount', 'awsaccountid'],
  profile: ['profile', 'awsprofile'],
  roleArn: ['rolearn', 'role'],
  externalId: ['externalid'],
  sessionName: ['sessionname', 'rolesessionname'],
  file: ['file', 'input', 'csv'],
} as const;

type ColumnName = keyof typeof COLUMNS;

/** One of these says which account is meant. */
const SAYING = ['account', 'profile', 'roleArn'] as const;

/** Reads accounts.csv: columns account, profile or role_arn, and file. Throws a `RunError` where these are not there. */
export async function readAccounts(path: string): Promise<Listed<AccountRow>> {
  let columns: ReadonlyMap<ColumnName, number> | undefined;
  const found: AccountRow[] = [];
  const faults: RowFault[] = [];
  for await (const { cells, row } of tableRows(fileSource(path))) {
    if (columns === undefined) {
      columns = columnsOf(path, cells);
      continue;
    }
    const read = accountRow(cells.map(cleanValue), columns);
    faults.push(...read.faults.map((words) => ({ rows: [row], words })));
    if (read.file !== undefined) found.push({ ...read.meant, row, file: read.file });
  }
  if (found.length + faults.length === 0) throw unusable(path, [NO_ROW]);
  return { found, faults };
}

function columnsOf(path: string, header: readonly string[]): ReadonlyMap<ColumnName, number> {
  const names = header.map(foldName);
  const found = new Map<ColumnName, number>();
  for (const [column, spellings] of Object.entries(COLUMNS) as [ColumnName, readonly string[]][]) {
    const at = names.flatMap((name, index) => (spellings.includes(name) ? [index] : []));
    if (at.length > 1) throw unusable(path, [{ rows: [], words: `two columns may be the ${column}` }]);
    if (at[0] !== undefined) found.set(column, at[0]);
  }
  assertSpelt(path, header, found);
  const says = SAYING.some((column) => found.has(column));
  if (found.has('file') && says) return found;
  throw new RunError(
    'input_columns',
    `${path} has not the columns of a fleet: one of account, profile and role_arn, and file.`,
    { code: 'mend_accounts' },
  );
}

/** A column of a name that is nearly one of ours would be passed over, and the account found in another way. */
function assertSpelt(path: string, header: readonly string[], found: ReadonlyMap<ColumnName, number>): void {
  const missing = SAYING.filter((column) => !found.has(column));
  const known: ReadonlySet<string> = new Set(Object.values(COLUMNS).flat());
  for (const name of header) {
    const meant = closest(
      foldName(name),
      missing.flatMap((column) => COLUMNS[column]),
    );
    if (meant === undefined || known.has(foldName(name))) continue;
    const words = `the column "${name}" is none that it knows: was "${meant}" meant?`;
    throw unusable(path, [{ rows: [], words }]);
  }
}

interface RowRead {
  readonly meant: Omit<MeantAccount, 'row'>;
  readonly file: string | undefined;
  readonly faults: readonly string[];
}

function accountRow(cells: readonly string[], columns: ReadonlyMap<ColumnName, number>): RowRead {
  const value = (column: ColumnName): string | undefined => cells[columns.get(column) ?? -1] || undefined;
  const file = value('file');
  const signIn = {
    profile: value('profile'),
    externalId: value('externalId'),
    sessionName: value('sessionName'),
  };
  const meant = meantBy(value('account'), value('roleArn'));
  const isSaid = typeof meant === 'string' || (meant.account ?? signIn.profile) !== undefined;
  const faults = [
    ...(typeof meant === 'string' ? [meant] : []),
    ...(isSaid ? [] : ['it names neither account, profile nor role']),
    ...(file === undefined ? ['it names no file'] : []),
  ];
  if (typeof meant === 'string' || !isSaid) return { meant: { isUnclear: true }, file, faults };
  return { meant: { ...signIn, ...meant }, file, faults };
}

const ACCOUNT = /^\d{12}$/;
const ROLE = /^arn:[\w-]+:iam::(\d{12}):role\/\S+$/;

function meantBy(
  account: string | undefined,
  roleArn: string | undefined,
): Pick<MeantAccount, 'account' | 'roleArn'> | string {
  if (account !== undefined && !ACCOUNT.test(account))
    return `"${account}" is no account: that has 12 digits`;
  if (roleArn === undefined) return { account };
  const [, ofRole] = ROLE.exec(roleArn) ?? [];
  if (ofRole === undefined) return `"${roleArn}" is no role's ARN`;
  if (account !== undefined && account !== ofRole)
    return `it is account ${account}'s, and its role is of ${ofRole}`;
  return { account: ofRole, roleArn };
}

/** A cell of a column of accounts: 12 digits, a role's ARN, or else a profile. */
export function accountIn(cell: string, row: number): MeantAccount {
  const text = cleanValue(cell);
  if (ACCOUNT.test(text)) return { account: text, row };
  const [, ofRole] = ROLE.exec(text) ?? [];
  return ofRole === undefined ? { profile: text, row } : { account: ofRole, roleArn: text, row };
}
