import { describe, expect, it } from 'vitest';
import { HeldEntities } from '../../../src/calls/look/held-entities.ts';
import { associate, disassociate, solutions } from './writes.ts';

const PLACE = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';
const OFFER = `${PLACE}/Offer/offer-abcdefgh12345`;
const first = disassociate('O1', 'Solutions', 'S-0000001');
const second = disassociate('O1', 'Solutions', 'S-0000002');

describe('HeldEntities', () => {
  it('has what the read showed, of the same type only', () => {
    const held = new HeldEntities(solutions('S-0000001'));
    expect(held.has(first.association.entity)).toBe(true);
    expect(held.has(second.association.entity)).toBe(false);
    expect(held.has({ ...first.association.entity, type: 'AwsProducts' })).toBe(false);
  });

  it('takes a bare identifier and the ARN that ends in it for one entity, in either direction', () => {
    const whole = disassociate('O1', 'AwsMarketplaceOffers', OFFER).association.entity;
    const bare = disassociate('O1', 'AwsMarketplaceOffers', 'offer-abcdefgh12345').association.entity;
    expect(new HeldEntities({ entities: { AwsMarketplaceOffers: [bare.id] } }).has(whole)).toBe(true);
    expect(new HeldEntities({ entities: { AwsMarketplaceOffers: [whole.id] } }).has(bare)).toBe(true);
  });

  it('calls an entity the last once every other of its type is removed', () => {
    const held = new HeldEntities(solutions('S-0000001', 'S-0000002'));
    expect(held.isLast(second.association.entity)).toBe(false);
    held.apply(first);
    expect(held.isLast(second.association.entity)).toBe(true);
  });

  it('holds what is attached, once', () => {
    const held = new HeldEntities({ entities: {} });
    const attach = associate('O1', 'Solutions', 'S-0000002');
    held.apply(attach);
    held.apply(attach);
    expect(held.has(attach.association.entity)).toBe(true);
    held.apply(second);
    expect(held.has(attach.association.entity)).toBe(false);
  });

  it('leaves the snapshot that it was made of alone', () => {
    const snapshot = solutions('S-0000001');
    new HeldEntities(snapshot).apply(first);
    expect(snapshot).toEqual(solutions('S-0000001'));
  });
});
