import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accountIn, readAccounts } from '../../../src/fleet/prepare/account-rows.ts';
import { splitByAccount } from '../../../src/fleet/prepare/split-by-account.ts';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-fleet-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'accounts.csv');
  writeFileSync(path, text);
  return path;
}

const ROLE = 'arn:aws:iam::111122223333:role/partner';

describe('a file of accounts', () => {
  it('names each by its digits, a profile or a role, however its columns are spelt', async () => {
    const path = fileOf(
      `Account ID,Profile,Role ARN,External ID,File\n444455556666,,,,a.csv\n,sales,,,b.csv\n,,${ROLE},x/1,c.csv\n`,
    );
    expect((await readAccounts(path)).found).toEqual([
      { row: 2, account: '444455556666', file: 'a.csv' },
      { row: 3, profile: 'sales', file: 'b.csv' },
      { row: 4, account: '111122223333', roleArn: ROLE, externalId: 'x/1', file: 'c.csv' },
    ]);
  });

  it('names all that is not good about each row, and keeps the files of those', async () => {
    const path = fileOf(
      `account,role_arn,file\n44445555666,,a.csv\n,,b.csv\n444455556666,${ROLE},c.csv\n4444,,\n`,
    );
    const { found, faults } = await readAccounts(path);
    expect(faults.map(({ rows, words }) => `${rows.join()}: ${words}`)).toEqual([
      '2: "44445555666" is no account: that has 12 digits',
      '3: it names neither account, profile nor role',
      "4: it is account 444455556666's, and its role is of 111122223333",
      '5: "4444" is no account: that has 12 digits',
      '5: it names no file',
    ]);
    expect(found).toEqual(
      ['a', 'b', 'c'].map((name, n) => ({ isUnclear: true, row: n + 2, file: `${name}.csv` })),
    );
  });

  it('is refused where a column of its is nearly one that is missing, and takes others as they are', async () => {
    const digits = '444455556666';
    await expect(readAccounts(fileOf(`account,profil,file\n${digits},sales,a.csv\n`))).rejects.toThrow(
      'the column "profil" is none that it knows: was "profile" meant?',
    );
    const others = fileOf(`account,profile,file,Account name,Internal ID\n${digits},sales,a.csv,Acme,x\n`);
    expect((await readAccounts(others)).found).toHaveLength(1);
  });

  it('is refused where it has other columns', async () => {
    await expect(readAccounts(fileOf('name,file\nx,a.csv\n'))).rejects.toMatchObject({
      code: 'input_columns',
    });
  });

  it('may name an account in a cell in each of the three ways', () => {
    expect(accountIn(' 111122223333', 2)).toEqual({ account: '111122223333', row: 2 });
    expect(accountIn(ROLE, 2)).toEqual({ account: '111122223333', roleArn: ROLE, row: 2 });
    expect(accountIn('sales', 2)).toEqual({ profile: 'sales', row: 2 });
  });
});

describe('a file of all accounts’ rows', () => {
  it('is split by its column, each row with the number that it had', async () => {
    const path = fileOf('Opp,AWS Account,Note\nO1,sales,"a, b"\nO2,other\n\nO3,sales,c\n');
    const { found, faults } = await splitByAccount(path, 'aws account');
    expect(faults).toEqual([]);
    expect(found.map(({ profile, input }) => [profile, Buffer.from(input).toString()])).toEqual([
      ['sales', 'Opp,AWS Account,Note,source_row\nO1,sales,"a, b",2\nO3,sales,c,5\n'],
      ['other', 'Opp,AWS Account,Note,source_row\nO2,other,,3\n'],
    ]);
  });

  it('names the rows that have no account, and is refused without such a column', async () => {
    const path = fileOf('Opp,AWS Account\nO1,\nO2,sales\n');
    const { found, faults } = await splitByAccount(path, 'AWS Account');
    expect(found.map(({ profile }) => profile)).toEqual(['sales']);
    expect(faults).toEqual([{ rows: [2], words: 'no account in column "AWS Account"' }]);
    await expect(splitByAccount(path, 'Account')).rejects.toThrow('no column "Account"');
  });
});
