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
    expect(await readAccounts(path)).toEqual([
      { row: 2, account: '444455556666', file: 'a.csv' },
      { row: 3, profile: 'sales', file: 'b.csv' },
      { row: 4, account: '111122223333', roleArn: ROLE, externalId: 'x/1', file: 'c.csv' },
    ]);
  });

  it('is refused with each row that says too little, or two things', async () => {
    const path = fileOf(
      `account,role_arn,file\n44445555666,,a.csv\n,,b.csv\n444455556666,${ROLE},c.csv\n444455556666,,\n`,
    );
    await expect(readAccounts(path)).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringMatching(
        /row 2 has "44445555666".*row 3 names neither.*row 4 is account 444455556666's.*row 5 names no file/s,
      ) as string,
    });
  });

  it('is refused where a column of its is nearly one that is missing, and takes others as they are', async () => {
    const digits = '444455556666';
    await expect(readAccounts(fileOf(`account,profil,file\n${digits},sales,a.csv\n`))).rejects.toThrow(
      'the column "profil" is none that it knows: was "profile" meant?',
    );
    const others = fileOf(`account,profile,file,Account name,Internal ID\n${digits},sales,a.csv,Acme,x\n`);
    expect(await readAccounts(others)).toHaveLength(1);
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
    const parts = await splitByAccount(path, 'aws account');
    expect(parts.map(({ profile, input }) => [profile, Buffer.from(input).toString()])).toEqual([
      ['sales', 'Opp,AWS Account,Note,source_row\nO1,sales,"a, b",2\nO3,sales,c,5\n'],
      ['other', 'Opp,AWS Account,Note,source_row\nO2,other,,3\n'],
    ]);
  });

  it('is refused where a row has no account, or the file no such column', async () => {
    const path = fileOf('Opp,AWS Account\nO1,\n');
    await expect(splitByAccount(path, 'AWS Account')).rejects.toThrow('row 2 has no account');
    await expect(splitByAccount(path, 'Account')).rejects.toThrow('no column "Account"');
  });
});
