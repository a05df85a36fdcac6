import { describe, expect, it } from 'vitest';
import { cases } from '../../soak.ts';
import { parseResults } from '../stage/results-file.ts';
import { codesOf, pairsWorkbook, setKitchen } from './kitchen.ts';
import { heldIn, isFull, isLocked, NEW, OLD, OTHER, pipelineOf, seedOf } from './pipeline.ts';

const PIPELINE = pipelineOf(cases(4_000));
const MARKETPLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Solution/soln-0001';

/** Each `from` is replaced where there is place and no lock. */
function replaced(from: string, to: string): readonly string[] {
  return heldIn(PIPELINE, (held, one) =>
    isLocked(one) || (to === `Solutions ${NEW}` && isFull(one))
      ? held
      : held.map((entity) => (entity === `Solutions ${from}` ? to : entity)),
  );
}

/** The lines of a comparison, as the states tell them. */
function changesBetween(before: readonly string[], after: readonly string[]): readonly string[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !is.has(line)).map((line) => `removed ${line}`),
    ...after.filter((line) => !was.has(line)).map((line) => `added ${line}`),
  ].toSorted();
}

function changesIn(text: string): readonly string[] {
  return parseResults(text)
    .map((line) =>
      [line['Change'], line['Opportunity ID'], line['Entity Type'], line['Related Entity']].join(' '),
    )
    .toSorted();
}

describe('on a real pipeline, the recipe', () => {
  it('"a solution was retired" changes what it should, and nothing else', async (task) => {
    const { emulator, folder, cook } = await setKitchen(task, seedOf(PIPELINE));
    const before = heldIn(PIPELINE);
    expect((await emulator.held()).toSorted()).toEqual(before);
    const codes = codesOf(await cook('A solution was retired and must be replaced'));
    expect(codes).toEqual([0, 0, 1, 3, 1, 0, 1]);
    const after = replaced(OLD, `Solutions ${NEW}`);
    expect((await emulator.held()).toSorted()).toEqual(after);
    expect(changesIn(folder.read('changes.csv'))).toEqual(changesBetween(before, after));
  });

  it('"old solutions move" changes what it should, and nothing else', async (task) => {
    const { emulator, folder, run, cook } = await setKitchen(task, seedOf(PIPELINE));
    folder.write('map.csv', `old,new\n${OLD},${MARKETPLACE}\n`);
    await run('oppsweep export --catalog AWS -o before.csv');
    expect(codesOf(await cook('Old solutions move to Marketplace solutions'))).toEqual([0, 0, 1]);
    await run('oppsweep export --catalog AWS -o after.csv');
    await run('oppsweep compare before.csv after.csv -o changes.csv');
    const after = replaced(OLD, `AwsMarketplaceSolutions ${MARKETPLACE}`);
    expect((await emulator.held()).toSorted()).toEqual(after);
    expect(changesIn(folder.read('changes.csv'))).toEqual(changesBetween(heldIn(PIPELINE), after));
  });

  it('"a sync attached the wrong products" takes back what it should, and nothing else', async (task) => {
    const { emulator, folder, run, cook } = await setKitchen(task, seedOf(PIPELINE));
    await run('oppsweep export --catalog AWS -o yesterday.csv');
    const synced = PIPELINE.filter((one, index) => index % 3 === 0 && !isLocked(one) && !isFull(one));
    const lines = synced.flatMap(({ id }) => [
      `${id},AwsProducts,AmazonRedshift`,
      `${id},Solutions,S-0000007`,
    ]);
    folder.write('sync.csv', ['Opportunity ID,Entity Type,Related Entity', ...lines, ''].join('\n'));
    expect(await run('oppsweep associate sync.csv --catalog AWS')).toBe(0);
    expect(codesOf(await cook('A sync attached the wrong products'))).toEqual([0, 1, 0, 0]);
    const ids = new Set(synced.map(({ id }) => id));
    expect((await emulator.held()).toSorted()).toEqual(
      heldIn(PIPELINE, (held, { id }) => (ids.has(id) ? [...held, 'Solutions S-0000007'] : held)),
    );
  });

  it('"an audit" changes nothing, and tells what the run did', async (task) => {
    const { emulator, folder, run, cook } = await setKitchen(task, seedOf(PIPELINE));
    const people = PIPELINE.filter(({ held }) => held.includes('AwsProducts AmazonEC2'));
    const lines = people.map(({ id }) => `${id},AwsProducts,AmazonEC2`);
    folder.write('people.csv', ['Opportunity ID,Entity Type,Related Entity', ...lines, ''].join('\n'));
    await run('oppsweep export people.csv --catalog AWS -o before.csv');
    await run('oppsweep disassociate people.csv --catalog AWS');
    const after = heldIn(PIPELINE, (held, one) =>
      isLocked(one) ? held : held.filter((entity) => entity !== 'AwsProducts AmazonEC2'),
    );
    expect((await emulator.held()).toSorted()).toEqual(after);
    expect(codesOf(await cook('An audit'))).toEqual([0, 0, 1, 0]);
    expect((await emulator.held()).toSorted()).toEqual(after);
  });

  it('"two accounts merge" changes what it should, and nothing else', async (task) => {
    const { emulator, folder, cook } = await setKitchen(task, seedOf(PIPELINE));
    folder.write('pairs.xlsx', pairsWorkbook(OTHER, NEW));
    expect(codesOf(await cook('Two accounts merge'))).toEqual([0, 1, 0]);
    expect((await emulator.held()).toSorted()).toEqual(replaced(OTHER, `Solutions ${NEW}`));
  });
});
