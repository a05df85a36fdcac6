import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll } from '../read-all.ts';

const ROWS = ['O1,O8,S-0000001,a', 'O2,O9,S-0000002,', 'O2,O9,S-0000002,b'];

async function choicesOf(header: string, options: InputOptions = {}): Promise<unknown> {
  try {
    await readAll(`${[header, ...ROWS].join('\n')}\n`, options);
  } catch (error) {
    return (error as { advice?: { choices?: unknown } }).advice?.choices;
  }
  throw new Error('Nothing was refused.');
}

describe('columns of which several may be meant', () => {
  const two = [
    { position: 1, name: '"Opportunity ID"', holds: ['"O1"', '"O2"'] },
    { position: 2, name: '"ACE Opportunity ID"', holds: ['"O8"', '"O9"'] },
  ];

  it('are told with some of their values, and with what the option would say', async () => {
    expect(await choicesOf('Opportunity ID,ACE Opportunity ID,Entity ID,Note')).toEqual([
      { ...two[0], value: 'Opportunity ID' },
      { ...two[1], value: 'ACE Opportunity ID' },
    ]);
  });

  it('are told by position where their names are one', async () => {
    for (const options of [{}, { opportunityColumn: 'Opportunity ID' }]) {
      expect(await choicesOf('Opportunity ID,Opportunity ID,Entity ID,Note', options)).toEqual([
        { ...two[0], value: '1' },
        { ...two[1], name: '"Opportunity ID"', value: '2' },
      ]);
    }
  });

  it('are told where only what they hold speaks for them', async () => {
    expect(await choicesOf('First,Second,Entity ID,Note')).toEqual([
      { ...two[0], name: '"First"', value: 'First' },
      { ...two[1], name: '"Second"', value: 'Second' },
    ]);
  });

  it('are told where products are called by their own names below a name of such', async () => {
    const rows = 'O1,AwsProducts,AmazonEC2\nO2,AwsProducts,AmazonS3\nO3,Solutions,S-0000003\n';
    await expect(readAll(`Opportunity ID,Entity Type,Entity\n${rows}`)).rejects.toMatchObject({
      advice: { code: 'likely_columns', role: 'entity', column: 'Entity' },
    });
  });

  it('are proposed as a pair where their names say which takes the place of which', async () => {
    const rows = 'O1,S-0000001,S-0000002\nO2,S-0000003,S-0000004\n';
    for (const [header, column, replacement] of [
      ['Old Solution,New Solution', '"Old Solution"', '"New Solution"'],
      ['New one,Old one', '"Old one"', '"New one"'],
      ['Left,Right', 'Left', undefined],
    ] as const)
      await expect(readAll(`Opportunity ID,${header}\n${rows}`)).rejects.toMatchObject({
        advice: { code: 'likely_columns', column, ...(replacement !== undefined && { replacement }) },
      });
  });

  it('are proposed by the names below a title, and both at once', async () => {
    const rows = 'Kunde,APN Opp.,Was raus soll\nA,O1,S-0000001\nB,O2,S-0000002\n';
    await expect(readAll(`Partner pipeline,,\n,,\n${rows}`)).rejects.toMatchObject({
      message: expect.stringContaining('Headers seen: "Kunde", "APN Opp.", "Was raus soll".') as string,
      advice: {
        code: 'likely_columns',
        role: 'opportunity',
        column: '"APN Opp."',
        entity: '"Was raus soll"',
        choices: [{ position: 2, value: 'APN Opp.', name: '"APN Opp."', holds: ['"O1"', '"O2"'] }],
      },
    });
    await expect(readAll(`Kunde,APN Opp.,Solution\nA,O1,S-0000001\n`)).rejects.not.toMatchObject({
      advice: { entity: expect.anything() as unknown },
    });
  });

  it('are none whose name says that what it holds stays', async () => {
    const text = (header: string): string => `${header}\nO1,S-0000001,S-0000002\nO2,S-0000003,S-0000004\n`;
    await expect(readAll(text('Opportunity ID,Keep,Remove'))).rejects.toMatchObject({
      message: expect.stringContaining('"Keep" (column 2) was not taken: its name says') as string,
      advice: { code: 'likely_columns', column: 'Remove', choices: [{ value: 'Remove' }] },
    });
    await expect(readAll(text('Opportunity ID,Solution to keep,Kept product'))).rejects.toMatchObject({
      advice: { code: 'name_column', role: 'entity' },
    });
  });

  it('are asked about where the row above the header says which of them stay', async () => {
    const rows = 'Opportunity ID,Entity ID,Related ID\nO1,S-0000001,S-0000002\nO2,S-0000003,S-0000004\n';
    for (const above of [',Keep,Remove', 'Cleanup,Keep,Remove'])
      await expect(readAll(`${above}\n${rows}`)).rejects.toMatchObject({
        message: expect.stringContaining('Row 1 says "Keep", "Remove" above identifiers') as string,
        advice: { code: 'choose_column', column: '"Related ID"' },
      });
    expect((await readAll(`Pipeline cleanup,,\n${rows}`)).rows).toHaveLength(2);
  });
});
