import { describe, expect, it } from 'vitest';
import { parseEntityType } from '../../../src/input/values/entity-type.ts';
import { ENTITY_TYPES } from '../../../src/model/entity.ts';

describe('an entity type', () => {
  it.each(ENTITY_TYPES)('%s is read in the API’s spelling, in the singular, and in any case', (type) => {
    expect(parseEntityType(type)).toBe(type);
    expect(parseEntityType(type.toLowerCase())).toBe(type);
    expect(parseEntityType(type.slice(0, -1))).toBe(type);
    expect(parseEntityType(type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '))).toBe(type);
  });

  it.each([
    ['AWSProducts', 'AwsProducts'],
    ['Partner Solution', 'Solutions'],
    ['offer', 'AwsMarketplaceOffers'],
    ['AWS Marketplace Offer', 'AwsMarketplaceOffers'],
    ['private offer', 'AwsMarketplaceOffers'],
    ['offer-set', 'AwsMarketplaceOfferSets'],
    ['Amazon Web Services product', 'AwsProducts'],
    ['Amazon Web Services Marketplace private offer', 'AwsMarketplaceOffers'],
  ])('is understood where people write %s', (text, type) => {
    expect(parseEntityType(text)).toBe(type);
  });

  it.each([
    ['Soluttions', 'Solutions'],
    ['AwsMarketplaceOfers', 'AwsMarketplaceOffers'],
    ['AwsMarketplace', 'AwsMarketplaceOffers'],
    ['Solution?', 'Solutions'],
    ['~~Solutions~~', 'Solutions'],
    ['!Solutions', 'Solutions'],
    ['#Solutions', 'Solutions'],
    ['//Solutions', 'Solutions'],
    ['-Solutions', 'Solutions'],
    ['S\u0336o\u0336lutions', 'Solutions'],
    ['(Solutions)', 'Solutions'],
    ['Banana', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('is not guessed from %s, but suggested: %s', (text, suggestion) => {
    expect(parseEntityType(text)).toEqual({ suggestion });
  });
});
