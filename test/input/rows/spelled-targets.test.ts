import { expect, it } from 'vitest';
import type { Target } from '../../../src/model/row.ts';
import { AskedTargets } from '../../../src/input/rows/asked-targets.ts';

const OFFER = 'offer-aaaaaaaaaaaaa';
const arnOf = (account: string): string =>
  `arn:aws:aws-marketplace:us-east-1:${account}:AWSMarketplace/Offer/${OFFER}`;
const [OWN, OTHERS] = [arnOf('111122223333'), arnOf('444455556666')];
const offer = (id: string, replacement?: string): Target =>
  targetOf(
    ['AwsMarketplaceOffers', id],
    ...(replacement === undefined ? [] : [['Solutions', replacement] as const]),
  );

type Entity = readonly [type: string, id: string];

function targetOf([type, id]: Entity, replacement?: Entity): Target {
  const target = {
    opportunityId: 'O1',
    entity: { type, id },
    ...(replacement !== undefined && { replacement: { type: replacement[0], id: replacement[1] } }),
  };
  return target as unknown as Target; // as a reader of rows has judged it
}

/** What becomes of each row in turn: the row that it repeats, or what it can't be done beside. */
function told(...targets: readonly Target[]): readonly unknown[] {
  const asked = new AskedTargets();
  return targets.map((target, index) => {
    const place = { row: index + 2 };
    const first = asked.firstRowOf(target, place);
    return first === 0 ? (asked.contradictionOf(target, place)?.kind ?? 'new') : first;
  });
}

it.each([
  [OFFER, OWN],
  [OWN, OFFER],
])('takes %s and %s for one', (one, other) => {
  expect(told(offer(one), offer(other))).toEqual(['new', 2]);
  expect(told(offer(one, 'S-0000001'), offer(other, 'S-0000001'))).toEqual(['new', 2]);
});

it('takes two whole ARNs that end alike for two', () => {
  expect(told(offer(OWN), offer(OTHERS), offer(OWN))).toEqual(['new', 'new', 2]);
});

it.each([
  [OFFER, OWN],
  [OWN, OFFER],
])('finds what can’t be done side by side, in whatever spelling: %s, %s', (one, other) => {
  expect(told(offer(one, 'S-0000001'), offer(other))).toEqual(['new', 'other_end']);
  expect(told(offer(one, 'S-0000001'), offer(other, 'S-0000002'))).toEqual(['new', 'other_end']);
  const attaching = targetOf(['Solutions', 'S-0000001'], ['AwsMarketplaceOffers', one]);
  expect(told(attaching, offer(other))).toEqual(['new', 'chain']);
  expect(told(offer(other), attaching)).toEqual(['new', 'chain']);
});
