import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import { systemClock } from '../../../src/disk/system-clock.ts';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import type { AskedFleet } from '../../../src/fleet/prepare/parts-of.ts';
import { prepareFleet, type PreparedFleet } from '../../../src/fleet/prepare/prepare-fleet.ts';
import { shareDispatchers } from '../../../src/partner-central/access/shared-dispatchers.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/run/request/run-options.ts';
import { filesHome } from '../../../src/store/files/files-home.ts';
import { startForTest } from '../../emulator/start-for-test.ts';
import { textWith } from '../../text-with.ts';

const ACCOUNTS = ['111122223301', '111122223302', '111122223303'];
/** One of them has two profiles. */
const KEYS = [...ACCOUNTS, `also ${ACCOUNTS[1]}`].map(
  (of) =>
    `[${of.split(' ')[0]}]\naws_access_key_id = OPPSWEEP${of.slice(-12)}\naws_secret_access_key = emulator-loopback-only-opens-nothing-000\n`,
);

interface Stage {
  readonly write: (name: string, text: string) => string;
  readonly prepare: (
    path: string,
    how?: Pick<AskedFleet, 'accountColumn'> & Pick<InputOptions, 'where' | 'entities'>,
  ) => Promise<PreparedFleet>;
}

/** `sts`: another place than the emulator's. Nobody waits. */
async function stage(sts?: string): Promise<Stage> {
  const { url } = await startForTest();
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-fleet-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const env = {
    HOME: folder,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url,
    AWS_ENDPOINT_URL_STS: sts ?? url,
    AWS_SHARED_CREDENTIALS_FILE: write('keys', KEYS.join('\n')),
  };
  const clock = { ...systemClock, sleep: async () => undefined };
  const lent = { disk: realDisk, machine: thisMachine, clock, env };
  const context = {
    ...lent,
    ...filesHome(lent),
    dice: () => 0,
    version: '0',
    shared: shareDispatchers(),
  };
  return {
    write,
    prepare: (path, { accountColumn, ...selection } = {}) =>
      prepareFleet(
        { name: 'spring', path, accountColumn },
        {
          run: { ...DEFAULT_RUN_OPTIONS, catalog: 'Sandbox' },
          input: { ...selection, partOfWhole: true },
        },
        context,
      ),
  };
}

describe('a fleet is prepared', () => {
  const accounts = `account,file\n${ACCOUNTS.map((of) => `${of},${of}.csv`).join('\n')}\n`;
  const rows = 'Opportunity ID,Entity ID\nO1,S-0000001\n';

  it('with the accounts in their order, each with its rows', async () => {
    const { write, prepare } = await stage();
    for (const of of ACCOUNTS) write(`${of}.csv`, rows);
    const { files } = await prepare(write('accounts.csv', accounts));
    expect(files.map(({ account, rowsToRun }) => [account, rowsToRun])).toEqual(
      ACCOUNTS.map((of) => [of, 1]),
    );
  });

  it('not at all where STS is out of reach: that is told once, and no row is to blame', async () => {
    const { write, prepare } = await stage('http://127.0.0.1:9');
    for (const of of ACCOUNTS) write(`${of}.csv`, rows);
    await expect(prepare(write('accounts.csv', accounts))).rejects.toMatchObject({
      code: 'service_unreachable',
      message: textWith(/^STS did not say whose credentials these are/),
      advice: { code: 'submit_again' },
    });
  });

  it('not at all where something is wrong, and all that is wrong is told at once', async () => {
    const { write, prepare } = await stage();
    const [one, other] = ACCOUNTS;
    write('good.csv', rows);
    write('bad.csv', 'Name,Town\nAnn,Rome\n');
    const list = `account,profile,file\n4444,,gone.csv\n${one},${other},bad.csv\n${one},nobody,gone.csv\n,${other},\n,,bad.csv\n${other},,good.csv\n`;
    const faults = [
      'row 2: "4444" is no account: that has 12 digits',
      `row 3: The row is account ${one}'s, and profile ${other} sign in to ${other}.`,
      'rows 2 and 4: There is no file .*gone\\.csv\\.',
      'row 4: Profile "nobody" is neither in .*',
      'row 5: it names no file',
      'row 6: it names neither account, profile nor role',
      'rows 3 and 6: .*bad\\.csv: .*',
    ];
    await expect(prepare(write('accounts.csv', list))).rejects.toMatchObject({
      code: 'input_format',
      message: textWith(new RegExp(`can't be submitted:\\n {2}${faults.join('\\n {2}')}$`)),
    });
  });

  it('not at all where an option can’t be meant, which is told once', async () => {
    const { write, prepare } = await stage();
    for (const of of ACCOUNTS) write(`${of}.csv`, rows);
    const refused = prepare(write('accounts.csv', accounts), { where: ['Opportunity ID'] });
    await expect(refused).rejects.toMatchObject({ message: textWith(/submitted:\n {2}all 3 rows: .*$/) });
    const named = prepare(write('accounts.csv', accounts), { where: ['Town=Rome'] });
    await expect(named).rejects.toMatchObject({
      message: textWith(/submitted:\n {2}all 3 rows: There is no column "Town", which .*$/),
    });
  });

  const sheet = [
    'Our partner accounts,,',
    'AWS Account,Opportunity ID,Entity ID',
    `${ACCOUNTS[0]},O1,S-0000001`,
    `${ACCOUNTS[1]},O2,S-0000002`,
    `${ACCOUNTS[0]},O3,S-0000003`,
    '',
  ].join('\n');

  it('from one sheet, whose titles stand above its header', async () => {
    const { write, prepare } = await stage();
    const { fleet } = await prepare(write('people.csv', sheet), { accountColumn: 'AWS Account' });
    expect(fleet.runs.map(({ input }) => Buffer.from(input).toString())).toEqual([
      `AWS Account,Opportunity ID,Entity ID,source_row\n${ACCOUNTS[0]},O1,S-0000001,3\n${ACCOUNTS[0]},O3,S-0000003,5\n`,
      `AWS Account,Opportunity ID,Entity ID,source_row\n${ACCOUNTS[1]},O2,S-0000002,4\n`,
    ]);
  });

  it('from one sheet by a condition on all of it, though no account has each of its values', async () => {
    const { write, prepare } = await stage();
    const path = write('people.csv', sheet);
    const accountColumn = 'AWS Account';
    const { files } = await prepare(path, { accountColumn, where: ['Opportunity ID=O1,O2'] });
    expect(files.map(({ rowsToRun, input }) => [rowsToRun, input.skipped])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    const one = await prepare(path, { accountColumn, where: ['Opportunity ID=O2'] });
    expect(one.files.map(({ rowsToRun }) => rowsToRun)).toEqual([0, 1]);
    await expect(prepare(path, { accountColumn, where: ['Opportunity ID=O1,O9'] })).rejects.toMatchObject({
      code: 'usage',
      message: textWith(/No cell in column "Opportunity ID" is "O9".* There are: "O1", "O3", "O2"/),
    });
  });

  it('by what an option asks for of all of them, though no account has each of its values', async () => {
    const { write, prepare } = await stage();
    for (const [n, of] of ACCOUNTS.entries())
      write(`${of}.csv`, `Opportunity ID,Entity ID,Customer\nO${n},S-000000${n},c${n}\n`);
    const list = write('accounts.csv', accounts);
    const people = write('people.csv', sheet);
    const toRun = async (path: string, how: Parameters<typeof prepare>[1]): Promise<readonly number[]> =>
      (await prepare(path, how)).files.map(({ rowsToRun }) => rowsToRun);
    const accountColumn = 'AWS Account';
    expect(await toRun(list, { entities: ['S-0000000', 'S-0000002'] })).toEqual([1, 0, 1]);
    expect(await toRun(list, { where: ['Customer=c0,c1'] })).toEqual([1, 1, 0]);
    expect(await toRun(people, { accountColumn, entities: ['S-0000002'] })).toEqual([0, 1]);
    for (const [path, how, words] of [
      [
        list,
        { entities: ['S-0000000', 'S-9'] },
        /No row has the identifier "S-9".*: "S-0000000", "S-0000001", "S-0000002"\.$/,
      ],
      [list, { where: ['Customer=c1,c9'] }, /No cell in column "Customer" is "c9".*: "c0", "c1", "c2"\.$/],
      [
        people,
        { accountColumn, entities: ['S-9'] },
        /No row has the identifier "S-9".*: "S-0000001", "S-0000003", "S-0000002"\.$/,
      ],
      [list, { where: ['Customer=c1'], entities: ['S-0000002'] }, /All 3 rows would be left out/],
    ] as const)
      await expect(prepare(path, how)).rejects.toMatchObject({ code: 'usage', message: textWith(words) });
  });

  it('not where an account is named in two ways', async () => {
    const { write, prepare } = await stage();
    const path = write('people.csv', `${sheet}also,O1,S-0000001\n`);
    await expect(prepare(path, { accountColumn: 'AWS Account' })).rejects.toMatchObject({
      message: textWith(`rows 4 and 6: they name account ${ACCOUNTS[1]} in two ways in column "AWS Account"`),
    });
  });

  it('with its invalid rows, by their number in the sheet', async () => {
    const { write, prepare } = await stage();
    const path = write('people.csv', sheet.replace('O3,S-0000003', 'O3,x'));
    const { files } = await prepare(path, { accountColumn: 'AWS Account' });
    expect(files.flatMap(({ faults }) => faults)).toEqual([{ row: 5, message: textWith('"x"') }]);
  });

  it('not from a sheet without such a column, with those that it has', async () => {
    const { write, prepare } = await stage();
    await expect(prepare(write('people.csv', sheet), { accountColumn: 'Account' })).rejects.toMatchObject({
      code: 'input_columns',
      advice: { columns: ['AWS Account', 'Opportunity ID', 'Entity ID'] },
    });
  });
});
