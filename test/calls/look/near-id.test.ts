import { describe, expect, it } from 'vitest';
import type { EntityType } from '../../../src/model/entity.ts';
import { associationKey, isNearId } from '../../../src/calls/look/near-id.ts';
import { association } from '../../emulator/associations.ts';

const arn = (account: string, tail: string): string =>
  `arn:aws:aws-marketplace:us-east-1:${account}:AWSMarketplace/${tail}`;
const OURS = '111122223333';
const THEIRS = '444455556666';
const UUID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

describe('isNearId', () => {
  it.each<[EntityType, string, string]>([
    ['Solutions', 'S-1', 'S-0000001'],
    ['Solutions', 's-0000001', 'S-0000001'],
    ['Solutions', 'S0000001', 'S-0000001'],
    ['Solutions', 'other', 'Other'],
    ['AwsProducts', 'EC2', 'AmazonEC2'],
    ['AwsProducts', 'AWSConnect', 'AmazonConnect'],
    ['AwsProducts', 'amazonec2', 'AmazonEC2'],
    ['AwsProducts', 'Amazon-EC2', 'AmazonEC2'],
    ['AwsMarketplaceOffers', arn(OURS, 'Offer/offer-abc'), arn(THEIRS, 'Offer/offer-abc')],
    ['AwsMarketplaceOffers', 'Offer-ABC', arn(OURS, 'Offer/offer-abc')],
    ['AwsMarketplaceProducts', arn(OURS, `AmiProduct/${UUID}`), arn(OURS, `SaaSProduct/${UUID}`)],
  ])('calls near, of %s, %s and %s, either way', (type, left, right) => {
    expect(isNearId(type, left, right)).toBe(true);
    expect(isNearId(type, right, left)).toBe(true);
  });

  it.each<[EntityType, string, string]>([
    ['Solutions', 'S-0000010', 'S-0000001'],
    ['Solutions', 'S-1000000', 'S-0000001'],
    ['Solutions', 'S-0000001', 'S-0000001'],
    ['AwsProducts', 'AmazonEC2', 'AmazonECS'],
    ['AwsProducts', 'Amazon', 'AWS'],
    ['AwsProducts', 'AmazonS3', 'AmazonS30'],
    ['AwsMarketplaceOffers', 'offer-abc', arn(OURS, 'Offer/offer-abc')],
    ['AwsMarketplaceOffers', 'offer-0abc', 'offer-abc'],
    ['AwsMarketplaceOffers', arn(OURS, 'Offer/offer-abc'), arn(OURS, 'Offer/offer-abd')],
  ])('does not call near, of %s, %s and %s: they are two, or one', (type, left, right) => {
    expect(isNearId(type, left, right)).toBe(false);
  });
});

describe('associationKey', () => {
  const key = (id: string): string => associationKey(association('O1', 'Solutions', id));

  it('is one for what may be one association, and another for what is not', () => {
    expect(key('S-1')).toBe(key('S-0000001'));
    expect(key('S-10')).not.toBe(key('S-0000001'));
  });
});
