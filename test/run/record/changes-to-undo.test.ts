import { describe, expect, it } from 'vitest';
import type { WriteOperation } from '../../../src/model/call.ts';
import type { FaultKind } from '../../../src/model/fault.ts';
import type { RowOutcome } from '../../../src/model/outcome.ts';
import type {
  AnswerEntry,
  DoneEntry,
  JobEntry,
  JournalEntry,
  TryEntry,
} from '../../../src/store/journal-line.ts';
import { changesToUndo } from '../../../src/run/record/changes-to-undo.ts';
import { fault } from '../../results/samples.ts';
import { makeRunFolder } from '../../store/files/run-folder/make-run-folder.ts';

const ATTACH: WriteOperation = 'AssociateOpportunity';
const REMOVE: WriteOperation = 'DisassociateOpportunity';
const INPUT = [
  'Opportunity ID,Entity ID,Replacement',
  'O0,S-0000000,',
  'O1,S-0000001,S-0000011',
  'O2,S-0000002,',
  '',
].join('\n');
const KEYS = [
  'O0 Solutions S-0000000',
  'O1 Solutions S-0000001 -> Solutions S-0000011',
  'O2 Solutions S-0000002',
] as const;
type Ordinal = 0 | 1 | 2;

function done(ordinal: Ordinal, outcome: RowOutcome): DoneEntry {
  return { t: 'done', ordinal, row: ordinal + 2, key: KEYS[ordinal], outcome };
}

function changed(
  status: 'disassociated' | 'replaced' | 'associated',
  finishedAt: number,
  made: readonly WriteOperation[],
): RowOutcome {
  return {
    status,
    confirmedBy: 'answer',
    calls: { attempts: 1, requestIds: [], startedAt: 1, finishedAt, made },
  };
}

function tried(ordinal: Ordinal, call: WriteOperation, at: number): TryEntry {
  return { t: 'try', ordinal, row: ordinal + 2, key: KEYS[ordinal], call, n: 1, at };
}

function answered(ordinal: Ordinal, kind?: FaultKind): AnswerEntry {
  const refused = kind && { fault: { kind, exception: 'AnyException' } };
  return { t: 'answer', ordinal, n: 1, at: 1, ...refused };
}

/** `associate O0 S-0000000`, or with what is attached first: `disassociate O1 S-0000011 <- S-0000001`. */
async function undoing(
  entries: readonly JournalEntry[],
  job: Partial<JobEntry> = {},
): Promise<readonly string[]> {
  const { record, journal } = makeRunFolder(INPUT, job);
  journal(...entries);
  const { changes } = await changesToUndo(await record());
  return changes.map(({ operation, target: { opportunityId, entity, replacement }, detachFirst }) =>
    [
      operation,
      opportunityId,
      entity.id,
      ...(replacement === undefined ? [] : ['<-', replacement.id]),
      ...(detachFirst ? ['(detach first)'] : []),
    ].join(' '),
  );
}

describe('changesToUndo', () => {
  it('gives back what was removed, the newest change first', async () => {
    expect(
      await undoing([
        done(0, changed('disassociated', 500, [REMOVE])),
        done(2, changed('disassociated', 700, [REMOVE])),
        done(1, changed('replaced', 600, [ATTACH, REMOVE])),
      ]),
    ).toEqual(['associate O2 S-0000002', 'disassociate O1 S-0000011 <- S-0000001', 'associate O0 S-0000000']);
  });

  it('gives back what was removed under the whole ARN that it was held by, as far as the journal has it', async () => {
    const arn = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-a';
    const input = 'Opportunity ID,Entity ID,Replacement\nO0,offer-a,\nO1,offer-a,offer-b\nO2,offer-a,\n';
    const keys = [0, 1, 2].map((n) => `O${n} AwsMarketplaceOffers offer-a`);
    const key = { 0: keys[0], 1: `${keys[1]} -> AwsMarketplaceOffers offer-b`, 2: keys[2] };
    const asHeld = (outcome: RowOutcome, removedAs: string): RowOutcome =>
      'calls' in outcome && outcome.calls ? { ...outcome, calls: { ...outcome.calls, removedAs } } : outcome;
    const { record, journal } = makeRunFolder(input);
    journal(
      { ...done(0, asHeld(changed('disassociated', 900, [REMOVE]), arn)), key: key[0] ?? '' },
      { ...done(1, asHeld(changed('replaced', 800, [ATTACH, REMOVE]), arn)), key: key[1] },
      { ...tried(2, REMOVE, 700), key: key[2] ?? '', removedAs: arn },
    );
    const undone = (await changesToUndo(await record())).changes.map(({ target }) => target);
    expect(undone.map(({ entity, replacement }) => [entity.id, replacement?.id])).toEqual([
      [arn, undefined],
      ['offer-b', arn],
      [arn, undefined],
    ]);
  });

  it('of changes in the same millisecond takes the later row first', async () => {
    const entries = [0, 2].map((ordinal) =>
      done(ordinal as Ordinal, changed('disassociated', 500, [REMOVE])),
    );
    expect(await undoing(entries)).toEqual(['associate O2 S-0000002', 'associate O0 S-0000000']);
  });

  it('leaves alone what the run did not change', async () => {
    const calls = { attempts: 1, requestIds: [] };
    expect(
      await undoing([
        done(0, { status: 'already_absent', confirmedBy: 'read_back', calls }),
        done(1, { status: 'failed', fault: fault('refused'), calls }),
        done(2, { status: 'unknown', fault: fault('timeout'), calls }),
      ]),
    ).toEqual([]);
  });

  it('keeps a replacement that was attached before, and takes one away whose old one was not removed', async () => {
    expect(await undoing([done(1, changed('replaced', 1, [REMOVE]))])).toEqual(['associate O1 S-0000001']);
    const calls = { attempts: 2, requestIds: [], made: [ATTACH] };
    expect(await undoing([done(1, { status: 'failed', fault: fault('refused'), calls })])).toEqual([
      'disassociate O1 S-0000011',
    ]);
  });

  it('attaches the old one again where it may have been removed, before the replacement goes', async () => {
    const calls = { attempts: 2, requestIds: [], made: [ATTACH] };
    expect(await undoing([done(1, { status: 'unknown', fault: fault('timeout'), calls })])).toEqual([
      'disassociate O1 S-0000011 <- S-0000001',
    ]);
  });

  it('tells the changes apart that may have been made', async () => {
    const { record, journal } = makeRunFolder(INPUT);
    journal(
      done(0, changed('disassociated', 500, [REMOVE])),
      tried(1, ATTACH, 600),
      tried(2, REMOVE, 700),
      answered(2),
    );
    const { changes } = await changesToUndo(await record());
    expect(changes.map(({ row, inDoubt }) => [row, inDoubt])).toEqual([
      [4, false],
      [3, true],
      [2, false],
    ]);
  });

  describe('of a run that was cut off', () => {
    it('takes what was answered, or may have been done, for done', async () => {
      expect(
        await undoing([tried(0, REMOVE, 300), tried(2, REMOVE, 400), answered(0), answered(2, 'timeout')]),
      ).toEqual(['associate O2 S-0000002', 'associate O0 S-0000000']);
    });

    it('leaves alone what was refused', async () => {
      expect(await undoing([tried(0, REMOVE, 300), answered(0, 'throttled')])).toEqual([]);
    });

    it('between the two calls of a replacement takes back the first, and the second where it may have been made', async () => {
      const attached = [tried(1, ATTACH, 300), answered(1)];
      expect(await undoing(attached)).toEqual(['disassociate O1 S-0000011']);
      expect(await undoing([...attached, tried(1, REMOVE, 400)])).toEqual([
        'disassociate O1 S-0000011 <- S-0000001',
      ]);
      expect(await undoing([...attached, tried(1, REMOVE, 400), answered(1, 'throttled')])).toEqual([
        'disassociate O1 S-0000011',
      ]);
      expect(await undoing([tried(1, REMOVE, 400)])).toEqual(['associate O1 S-0000001']);
    });
  });

  describe('of a run that detached first', () => {
    const calls = { attempts: 3, requestIds: [] };
    const restore = { kind: 'restore', refusal: fault('refused') } as const;
    const both = 'disassociate O1 S-0000011 <- S-0000001 (detach first)';
    const old = 'associate O1 S-0000001';

    it('detaches first itself', async () => {
      expect(await undoing([done(1, changed('replaced', 1, [REMOVE, ATTACH]))])).toEqual([both]);
    });

    it('attaches what was lost, and leaves alone what came back', async () => {
      const lost = { ...calls, made: [REMOVE] };
      expect(await undoing([done(1, { status: 'failed', fault: fault('refused'), calls: lost })])).toEqual([
        old,
      ]);
      expect(await undoing([done(1, { status: 'failed', fault: fault('refused'), calls })])).toEqual([]);
    });

    it('takes the new one for attached where nobody knows', async () => {
      const unknown = {
        status: 'unknown',
        fault: fault('timeout'),
        calls: { ...calls, made: [REMOVE] },
      } as const;
      expect(await undoing([done(1, unknown)])).toEqual([both]);
    });

    it('that was cut off takes back the parts that were made, or may have been', async () => {
      const detached = [{ ...tried(1, REMOVE, 300), part: { kind: 'detach' } as const }, answered(1)];
      const attached = [...detached, { ...tried(1, ATTACH, 400), part: { kind: 'attach' } as const }];
      const back = [...attached, answered(1, 'refused'), { ...tried(1, ATTACH, 500), part: restore }];
      expect(await undoing(detached)).toEqual([old]);
      expect(await undoing(attached)).toEqual([both]);
      expect(await undoing([...attached, answered(1, 'refused')])).toEqual([old]);
      expect(await undoing(back)).toEqual([old]);
      expect(await undoing([...back, answered(1)])).toEqual([]);
    });
  });

  it('removes what a run of associate has attached, replacement column or not', async () => {
    const entries = [
      done(0, changed('associated', 1, [ATTACH])),
      done(1, changed('associated', 2, [ATTACH])),
    ];
    expect(await undoing(entries, { terms: { command: 'associate' } })).toEqual([
      'disassociate O1 S-0000001',
      'disassociate O0 S-0000000',
    ]);
  });
});
