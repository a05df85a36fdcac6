import { expect, test } from 'vitest';
import { systemClock } from '../../../src/disk/system-clock.ts';
import {
  DEFAULT_EMULATOR_OPTIONS,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from '../../../src/emulator/emulator.ts';
import type { EntityType } from '../../../src/model/entity.ts';
import { association, opportunityOf } from '../../emulator/associations.ts';
import type { Ended } from '../stage/program.ts';
import { runHere } from '../stage/program-here.ts';
import { column, parseResults } from '../stage/results-file.ts';
import { makeWorkFolder, type Test } from '../stage/work-folder.ts';

const PLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';

/** Rows that every reading bears on, each with what it comes to under the readings that the emulator assumes. */
const ROWS: readonly (readonly [opportunity: string, entity: string, replacement: string, status: string])[] =
  [
    // The first one is another account's: the service denies every call about it.
    ['O99', 'S-0000099', '', 'failed AccessDeniedException'],
    ['O1', 'S-0000001', '', 'disassociated'],
    // Its opportunity exists, the association doesn't.
    ['O2', 'S-0000002', '', 'already_absent'],
    ['O404', 'S-0000003', '', 'failed ResourceNotFoundException'],
    // Under review.
    ['O4', 'S-0000004', '', 'failed ValidationException'],
    // The last solution.
    ['O5', 'S-0000005', '', 'disassociated'],
    // By its ARN, and by the last segment of its ARN.
    ['O6', `${PLACE}/Offer/offer-abcdefgh12345`, '', 'disassociated'],
    ['O7', 'offer-bcdefghi23456', '', 'disassociated'],
    // The last solution of the one type makes room for one of the other.
    ['O8', 'S-0000008', `${PLACE}/Solution/soln-abcdefgh12345`, 'replaced'],
    // Its answer is lost.
    ['O10', 'S-0000010', '', 'disassociated'],
  ];

const HELD: readonly (readonly [string, EntityType, string])[] = [
  ['O99', 'Solutions', 'S-0000099'],
  ['O1', 'Solutions', 'S-0000001'],
  ['O1', 'Solutions', 'S-0000011'],
  ['O2', 'Solutions', 'S-0000022'],
  ['O4', 'Solutions', 'S-0000004'],
  ['O4', 'Solutions', 'S-0000044'],
  ['O5', 'Solutions', 'S-0000005'],
  ['O6', 'AwsMarketplaceOffers', `${PLACE}/Offer/offer-abcdefgh12345`],
  ['O7', 'AwsMarketplaceOffers', `${PLACE}/Offer/offer-bcdefghi23456`],
  ['O8', 'Solutions', 'S-0000008'],
  ['O10', 'Solutions', 'S-0000010'],
  ['O10', 'Solutions', 'S-0000110'],
];

interface Reading {
  readonly name: string;
  readonly options: Partial<EmulatorOptions>;
  /** What the program is told of reads, seconds: nothing waits for them where they don't lag. */
  readonly toldLag?: number;
  /** By opportunity, where a row comes to something else. */
  readonly differs?: Readonly<Record<string, string>>;
  /** The same, of a run that doesn't look beforehand. */
  readonly differsUnseen?: Readonly<Record<string, string>>;
}

const READINGS: readonly Reading[] = [
  { name: 'the emulator’s assumptions hold', options: {} },
  {
    name: 'removing what is absent succeeds',
    options: { absent: 'ok' },
    // The service says that it removed it: without a look beforehand nobody can know better.
    differsUnseen: { O2: 'disassociated' },
  },
  { name: 'removing what is absent is a validation error', options: { absent: 'validation' } },
  { name: 'HTTP statuses follow the model’s traits', options: { statusCodes: 'traits' } },
  {
    name: 'associations are not locked by a review',
    options: { lockReview: [] },
    differs: { O4: 'disassociated' },
  },
  {
    name: 'the last solution stays',
    options: { keepLastSolution: true },
    differs: { O5: 'failed ValidationException' },
  },
  { name: 'identifiers are answered bare', options: { answeredIds: 'last-segment' } },
  { name: 'reads lag behind', options: { readLagMs: 800 }, toldLag: 1 },
  { name: 'refused calls count', options: { refusedCallsCount: true } },
];

for (const reading of READINGS) {
  for (const looks of [true, false]) {
    const { name, differs, differsUnseen, toldLag = 0 } = reading;
    test.concurrent(`where ${name}, ${looks ? 'looking beforehand' : 'unseen'}: every status is true, and undo gives all back`, async (task) => {
      const stage = await setReadingStage(task, reading.options, toldLag);
      const before = held(stage.emulator);

      const ended = await stage.run('disassociate', 'rows.csv', ...(looks ? [] : ['--no-preflight']));

      const expected = { ...differs, ...(looks ? {} : differsUnseen) };
      const lines = parseResults(stage.read('rows.results.csv'));
      expect(lines.map(({ status, exception }) => `${status} ${exception}`.trim())).toEqual(
        ROWS.map(([opportunity, , , status]) => expected[opportunity] ?? status),
      );
      expect(ended.code).toBe(1);
      expect(ended.stderr.match(/O4 is under review/g) ?? []).toHaveLength(looks ? 1 : 0);
      expectTruth(column(lines, 'status'), before, stage.emulator);

      await stage.run('undo', 'rows.results.csv');

      const undone = held(stage.emulator);
      if (expected['O2'] === 'disassociated') undone.delete('O2 Solutions S-0000002');
      expect(undone).toEqual(before);
    });
  }
}

test.concurrent('another account’s opportunity at the head of a plan, or under --protect-last, is its own row’s affair', async (task) => {
  const stage = await setReadingStage(task, {}, 0);

  const planned = await stage.run('plan', 'rows.csv');
  const run = await stage.run('disassociate', 'rows.csv', '--protect-last');

  expect(planned.code).toBe(1);
  const plan = parseResults(stage.read('rows.plan.csv'));
  expect(column(plan, 'status').slice(0, 2)).toEqual(['would_disassociate', 'would_disassociate']);
  expect(plan[0]?.['message']).toContain('could not be read');
  expect(run.code).toBe(1);
  const lines = parseResults(stage.read('rows.results.csv'));
  expect(lines[0]).toMatchObject({ status: 'failed', exception: 'AccessDeniedException', attempts: '0' });
  expect(column(lines, 'exception').filter((name) => name === 'LastRemainingEntity')).toHaveLength(3);
});

test.concurrent('where reads lag behind, an undo that follows at once still gives back what was just removed', async (task) => {
  const stage = await setReadingStage(task, { readLagMs: 2_900 });
  const before = held(stage.emulator);
  stage.write('one.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n');

  const [done, undone] = [
    await stage.run('disassociate', 'one.csv'),
    await stage.run('undo', 'one.results.csv'),
  ];

  expect([done.code, undone.code]).toEqual([0, 0]);
  expect(column(parseResults(stage.read('one.undo.csv')), 'status')).toEqual(['associated']);
  expect(held(stage.emulator)).toEqual(before);
});

interface ReadingStage {
  readonly emulator: Emulator;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly read: (name: string) => string;
  readonly write: (name: string, content: string) => void;
}

/** `toldLag` is `--read-lag`; without it, the default holds. */
async function setReadingStage(
  task: Test,
  options: Partial<EmulatorOptions>,
  toldLag?: number,
): Promise<ReadingStage> {
  const folder = makeWorkFolder(task);
  folder.write(
    'rows.csv',
    ['Opportunity ID,Entity ID,Replacement', ...ROWS.map((row) => row.slice(0, 3).join(',')), ''].join('\n'),
  );
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    writesPerSecond: 'unlimited',
    readsPerSecond: 'unlimited',
    seed: [
      ...HELD.map((values) => association(...values)),
      opportunityOf('O4', { reviewStatus: 'Submitted' }),
    ],
    ...options,
    clock: systemClock,
  });
  task.onTestFinished(() => emulator.close());
  emulator.script([
    { kind: 'denied', times: 100, opportunityId: 'O99' },
    { kind: 'reset-after', times: 1, operation: 'DisassociateOpportunity', opportunityId: 'O10' },
  ]);
  const surroundings = {
    path: folder.path,
    env: {
      ...folder.env,
      AWS_ACCESS_KEY_ID: emulator.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: emulator.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: emulator.url,
    },
  };
  const sandbox = ['--catalog', 'Sandbox', '--rate', 'unlimited', '--read-rate', 'unlimited'];
  const lag = toldLag === undefined ? [] : ['--read-lag', String(toldLag)];
  return {
    emulator,
    run: (command, ...args) => runHere([command ?? '', ...args, ...sandbox, ...lag], surroundings),
    read: folder.read,
    write: folder.write,
  };
}

/** What is associated, each by the last segment of its identifier: a bare one that was removed comes back bare. */
function held(emulator: Emulator): Set<string> {
  const keys = [...emulator.associations()].map(({ opportunityId, entityType, entityId }) =>
    [opportunityId, entityType, entityId.slice(entityId.lastIndexOf('/') + 1)].join(' '),
  );
  return new Set(keys.toSorted());
}

/** The statuses that say that the association is no longer. */
const GONE: ReadonlySet<string> = new Set(['disassociated', 'replaced', 'already_absent']);

/** What the lines claim, held against what the emulator held before and holds now. */
function expectTruth(statuses: readonly string[], before: ReadonlySet<string>, emulator: Emulator): void {
  const after = held(emulator);
  const nowHeld = ROWS.map(([opportunity, entity]) => {
    const end = ` ${entity.slice(entity.lastIndexOf('/') + 1)}`;
    const holds = (keys: ReadonlySet<string>): boolean =>
      [...keys].some((key) => key.startsWith(`${opportunity} `) && key.endsWith(end));
    return { before: holds(before), after: holds(after) };
  });
  const claimed = nowHeld.map((was, index) => ({
    before: was.before,
    after: GONE.has(statuses[index] ?? '') ? false : was.before,
  }));
  expect(nowHeld).toEqual(claimed);
}
