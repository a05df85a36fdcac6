import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ScriptedFault } from '../../../src/emulator/faults/fault-plan.ts';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import type { Running } from '../stage/program.ts';
import { column } from '../stage/results-file.ts';
import { unwarrantedRepeats } from '../stage/server-record.ts';

const OFFER = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer';
const OLD = `${OFFER}/offer-old12345678`;
const NEW = `${OFFER}/offer-new12345678`;
const FILES = {
  job: [
    ['Opportunity ID', 'Entity ID', 'Replacement'],
    ['O1', OLD, NEW],
  ],
  held: [['O1', 'AwsMarketplaceOffers', OLD]],
} as const;

/** A row that comes to so many writes, since so many of its attachments are refused: the new one, and then the old one. */
interface Story {
  readonly what: string;
  readonly refused: 0 | 1 | 2;
  readonly writes: 2 | 3;
  readonly status: 'replaced' | 'failed';
  readonly exception: '' | 'ValidationException' | 'ReplacementLost';
  readonly heldAfter: readonly string[];
}

const STORIES: readonly Story[] = [
  { what: 'replaced', refused: 0, writes: 2, status: 'replaced', exception: '', heldAfter: [NEW] },
  {
    what: 'put back',
    refused: 1,
    writes: 3,
    status: 'failed',
    exception: 'ValidationException',
    heldAfter: [OLD],
  },
  {
    what: 'lost',
    refused: 2,
    writes: 3,
    status: 'failed',
    exception: 'ReplacementLost',
    heldAfter: [],
  },
];

/** Noted and not done; done and not answered; answered. */
const MOMENTS = ['noted', 'done', 'answered'] as const;

for (const story of STORIES) {
  for (const write of [1, 2, 3].slice(0, story.writes)) {
    for (const moment of MOMENTS.filter((one) => one !== 'done' || !isRefused(story, write))) {
      test.concurrent(`killed when write ${write} was ${moment}, what is to be ${story.what} is, once, and can be undone`, async (task) => {
        const stage = await setFileStage(task, FILES);
        await killAt(stage, story, write, moment);
        await refuseTheRest(stage, story);

        // What was begun with the option comes to its end without it.
        const ended = await stage.run('disassociate', 'job.csv', '--read-lag', '0');

        expect(ended.code).toBe(story.status === 'replaced' ? 0 : 1);
        expect(column(stage.results(), 'status')).toEqual([story.status]);
        expect(column(stage.results(), 'exception')).toEqual([story.exception]);
        expect(await stage.emulator.held()).toEqual(story.heldAfter.map(held));
        expect(unwarrantedRepeats(await stage.emulator.calls())).toEqual([]);
        const changes = (await stage.writes()).filter(({ changed }) => changed);
        expect(changes).toHaveLength(story.exception === 'ReplacementLost' ? 1 : 2);

        await stage.emulator.clearScript();
        const undone = await stage.run('undo', 'job.results.csv', '--read-lag', '0');
        expect(undone.code).toBe(0);
        expect(await stage.emulator.held()).toEqual([held(OLD)]);
      });
    }
  }
}

async function killAt(
  stage: FileStage,
  story: Story,
  write: number,
  moment: (typeof MOMENTS)[number],
): Promise<void> {
  const hung = moment === 'answered' ? write + 1 : write;
  const before = Math.max(0, Math.min(story.refused, hung - 2));
  await stage.emulator.script([
    ...hanging(hung, moment === 'done' ? 'hang-after' : 'hang'),
    ...refusing(before),
  ]);
  const running = stage.start('disassociate', 'job.csv', '--detach-first', '--read-lag', '0');
  if (moment === 'answered') await answers(stage, write, running);
  else await stage.moreWrites(write, running);
  running.send('SIGKILL');
  // Behind its last answer it may have come to its end.
  const ends = hung <= story.writes ? ['SIGKILL'] : ['SIGKILL', null];
  expect(ends).toContain((await running.ended).signal);
}

/** Of the attachments that are to be refused, those that the journal has not gone beyond: an answered call is made again. */
async function refuseTheRest(stage: FileStage, { refused }: Story): Promise<void> {
  const attachments = linesOf(stage, '"call":"AssociateOpportunity"');
  await stage.emulator.clearScript();
  await stage.emulator.script(refusing(refused - Math.max(0, Math.min(refused, attachments - 1))));
}

function isRefused({ refused }: Story, write: number): boolean {
  return write > 1 && write - 1 <= refused;
}

/** The first write is the only removal. */
function hanging(write: number, kind: 'hang' | 'hang-after'): readonly ScriptedFault[] {
  if (write === 1) return [{ kind, times: 1, operation: 'DisassociateOpportunity' }];
  const operation = 'AssociateOpportunity';
  const after = write === 2 ? {} : { after: { calls: write - 2, operation } as const };
  return [{ kind, times: 1, operation, ...after }];
}

function refusing(times: number): readonly ScriptedFault[] {
  return times === 0 ? [] : [{ kind: 'validation', times, operation: 'AssociateOpportunity' }];
}

/** Resolves once the journal has the answers to so many writes. */
async function answers(stage: FileStage, count: number, running: Running): Promise<void> {
  while (linesOf(stage, '"t":"answer"') < count) {
    const ended = await Promise.race([running.ended, delay(5)]);
    if (ended !== undefined) return;
  }
}

/** Lines of the journal that have the words. */
function linesOf({ folder }: FileStage, words: string): number {
  const path = folder.at('job.oppsweep/journal.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split(words).length - 1 : 0;
}

function held(id: string): string {
  return `O1 AwsMarketplaceOffers ${id}`;
}
