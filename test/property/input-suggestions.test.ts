import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll } from '../input/read-all.ts';

/** Whole identifiers as the service takes them, written down apart from the code under test. */
const WHOLE: Readonly<Record<string, RegExp>> = {
  opportunity: /^O[0-9]{1,19}$/,
  Solutions: /^(S-[0-9]{1,19}|Other)$/,
  AwsProducts: /^(Amazon|AWS)[A-Za-z0-9]+$/,
  AwsMarketplaceOffers:
    /^(arn:aws:aws-marketplace:[a-z0-9-]*:[0-9]{12}:AWSMarketplace\/Offer\/[!-~]+|offer-[A-Za-z0-9-]+)$/,
};

const anyPiece = fc.constantFrom(
  'O100',
  'S-0000001',
  'AmazonEC2',
  'offer-abc',
  'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-abc',
  '@1',
  '7',
  'O',
  'S-',
  ' ',
  '\u00a0',
  '\u200b',
  '\u2013',
  '\v',
  '\0',
  '\x1d',
  ';',
  '/',
  '(',
  ')',
  '?',
  'x',
);
const anyValue = fc.array(anyPiece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));

describe('a suggestion', () => {
  it('is always a whole identifier of its type', async () => {
    let suggested = 0;
    const anyType = fc.constantFrom('Solutions', 'AwsProducts', 'AwsMarketplaceOffers');
    await fc.assert(
      fc.asyncProperty(anyValue, anyValue, anyType, async (opportunity, entity, type) => {
        const quoted = [opportunity, type, entity].map((cell) => `"${cell}"`).join(',');
        const { rows } = await readAll(`Opportunity ID,Entity Type,Entity ID\n${quoted}\n`);
        for (const row of rows) {
          for (const { field, suggestion } of row.kind === 'invalid' ? row.problems : []) {
            if (suggestion === undefined) continue;
            suggested += 1;
            expect(suggestion).toMatch(WHOLE[field === 'opportunity' ? field : type] ?? /^$/);
          }
        }
      }),
      { numRuns: 3000, seed: 20_240_509 },
    );
    // Were none suggested, nothing would have been looked at.
    expect(suggested).toBeGreaterThan(200);
  });
});
