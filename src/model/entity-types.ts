import { ENTITY_TYPES, type EntityType } from './entity.ts';

/**
 * How identifiers of a type look.
 *
 * - `numbered`: a prefix and 1 to 19 digits, or one of a few words.
 * - `code`: a word without a documented pattern; nothing about it tells its type.
 * - `arn`: a Marketplace ARN that has `segment` before its last part, or that last part alone, which begins with
 *   `prefix`.
 */
export type IdentifierShape =
  | { readonly kind: 'numbered'; readonly prefix: string; readonly words: readonly string[] }
  | { readonly kind: 'code' }
  | { readonly kind: 'arn'; readonly segment: RegExp; readonly prefix: string };

/** Types of one word count as one where the service asks that an opportunity keeps its last. */
type LastGroup = 'solution' | 'aws_product' | 'offer' | 'offer_set';

/** All that this tool needs to know of one entity type; decisions ask this record, never the type's name. */
export interface EntityTypeRule {
  /** People's words for it, folded; the API's own spelling is known without. */
  readonly spellings: readonly string[];
  /** Folded words that could mean several types, of which this one is the likeliest: suggested, never taken. */
  readonly suggestedFor: readonly string[];
  readonly shape: IdentifierShape;
  /** An identifier's look, in a message. */
  readonly example: string;
  /** How many of the types that share its place one opportunity holds at most ("Limits" of the developer guide). */
  readonly most: number;
  /** Types of one place take it from each other. */
  readonly place: 'solutions' | 'aws_products' | 'offer' | 'marketplace_solutions' | 'marketplace_products';
  readonly last: LastGroup;
  /** Whether the service lists the partner's own entities of the type with their names (ListSolutions). */
  readonly hasNames: boolean;
}

/** The related entity types, each with its rule. */
export const ENTITY_TYPE_RULES: Readonly<Record<EntityType, EntityTypeRule>> = {
  Solutions: {
    spellings: ['solution', 'partnersolution', 'partnersolutions', 'offering', 'offerings', 'software'],
    suggestedFor: [],
    // Before stage Committed the service takes the word in place of a solution.
    shape: { kind: 'numbered', prefix: 'S-', words: ['Other'] },
    example: 'S- and 1 to 19 digits',
    most: 10,
    place: 'solutions',
    last: 'solution',
    hasNames: true,
  },
  AwsProducts: {
    spellings: ['awsproduct', 'product', 'products', 'awsservice', 'awsservices', 'service', 'services'],
    suggestedFor: [],
    shape: { kind: 'code' },
    example: 'a product code such as AmazonEC2',
    most: 20,
    place: 'aws_products',
    last: 'aws_product',
    hasNames: false,
  },
  AwsMarketplaceOffers: {
    spellings: [
      'awsmarketplaceoffer',
      'marketplaceoffer',
      'marketplaceoffers',
      'awsmarketplaceprivateoffer',
      'privateoffer',
      'privateoffers',
      'offer',
      'offers',
    ],
    // Of AWS's own samples.
    suggestedFor: ['awsmarketplace', 'marketplace'],
    shape: { kind: 'arn', segment: /^Offer$/, prefix: 'offer' },
    example: 'arn:aws:aws-marketplace:…:AWSMarketplace/Offer/offer-…',
    most: 1,
    place: 'offer',
    last: 'offer',
    hasNames: false,
  },
  AwsMarketplaceOfferSets: {
    spellings: [
      'awsmarketplaceofferset',
      'marketplaceofferset',
      'marketplaceoffersets',
      'offerset',
      'offersets',
    ],
    suggestedFor: [],
    shape: { kind: 'arn', segment: /^OfferSet$/, prefix: 'offerset' },
    example: 'arn:aws:aws-marketplace:…:AWSMarketplace/OfferSet/offerset-…',
    most: 1,
    place: 'offer',
    last: 'offer_set',
    hasNames: false,
  },
  AwsMarketplaceSolutions: {
    spellings: ['awsmarketplacesolution', 'marketplacesolution', 'marketplacesolutions'],
    suggestedFor: [],
    shape: { kind: 'arn', segment: /^Solution$/, prefix: 'soln' },
    example: 'arn:aws:aws-marketplace:…:AWSMarketplace/Solution/soln-…',
    most: 10,
    place: 'marketplace_solutions',
    last: 'solution',
    hasNames: false,
  },
  AwsMarketplaceProducts: {
    spellings: [
      'awsmarketplaceproduct',
      'marketplaceproduct',
      'marketplaceproducts',
      'marketplacelisting',
      'awsmarketplacelisting',
      'saasproduct',
      'amiproduct',
    ],
    suggestedFor: [],
    shape: { kind: 'arn', segment: /^[A-Za-z]*Product$/, prefix: 'prod' },
    example: 'arn:aws:aws-marketplace:…:AWSMarketplace/SaaSProduct/prod-…',
    most: 10,
    place: 'marketplace_products',
    last: 'solution',
    hasNames: false,
  },
};

/** Whether stages Committed and Launched need one of the group (developer guide). */
const IS_NEEDED: Readonly<Record<LastGroup, boolean>> = {
  solution: true,
  aws_product: false,
  offer: false,
  offer_set: false,
};

/** Whether an opportunity needs an entity of the type, or of one that counts as one with it. */
export function isNeeded(type: EntityType): boolean {
  return IS_NEEDED[ENTITY_TYPE_RULES[type].last];
}

/** The types that take their place on an opportunity from the same ones: itself, and perhaps others. */
export function typesSharingPlace(type: EntityType): readonly EntityType[] {
  const { place } = ENTITY_TYPE_RULES[type];
  return ENTITY_TYPES.filter((other) => ENTITY_TYPE_RULES[other].place === place);
}

/** The types that count as one with this one where an opportunity's last is concerned: itself, and perhaps others. */
export function typesSharingLast(type: EntityType): readonly EntityType[] {
  const { last } = ENTITY_TYPE_RULES[type];
  return ENTITY_TYPES.filter((other) => ENTITY_TYPE_RULES[other].last === last);
}

/** Whether nothing about an identifier of the type tells its type. */
export function isCode(type: EntityType): boolean {
  return ENTITY_TYPE_RULES[type].shape.kind === 'code';
}
