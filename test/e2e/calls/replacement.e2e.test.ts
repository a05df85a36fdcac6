import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const ROWS = 240;
const KILLS = 30;
/** Of one session before it is killed: half of the writes are left for the last. */
const MOST_WRITES = 8;
const REPLACE = ['disassociate', 'job.csv', '--concurrency', '4', '--max-attempts', '8'] as const;

test('killed at random moments between attaching and removing, no opportunity is left with neither', async (task) => {
  const stage = await setFileStage(task, replacements(ROWS), [
    '--latency',
    '80±60',
    '--fault',
    'throttle=2%,error=2%,reset=2%,reset-after=2%',
  ]);
  const dice = seededDice(20_261_124);

  let heldBoth = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const running = stage.start(...REPLACE);
    // Now and then while it begins; else among its calls, however slow the machine is to begin.
    await (kill % 3 === 0
      ? delay(dice() * 600)
      : stage.moreWrites(1 + Math.floor(dice() * MOST_WRITES), running));
    running.send('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    const standings = await standingsOf(stage);
    expect(standings.get('neither') ?? 0).toBe(0);
    heldBoth += standings.get('both') ?? 0;
  }
  const last = await stage.run(...REPLACE);

  // Kills did come between the two calls.
  expect(heldBoth).toBeGreaterThan(0);
  expect(last.code).toBe(0);
  expect(await standingsOf(stage)).toEqual(new Map([['new', ROWS]]));
  expect(column(stage.results(), 'status')).toEqual(Array.from({ length: ROWS }, () => 'replaced'));
  await expectEachAttachedBeforeItsRemoval(stage);
  const writes = await stage.writes();
  process.stderr.write(
    `replacements: ${KILLS} kills through ${ROWS} rows; ${heldBoth} times an opportunity held both, never neither; ` +
      `${writes.length} writes for ${2 * ROWS} changes\n`,
  );
});

test('where the new one can’t be attached, the old one stays, and nothing is asked to remove it', async (task) => {
  const place = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer';
  const stage = await setFileStage(task, {
    job: [HEADER, ['O1', `${place}/offer-old12345678`, `${place}/offer-new12345678`]],
    held: [['O1', 'AwsMarketplaceOffers', `${place}/offer-old12345678`]],
  });

  const ended = await stage.run('disassociate', 'job.csv');

  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'status')).toEqual(['failed']);
  expect(stage.results()[0]?.['message']).toContain('TOO_MANY_VALUES');
  expect(await stage.emulator.held()).toEqual([`O1 AwsMarketplaceOffers ${place}/offer-old12345678`]);
  expect((await stage.writes()).map(({ what }) => what)).toEqual([
    `AssociateOpportunity O1 AwsMarketplaceOffers ${place}/offer-new12345678`,
  ]);
});

test('where the old one can’t be removed, the results say that the new one is attached', async (task) => {
  const stage = await setFileStage(task, replacements(1));
  await stage.emulator.script([{ kind: 'validation', times: 1, operation: 'DisassociateOpportunity' }]);

  await stage.run('disassociate', 'job.csv');

  expect(stage.results()[0]?.['status']).toBe('failed');
  expect(stage.results()[0]?.['message']).toContain(
    'The replacement was attached; the old entity was not removed.',
  );
  expect(await standingsOf(stage)).toEqual(new Map([['both', 1]]));
});

const HEADER = ['Opportunity ID', 'Entity ID', 'Replacement'];

/** `O1`: from `S-0000001` to `S-9000001`, and so on. */
function replacements(count: number): FileStageFiles {
  const names = Array.from({ length: count }, (_, index) => ({
    opportunity: `O${index + 1}`,
    old: `S-${String(index + 1).padStart(7, '0')}`,
    replacement: `S-${9_000_001 + index}`,
  }));
  return {
    job: [HEADER, ...names.map(({ opportunity, old, replacement }) => [opportunity, old, replacement])],
    held: names.map(({ opportunity, old }) => [opportunity, 'Solutions', old] as const),
  };
}

/** How many opportunities hold the old one, the new one, both or neither. */
async function standingsOf({ emulator, folder }: FileStage): Promise<ReadonlyMap<string, number>> {
  const held = new Set(await emulator.held());
  const standings = new Map<string, number>();
  for (const line of folder.read('job.csv').trimEnd().split('\n').slice(1)) {
    const [opportunity, old, replacement] = line.split(',');
    const hasOld = held.has(`${opportunity} Solutions ${old}`);
    const hasNew = held.has(`${opportunity} Solutions ${replacement}`);
    const standing = hasOld ? (hasNew ? 'both' : 'old') : hasNew ? 'new' : 'neither';
    standings.set(standing, (standings.get(standing) ?? 0) + 1);
  }
  return standings;
}

async function expectEachAttachedBeforeItsRemoval(stage: FileStage): Promise<void> {
  const holdsNew = new Set<string>();
  const tooEarly: string[] = [];
  for (const { what, changed } of await stage.writes()) {
    const [operation, opportunity = ''] = what.split(' ');
    if (operation === 'AssociateOpportunity' && changed) holdsNew.add(opportunity);
    if (operation === 'DisassociateOpportunity' && !holdsNew.has(opportunity)) tooEarly.push(what);
  }
  expect(tooEarly).toEqual([]);
}
