import type { EntityType } from '../../model/entity.ts';
import { excelDamage } from './excel-damage.ts';

const SOLUTION = /^S-[0-9]{1,19}$/;
const OPPORTUNITY = /^O[0-9]{1,19}$/i;
const MARKETPLACE_ARN =
  /^arn:aws[a-z-]*:aws-marketplace:[a-z0-9-]*:[0-9]{12}:AWSMarketplace\/([A-Za-z]+)\/([a-z]+-[A-Za-z0-9-]+)$/;
const BARE = /^(offer|offerset|soln|prod)-[A-Za-z0-9-]+$/;

/** The type that an identifier's shape leaves no doubt about; a product code's never does. */
export function typeOfShape(identifier: string): EntityType | undefined {
  if (SOLUTION.test(identifier)) return 'Solutions';
  const arn = MARKETPLACE_ARN.exec(identifier);
  if (arn !== null) return typeOfArn(arn[1] ?? '', arn[2] ?? '');
  return typeOfBare(identifier);
}

/**
 * Whether an identifier can be of a type: the service does not check it, so this tool does. A product code
 * has no documented pattern: any word may be one that is not plainly something else.
 */
export function fitsType(identifier: string, type: EntityType): boolean {
  const shape = typeOfShape(identifier);
  if (shape !== undefined) return shape === type;
  // A stage before Committed admits the word in place of a solution.
  if (type === 'Solutions') return identifier === 'Other';
  return type === 'AwsProducts' && mayBeProductCode(identifier);
}

const AWS_NAME = /^(Amazon|AWS)[A-Za-z0-9]+$/;

/** What people write where there is no code, and about rows. */
const NO_CODE =
  /^(n\/?a|none|null|nil|tb[acd]|unknown|yes|no|true|false|x|keep|skip|remove|delete|total|sum|count|offers?|solutions?|products?)$/i;
/** A solution's or an opportunity's number without its sign, and what Excel makes of a date. */
const OTHERS_NUMBER =
  /^([SO][-_#:]?[0-9]{3,}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2,4}|[0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-[0-9]{2,4})?)$/i;

function mayBeProductCode(value: string): boolean {
  // As nearly all of them are.
  if (AWS_NAME.test(value)) return true;
  if (!/[A-Za-z]/.test(value) || /\s/.test(value)) return false;
  if (value.startsWith('arn:') || OPPORTUNITY.test(value) || NO_CODE.test(value)) return false;
  if (OTHERS_NUMBER.test(value)) return false;
  return excelDamage(value) === undefined;
}

/** Whether it could be an identifier of any type: what tells a column of identifiers from one of names. */
export function looksLikeIdentifier(value: string): boolean {
  return typeOfShape(value) !== undefined;
}

export function looksLikeOpportunity(value: string): boolean {
  return OPPORTUNITY.test(value);
}

/** What an identifier of this type looks like, for a message. */
export function exampleOf(type: EntityType): string {
  switch (type) {
    case 'Solutions':
      return 'S- and 1 to 19 digits';
    case 'AwsProducts':
      return 'a product code such as AmazonEC2';
    case 'AwsMarketplaceOffers':
      return 'arn:aws:aws-marketplace:…:AWSMarketplace/Offer/offer-…';
    case 'AwsMarketplaceOfferSets':
      return 'arn:aws:aws-marketplace:…:AWSMarketplace/OfferSet/offerset-…';
    case 'AwsMarketplaceSolutions':
      return 'arn:aws:aws-marketplace:…:AWSMarketplace/Solution/soln-…';
    case 'AwsMarketplaceProducts':
      return 'arn:aws:aws-marketplace:…:AWSMarketplace/SaaSProduct/prod-…';
    default:
      return type satisfies never;
  }
}

/** By the word an identifier begins with, and the segment that its ARN then has. */
const MARKETPLACE: ReadonlyMap<string, { readonly type: EntityType; readonly segment: RegExp }> = new Map([
  ['offer', { type: 'AwsMarketplaceOffers', segment: /^Offer$/ }],
  ['offerset', { type: 'AwsMarketplaceOfferSets', segment: /^OfferSet$/ }],
  ['soln', { type: 'AwsMarketplaceSolutions', segment: /^Solution$/ }],
  ['prod', { type: 'AwsMarketplaceProducts', segment: /^[A-Za-z]*Product$/ }],
]);

function typeOfArn(segment: string, name: string): EntityType | undefined {
  const known = MARKETPLACE.get(name.slice(0, name.indexOf('-')));
  return known?.segment.test(segment) === true ? known.type : undefined;
}

function typeOfBare(identifier: string): EntityType | undefined {
  const prefix = BARE.exec(identifier)?.[1];
  return prefix === undefined ? undefined : MARKETPLACE.get(prefix)?.type;
}
