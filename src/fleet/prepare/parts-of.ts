import { dirname, isAbsolute, join } from 'node:path';
import { fileSource } from '../../input/bytes/read-file.ts';
import { readAccounts, type MeantAccount } from './account-rows.ts';
import { splitByAccount } from './split-by-account.ts';

/** A file of accounts, or a file of rows that names an account in each. */
export interface AskedFleet {
  readonly name: string;
  readonly path: string;
  readonly accountColumn?: string | undefined;
}

/** One account's input. */
export interface Part extends MeantAccount {
  readonly inputName: string;
  /** Its rows have their number in a whole behind them. */
  readonly fromSheet?: true;
  readonly input: () => AsyncIterable<Uint8Array>;
}

/** Throws a `RunError` where the file does not say which account has what. */
export async function partsOf(
  { path, accountColumn }: AskedFleet,
  where: readonly string[] = [],
): Promise<readonly Part[]> {
  if (accountColumn !== undefined) {
    const parts = await splitByAccount(path, accountColumn, where);
    return parts.map((part) => ({
      ...part,
      fromSheet: true,
      inputName: path,
      input: () => oneOf(part.input),
    }));
  }
  const rows = await readAccounts(path);
  return rows.map((row) => {
    const inputName = isAbsolute(row.file) ? row.file : join(dirname(path), row.file);
    return { ...row, inputName, input: () => fileSource(inputName).bytes };
  });
}

export function oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  return eachOf([bytes]);
}

export async function* eachOf<T>(things: readonly T[]): AsyncGenerator<T> {
  yield* things;
}
