import { dirname, isAbsolute, join } from 'node:path';
import { fileSource } from '../../input/bytes/read-file.ts';
import type { RunError } from '../../model/run-error.ts';
import { readAccounts, type AccountRow, type MeantAccount } from './account-rows.ts';
import type { Listed } from './row-faults.ts';
import { splitByAccount, type AccountPart } from './split-by-account.ts';

/** A file of accounts, or a file of rows that names an account in each. */
export interface AskedFleet {
  readonly name: string;
  readonly path: string;
  readonly accountColumn?: string | undefined;
  /** What is not good about it, whatever its file says. */
  readonly fault?: RunError | undefined;
}

/** One account's input. */
export interface Part extends MeantAccount {
  readonly inputName: string;
  /** Its rows have their number in a whole behind them. */
  readonly fromSheet?: true;
  readonly input: () => AsyncIterable<Uint8Array>;
}

/** Throws a `RunError` where the file does not say at all which account has what. */
export async function partsOf({ path, accountColumn }: AskedFleet): Promise<Listed<Part>> {
  if (accountColumn !== undefined) {
    const { found, faults } = await splitByAccount(path, accountColumn);
    const partOf = (part: AccountPart): Part => ({
      ...part,
      fromSheet: true,
      inputName: path,
      input: () => oneOf(part.input),
    });
    return { found: found.map(partOf), faults };
  }
  const { found, faults } = await readAccounts(path);
  const partOf = (row: AccountRow): Part => {
    const inputName = isAbsolute(row.file) ? row.file : join(dirname(path), row.file);
    return { ...row, inputName, input: () => fileSource(inputName).bytes };
  };
  return { found: found.map(partOf), faults };
}

export function oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  return eachOf([bytes]);
}

export async function* eachOf<T>(things: readonly T[]): AsyncGenerator<T> {
  yield* things;
}
