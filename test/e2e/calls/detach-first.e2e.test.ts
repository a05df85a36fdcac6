import { expect, test } from 'vitest';
import type { ScriptedFault } from '../../../src/emulator/faults/fault-plan.ts';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { column } from '../stage/results-file.ts';

const PLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';
const OLD = `${PLACE}/Offer/offer-old12345678`;
const NEW = `${PLACE}/Offer/offer-new12345678`;
const SET = `${PLACE}/OfferSet/offerset-abcd123456`;
const TEN = Array.from({ length: 10 }, (_, index) => `S-${String(index + 1).padStart(7, '0')}`);
const HEADER = ['Opportunity ID', 'Entity ID', 'Replacement'];

const FILES = {
  job: [
    HEADER,
    ['O1', OLD, NEW],
    ['O2', OLD, SET],
    ['O3', 'S-0000003', 'S-0000033'],
    ['O4', 'S-0000001', 'S-0000099'],
  ],
  held: [
    ['O1', 'AwsMarketplaceOffers', OLD],
    ['O2', 'AwsMarketplaceOffers', OLD],
    ['O3', 'Solutions', 'S-0000003'],
    ...TEN.map((id) => ['O4', 'Solutions', id] as const),
  ],
} as const satisfies FileStageFiles;

test.concurrent('a second offer, an offer set beside an offer and the eleventh of a type take the old one’s place', async (task) => {
  const stage = await setFileStage(task, FILES);
  const before = await heldNow(stage);

  const ended = await stage.runBuilt('disassociate', 'job.csv', '--detach-first');

  expect(ended.code).toBe(0);
  expect(new Set(column(stage.results(), 'status'))).toEqual(new Set(['replaced']));
  expect(await heldNow(stage)).toEqual(
    [
      `O1 AwsMarketplaceOffers ${NEW}`,
      `O2 AwsMarketplaceOfferSets ${SET}`,
      'O3 Solutions S-0000033',
      ...[...TEN.slice(1), 'S-0000099'].map((id) => `O4 Solutions ${id}`),
    ].toSorted(),
  );
  // Where there is a place, the order stays as it was.
  expect(await writesTo(stage, 'O3')).toEqual([
    'AssociateOpportunity S-0000033',
    'DisassociateOpportunity S-0000003',
  ]);
  expect(await writesTo(stage, 'O4')).toEqual([
    'DisassociateOpportunity S-0000001',
    'AssociateOpportunity S-0000099',
  ]);

  const undone = await stage.run('undo', 'job.results.csv');

  expect(undone.code).toBe(0);
  expect(await heldNow(stage)).toEqual(before);
  expect((await stage.writes()).every(({ changed }) => changed)).toBe(true);
});

test.concurrent('a plan counts such rows and their writes, and names them', async (task) => {
  const stage = await setFileStage(task, FILES);
  const ended = await stage.run('plan', 'job.csv', '--detach-first');
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('A run would spend 8 writes');
  expect(ended.stderr).toMatch(/3 replacements without a place: .*--detach-first.*up to 3 writes more/);
  const messages = column(stage.results('job.plan.csv'), 'message');
  expect(messages.map((message) => message.includes('detached first'))).toEqual([true, true, false, true]);
});

test.concurrent('what is the last of its type doesn’t go first where the last is protected', async (task) => {
  const stage = await setFileStage(task, FILES);
  const ended = await stage.run('disassociate', 'job.csv', '--detach-first', '--protect-last');
  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'exception')).toEqual([
    'LastRemainingEntity',
    'LastRemainingEntity',
    '',
    '',
  ]);
  expect(await writesTo(stage, 'O1')).toEqual([]);
});

test.concurrent('a new entity that is refused leaves the opportunity as it was, and nothing to undo', async (task) => {
  const stage = await setFileStage(task, ONE);
  const before = await heldNow(stage);
  await stage.emulator.script([refusing(1)]);

  const ended = await stage.run('disassociate', 'job.csv', '--detach-first');

  expect(ended.code).toBe(1);
  expect(await heldNow(stage)).toEqual(before);
  expect(column(stage.results(), 'exception')).toEqual(['ValidationException']);
  expect(column(stage.results(), 'message')[0]).toContain('is attached again: the opportunity is as it was.');
  expect(column(stage.results(), 'attempts')).toEqual(['3']);
  const undone = await stage.run('undo', 'job.results.csv');
  expect(undone.stderr).toContain('nothing to undo');
});

test.concurrent('a row that a stop left between its calls is named where that is told, and finished by going on', async (task) => {
  const stage = await setFileStage(task, ONE);
  const named = /Half done: the old entity is detached and the new one not attached yet at row 2 \(O\d+ /;

  const stopped = await stage.run(
    'disassociate',
    'job.csv',
    '--detach-first',
    '--daily-quota',
    '1',
    '--no-wait',
  );
  expect(stopped.code).toBe(3);
  expect(stopped.stderr).toMatch(named);
  const status = await runHere(['status', 'job.results.csv'], stage.surroundings);
  expect(status.code).toBe(3);
  expect(status.stdout).toMatch(named);

  const ended = await stage.run('disassociate', 'job.csv', '--detach-first', '--daily-quota', '100');
  expect(ended.code).toBe(0);
  expect(column(stage.results(), 'status')).toEqual(['replaced']);
  expect((await runHere(['status', 'job.results.csv'], stage.surroundings)).stdout).not.toContain(
    'Half done',
  );
});

test.concurrent('an old entity that can’t come back is named before all else, and undo attaches it', async (task) => {
  const stage = await setFileStage(task, ONE);
  const before = await heldNow(stage);
  await stage.emulator.script([refusing(2)]);

  const ended = await stage.run('disassociate', 'job.csv', '--detach-first');

  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'exception')).toEqual(['ReplacementLost']);
  expect(ended.stderr).toMatch(
    /1 replacement lost \(ReplacementLost\)[^\n]*\n[^\n]*O1 \(row 2\)[^\n]*\nFinished/,
  );
  const undone = await stage.run('undo', 'job.results.csv');
  expect(undone.code).toBe(0);
  expect(await heldNow(stage)).toEqual(before);
});

test.concurrent('it needs the look beforehand', async (task) => {
  const stage = await setFileStage(task, ONE);
  const ended = await stage.run('disassociate', 'job.csv', '--detach-first', '--no-preflight');
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('Leave --no-preflight out.');
});

const ONE = { job: [HEADER, ['O1', OLD, NEW]], held: [['O1', 'AwsMarketplaceOffers', OLD]] } as const;

/** The next attachments are refused. */
function refusing(times: number): ScriptedFault {
  return { kind: 'validation', times, operation: 'AssociateOpportunity' };
}

async function heldNow({ emulator }: FileStage): Promise<readonly string[]> {
  return (await emulator.held()).toSorted();
}

async function writesTo(stage: FileStage, opportunityId: string): Promise<readonly string[]> {
  return (await stage.writes())
    .map(({ what }) => what.split(' '))
    .filter(([, id]) => id === opportunityId)
    .map(([operation, , , id]) => `${operation} ${id}`);
}
