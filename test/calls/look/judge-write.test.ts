import { describe, expect, it } from 'vitest';
import type { OpportunitySnapshot, Write } from '../../../src/model/call.ts';
import { HeldEntities } from '../../../src/calls/look/held-entities.ts';
import {
  judgeStep,
  type JudgeOptions,
  type RowStep,
  type WriteVerdict,
} from '../../../src/calls/look/judge-write.ts';
import { textWith } from '../../text-with.ts';
import { associate, disassociate, NO_OPTIONS, solutions } from './writes.ts';

const remove = disassociate('O1', 'Solutions', 'S-0000001');

function judge(
  write: Write,
  snapshot: OpportunitySnapshot,
  options: Partial<JudgeOptions> = {},
): WriteVerdict {
  return judgeAmong({ before: [], write, after: [] }, snapshot, options);
}

function judgeAmong(
  step: RowStep,
  snapshot: OpportunitySnapshot,
  options: Partial<JudgeOptions> = {},
): WriteVerdict {
  return judgeStep(step, new HeldEntities(snapshot), { ...NO_OPTIONS, ...options });
}

describe('judgeWrite', () => {
  it('lets a removal go where the entity is held', () => {
    expect(judge(remove, solutions('S-0000001', 'S-0000002'))).toEqual({ kind: 'go', notes: [] });
  });

  it('calls removing what is not held, and attaching what is, needless', () => {
    expect(judge(remove, solutions('S-0000002'))).toEqual({ kind: 'needless' });
    expect(judge(associate('O1', 'Solutions', 'S-0000001'), solutions('S-0000001'))).toEqual({
      kind: 'needless',
    });
  });

  it('notes the last solution and the last of another type', () => {
    expect(judge(remove, solutions('S-0000001'))).toEqual({ kind: 'go', notes: ['last_solution'] });
    const product = disassociate('O1', 'AwsProducts', 'AmazonEC2');
    const snapshot = { entities: { AwsProducts: ['AmazonEC2'], Solutions: ['S-0000001'] } };
    expect(judge(product, snapshot)).toEqual({ kind: 'go', notes: ['last_of_type'] });
  });

  it.each(['AwsMarketplaceSolutions', 'AwsMarketplaceProducts'] as const)(
    'counts %s with the solutions: either keeps the other from being the last',
    (type) => {
      const id = 'arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/Solution/soln-1';
      const both = { entities: { Solutions: ['S-0000001'], [type]: [id] } };
      const options = { protectLast: true };
      expect(judge(remove, both, options)).toEqual({ kind: 'go', notes: [] });
      expect(judge(disassociate('O1', type, id), both, options)).toEqual({ kind: 'go', notes: [] });
      expect(judge(disassociate('O1', type, id), { entities: { [type]: [id] } }, options).kind).toBe(
        'refuse',
      );
    },
  );

  it('counts no offer and no AWS product as a solution', () => {
    const held = {
      entities: { Solutions: ['S-0000001'], AwsProducts: ['AmazonEC2'], AwsMarketplaceOffers: ['o'] },
    };
    expect(judge(remove, held, { protectLast: true }).kind).toBe('refuse');
  });

  it('refuses the last of its type where it is to be protected, and names it', () => {
    expect(judge(remove, solutions('S-0000001'), { protectLast: true })).toEqual({
      kind: 'refuse',
      fault: {
        kind: 'refused',
        exception: 'LastRemainingEntity',
        message: textWith('S-0000001 is the last of type Solutions on O1'),
      },
    });
    expect(judge(remove, solutions('S-0000001', 'S-0000002'), { protectLast: true }).kind).toBe('go');
  });

  it('lets the last one go where a replacement is attached first', () => {
    const before = [associate('O1', 'Solutions', 'S-0000002')];
    const step = { before, write: remove, after: [] };
    expect(judgeAmong(step, solutions('S-0000001'), { protectLast: true })).toEqual({
      kind: 'go',
      notes: [],
    });
  });

  it.each([
    [
      'removing',
      disassociate('O1', 'Solutions', 'S-1'),
      'S-1 is not associated with O1, but nearly the same is',
    ],
    ['attaching', associate('O1', 'Solutions', 'S-1'), 'nearly the same is already: S-0000001'],
  ] as const)('refuses %s what is nearly held, and says what may be meant', (_, write, says) => {
    const verdict = judge(write, solutions('S-0000002', 'S-0000001'));
    expect(verdict).toMatchObject({
      kind: 'refuse',
      fault: { exception: 'NearMiss', message: textWith(says) },
    });
    expect(verdict).toMatchObject({ fault: { message: textWith('Did you mean S-0000001?') } });
  });

  it('lets what is held go whatever is nearly the same, and calls needless what is held of two', () => {
    expect(judge(remove, solutions('S-1', 'S-0000001')).kind).toBe('go');
    expect(judge(associate('O1', 'Solutions', 'S-1'), solutions('S-1', 'S-0000001')).kind).toBe('needless');
  });

  it('takes identifiers of calls that were made before as they are', () => {
    const options = { provenIds: true };
    expect(judge(disassociate('O1', 'Solutions', 'S-1'), solutions('S-0000001'), options).kind).toBe(
      'needless',
    );
    expect(judge(associate('O1', 'Solutions', 'S-1'), solutions('S-0000001'), options).kind).toBe('go');
  });

  describe('of a replacement that needs a place', () => {
    const arn = (account: string, tail: string): string =>
      `arn:aws:aws-marketplace:us-east-1:${account}:AWSMarketplace/${tail}`;
    const old = arn('111122223333', 'Offer/offer-old');
    const newer = arn('111122223333', 'Offer/offer-new');
    const set = arn('111122223333', 'OfferSet/offerset-new');
    const replacing = (attach: Write, removal: Write): RowStep => ({
      before: [],
      write: attach,
      after: [removal],
    });
    const offers = { entities: { AwsMarketplaceOffers: [old] } };
    const removeOld = disassociate('O1', 'AwsMarketplaceOffers', old);

    it.each([
      ['a second offer', associate('O1', 'AwsMarketplaceOffers', newer)],
      ['an offer set beside an offer', associate('O1', 'AwsMarketplaceOfferSets', set)],
    ])('refuses %s, and says that the old one is in its way', (_, attach) => {
      expect(judgeAmong(replacing(attach, removeOld), offers)).toMatchObject({
        kind: 'refuse',
        fault: { exception: 'NoPlace', message: textWith(`It has one once ${old} is gone.`) },
      });
    });

    it('refuses the eleventh of a type, and says so where removing the old one would make no place', () => {
      const ten = Array.from({ length: 10 }, (__, index) => `S-${String(index + 1).padStart(7, '0')}`);
      const eleventh = associate('O1', 'Solutions', 'S-0000011');
      expect(judgeAmong(replacing(eleventh, remove), solutions(...ten))).toMatchObject({
        fault: { exception: 'NoPlace', message: textWith('(10)') },
      });
      const full = { entities: { ...offers.entities, Solutions: ten } };
      expect(judgeAmong(replacing(eleventh, removeOld), full)).toMatchObject({
        fault: { exception: 'NoPlace', message: textWith('would make none') },
      });
      expect(judgeAmong(replacing(eleventh, remove), solutions(...ten.slice(1))).kind).toBe('go');
    });

    it('lets the old one go first where that may be and makes a place, the two being nearly the same or not', () => {
      const attach = associate('O1', 'AwsMarketplaceOffers', newer);
      const step = { ...replacing(attach, removeOld), detachFirst: true };
      expect(judgeAmong(step, offers)).toEqual({ kind: 'detach_first' });
      const alike = associate('O1', 'AwsMarketplaceOffers', arn('444455556666', 'Offer/offer-old'));
      expect(judgeAmong({ ...step, write: alike }, offers)).toEqual({ kind: 'detach_first' });
      const elsewhere = { ...step, after: [remove] };
      const both = { entities: { ...offers.entities, Solutions: ['S-0000001'] } };
      expect(judgeAmong(elsewhere, both)).toMatchObject({ fault: { exception: 'NoPlace' } });
      expect(judgeAmong(step, solutions())).toEqual({ kind: 'go', notes: [] });
    });

    it('judges that order as any other: the last of a type stays, locked rows are left out', () => {
      const attach = associate('O1', 'AwsMarketplaceOffers', newer);
      const step = { ...replacing(attach, removeOld), detachFirst: true };
      expect(judgeAmong(step, offers, { protectLast: true })).toMatchObject({
        kind: 'refuse',
        fault: { exception: 'LastRemainingEntity' },
      });
      const locked = { ...offers, reviewStatus: 'Submitted' };
      expect(judgeAmong(step, locked, { skipLocked: true }).kind).toBe('skip');
      // It has gone; what was begun goes on.
      const second = { before: [removeOld], write: attach, after: [], detachFirst: true };
      expect(judgeAmong(second, locked, { skipLocked: true, protectLast: true }).kind).toBe('go');
    });

    it('notes no last of its type where another of that type follows it', () => {
      const attach = associate('O1', 'AwsMarketplaceOffers', newer);
      const first = { before: [], write: removeOld, after: [attach] };
      expect(judgeAmong(first, offers)).toEqual({ kind: 'go', notes: [] });
      const bySet = { ...first, after: [associate('O1', 'AwsMarketplaceOfferSets', set)] };
      expect(judgeAmong(bySet, offers)).toEqual({ kind: 'go', notes: ['last_of_type'] });
    });

    it('has nothing against what is there already, nor against what is attached alone', () => {
      const both = { entities: { AwsMarketplaceOffers: [old, newer] } };
      const attach = associate('O1', 'AwsMarketplaceOffers', newer);
      expect(judgeAmong(replacing(attach, removeOld), both).kind).toBe('needless');
      expect(judge(attach, offers).kind).toBe('go');
    });
  });

  describe('of a replacement', () => {
    const attach = associate('O1', 'Solutions', 'S-0000002');

    it('refuses the first write where the second would be refused: nothing is sent', () => {
      const step = { before: [], write: attach, after: [disassociate('O1', 'Solutions', 'S-1')] };
      expect(judgeAmong(step, solutions('S-0000001'))).toMatchObject({ fault: { exception: 'NearMiss' } });
      const product = associate('O1', 'AwsProducts', 'AmazonEC2');
      const last = { before: [], write: product, after: [remove] };
      expect(judgeAmong(last, solutions('S-0000001'), { protectLast: true })).toMatchObject({
        fault: { exception: 'LastRemainingEntity' },
      });
    });

    it('takes nothing that the row itself removes for a near miss of what it attaches', () => {
      const step = { before: [], write: associate('O1', 'Solutions', 'S-1'), after: [remove] };
      expect(judgeAmong(step, solutions('S-0000001')).kind).toBe('go');
      const second = { before: [step.write], write: remove, after: [] };
      expect(judgeAmong(second, solutions('S-0000001')).kind).toBe('go');
    });
  });

  it.each(['Submitted', 'In review'])(
    'leaves out, where asked to, what %s is to be changed',
    (reviewStatus) => {
      const held = { ...solutions('S-0000001', 'S-0000002'), reviewStatus };
      const options = { skipLocked: true };
      expect(judge(remove, held, options)).toEqual({ kind: 'skip', why: { kind: 'locked', reviewStatus } });
      expect(judge(remove, { ...held, reviewStatus: 'Approved' }, options).kind).toBe('go');
      // There is nothing to be refused.
      expect(judge(disassociate('O1', 'Solutions', 'S-0000009'), held, options).kind).toBe('needless');
      const attach = associate('O1', 'Solutions', 'S-0000002');
      expect(judgeAmong({ before: [], write: attach, after: [remove] }, held, options).kind).toBe('skip');
      expect(judgeAmong({ before: [attach], write: remove, after: [] }, held, options).kind).toBe('go');
    },
  );

  it.each(['Submitted', 'In review'])('warns of review status %s, and lets the write go', (reviewStatus) => {
    const snapshot = { ...solutions('S-0000001', 'S-0000002'), reviewStatus };
    expect(judge(remove, snapshot)).toEqual({ kind: 'go', notes: ['locked_review'] });
  });

  it('does not warn of an approved opportunity', () => {
    const snapshot = { ...solutions('S-0000001', 'S-0000002'), reviewStatus: 'Approved' };
    expect(judge(remove, snapshot)).toEqual({ kind: 'go', notes: [] });
  });
});
