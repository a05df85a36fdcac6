import { describe, expect, it } from 'vitest';
import { runProgram } from '../stage/program.ts';
import { codesOf, commandsBelow, RECIPES, pairsWorkbook, setKitchen } from './kitchen.ts';

const [OLD, NEW, OTHER] = ['S-0000001', 'S-0000002', 'S-0000003'];
const MARKETPLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-0001';

/** O1 to O6 hold the old solution, O1 and O2 a product beside it, O3 another solution; O7 holds another one alone. */
const SEED = [
  'Opportunity ID,Entity Type,Related Entity,Stage',
  ...[1, 2, 3, 4, 5, 6].map((number) => `O${number},Solutions,${OLD},Launched`),
  ...[1, 2].map((number) => `O${number},AwsProducts,AmazonEC2,Launched`),
  ...[3, 7].map((number) => `O${number},Solutions,${OTHER},Launched`),
  '',
].join('\n');

describe('the recipe', () => {
  it('"a solution was retired" replaces it everywhere, and nothing else changes', async (task) => {
    const { emulator, folder, cook } = await setKitchen(task, SEED, runProgram);
    const before = await emulator.held();
    expect(codesOf(await cook('A solution was retired and must be replaced'))).toEqual([0, 0, 0, 3, 0, 0, 1]);
    const expected = before.map((held) => held.replace(`Solutions ${OLD}`, `Solutions ${NEW}`));
    expect((await emulator.held()).toSorted()).toEqual(expected.toSorted());
    const changes = folder.read('changes.csv').trimEnd().split('\r\n').slice(1);
    expect(changes.map((line) => line.split(',').slice(0, 4).join(' ')).toSorted()).toEqual(
      [1, 2, 3, 4, 5, 6]
        .flatMap((number) => [`removed O${number} Solutions ${OLD}`, `added O${number} Solutions ${NEW}`])
        .toSorted(),
    );
  });

  it('"old solutions move" replaces those that the map has, and leaves the others', async (task) => {
    const { emulator, folder, cook } = await setKitchen(task, SEED);
    folder.write('map.csv', `old,new\n${OLD},${MARKETPLACE}\n`);
    expect(codesOf(await cook('Old solutions move to Marketplace solutions'))).toEqual([0, 0, 0]);
    const held = await emulator.held();
    expect(held.filter((line) => line.includes(OLD))).toEqual([]);
    expect(held.filter((line) => line.endsWith(MARKETPLACE))).toHaveLength(6);
    expect(held.filter((line) => line.includes(OTHER))).toHaveLength(2);
  });

  it('"a sync attached the wrong products" takes back what was added, and only products', async (task) => {
    const { emulator, folder, run, cook } = await setKitchen(task, SEED);
    await run('oppsweep export --catalog AWS -o yesterday.csv');
    const before = await emulator.held();
    folder.write(
      'sync.csv',
      `Opportunity ID,Entity Type,Related Entity\nO4,AwsProducts,AWSLambda\nO5,AwsProducts,AmazonS3\nO7,Solutions,${NEW}\n`,
    );
    await run('oppsweep associate sync.csv --catalog AWS');
    expect(codesOf(await cook('A sync attached the wrong products'))).toEqual([0, 1, 0, 0]);
    expect((await emulator.held()).toSorted()).toEqual([...before, `O7 Solutions ${NEW}`].toSorted());
  });

  it('"an audit" tells that the files are as they were, what changed, and what undo would cost', async (task) => {
    const { emulator, folder, run, cook } = await setKitchen(task, SEED);
    folder.write(
      'people.csv',
      `Opportunity ID,Entity Type,Related Entity\nO1,AwsProducts,AmazonEC2\nO2,AwsProducts,AmazonEC2\n`,
    );
    await run('oppsweep export people.csv --catalog AWS -o before.csv');
    await run('oppsweep disassociate people.csv --catalog AWS');
    const after = await emulator.held();
    expect(codesOf(await cook('An audit'))).toEqual([0, 0, 1, 0]);
    expect(await emulator.held()).toEqual(after);
  });

  it('"two accounts merge" replaces what is paired, and tells what taking it back would cost', async (task) => {
    const { emulator, folder, cook } = await setKitchen(task, SEED);
    folder.write('pairs.xlsx', pairsWorkbook(OTHER, NEW));
    expect(codesOf(await cook('Two accounts merge'))).toEqual([0, 0, 0]);
    const held = await emulator.held();
    expect(held.filter((line) => line.includes(OTHER))).toEqual([]);
    expect(held.filter((line) => line.endsWith(NEW))).toEqual([`O3 Solutions ${NEW}`, `O7 Solutions ${NEW}`]);
  });

  it('has no command that is not run here', () => {
    const headings = [...RECIPES.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);
    expect(headings.slice(0, -1)).toHaveLength(5);
    expect(headings.slice(0, -1).every((heading) => commandsBelow(heading).length >= 3)).toBe(true);
  });
});
