import type { ColumnRole } from '../../model/advice.ts';
import type { EntityType } from '../../model/entity.ts';
import { foldName } from '../values/fold-name.ts';

/** The columns that are looked for. */
export type Role = ColumnRole;

interface KnownName {
  /** A weak name needs the content to agree: `Id`, `Type`. */
  readonly weak: boolean;
  /** The type of identifier that the name speaks of. */
  readonly tells?: EntityType | undefined;
}

/** Names seen in exports of Partner Central, ACE, Salesforce connectors and people's own sheets. */
const OPPORTUNITY_NAMES = [
  'Opportunity Identifier',
  'Opportunity id',
  'Opportunity',
  'Opportunity number',
  'Opportunity no',
  'Opp id',
  'AWS Opportunity ID',
  'AWS Opportunity Identifier',
  'AWS Opp ID',
  'ACE Opportunity ID',
  'ACE Opportunity Identifier',
  'ACE OPP ID',
  'ACE ID',
  'APN Opportunity Identifier',
  'APN CRM ID',
  'APN CRM Unique Identifier',
  'awsapn__APN_CRM_Id__c',
  'awsapn__APN_CRM_Unique_Identifier__c',
  'Partner Central Opportunity ID',
  // The same in other languages, as spreadsheets of AWS partners have it.
  'Opportunitäts-ID',
  'Opportunity-Nummer',
  'ID der Opportunity',
  "ID de l'opportunité",
  "Identifiant de l'opportunité",
  'ID opportunité',
  'ID de oportunidad',
  'ID de la oportunidad',
  'ID oportunidad',
  'ID da oportunidade',
  'ID oportunidade',
  'ID opportunità',
  '商談ID',
  '案件ID',
  '商机ID',
  '기회 ID',
];

const ENTITY_NAMES = [
  'Related Entity Identifier',
  'Related Entity ID',
  'Related Entity',
  'Entity Identifier',
  'Entity ID',
  'Offering ID',
];

const ENTITY_NAMES_BY_TYPE: Readonly<Record<EntityType, readonly string[]>> = {
  Solutions: [
    'Solution Offered',
    'Solutions Offered',
    'Solution ID',
    'Solution IDs',
    'Solution Identifier',
    'AWS Solution ID',
    'ACE Solution ID',
    'Partner Solution ID',
    'Related Entity Identifiers Solutions',
    'Lösungs-ID',
    'ID de solución',
    'ID de la solution',
    'ID da solução',
  ],
  AwsProducts: [
    'AWS Products',
    'AWS Product',
    'AWS Product Code',
    'AWS Product Codes',
    'AWS Product ID',
    'Related Entity Identifiers Aws Products',
  ],
  AwsMarketplaceOffers: [
    'Offer ID',
    'AWS Marketplace offer',
    'AWS Marketplace offers',
    'AWS Marketplace Offer ID',
    'AWS Marketplace Offer ARN',
    'Marketplace Offer ID',
    'Offer ARN',
    'Related Entity Identifiers Aws Marketplace Offers',
  ],
  AwsMarketplaceOfferSets: [
    'Offer Set ID',
    'AWS Marketplace Offer Set',
    'AWS Marketplace Offer Set ID',
    'Related Entity Identifiers Aws Marketplace Offer Sets',
  ],
  AwsMarketplaceSolutions: [
    'AWS Marketplace Solution',
    'AWS Marketplace Solution ID',
    'Related Entity Identifiers Aws Marketplace Solutions',
  ],
  AwsMarketplaceProducts: [
    'AWS Marketplace Product',
    'AWS Marketplace Product ID',
    'Related Entity Identifiers Aws Marketplace Products',
  ],
};

const TYPE_NAMES = ['Related Entity Type', 'Entity Type', 'Type of entity', 'Related Type'];

const REPLACEMENT_NAMES = [
  'Replacement',
  'Replacement ID',
  'Replacement Identifier',
  'Replacement Entity',
  'Replacement Entity ID',
  'Replacement Entity Identifier',
  'Replacement Related Entity Identifier',
  'Replacement Solution',
  'Replacement Solution ID',
  'Replacement Solution Identifier',
  'Replacement Product',
  'Replacement Product Code',
  'Replacement Offer',
  'Replacement Offer ID',
  'Replace with',
  'Replaced by',
  'New Entity ID',
  'New Entity Identifier',
  'New Related Entity Identifier',
  'New Solution',
  'New Solution ID',
  'New Solution Identifier',
  'New Product Code',
  'New Offer ID',
];

/** Names that say little: taken only where the cells below agree. */
const WEAK_NAMES: Readonly<Record<Role, readonly string[]>> = {
  opportunity: ['Id', 'Identifier', 'Opp', 'Opportunities', 'Number'],
  type: [
    'Type',
    'Kind',
    'Entity kind',
    'Related Entity Kind',
    'Typ',
    'Tipo',
    'Entitätstyp',
    'Typ der Entität',
  ],
  entity: [
    'Entity',
    'Id',
    'Identifier',
    'ARN',
    'Code',
    'Solution',
    'Solutions',
    'Solution Number',
    'Solution No',
    'Solution Nr',
    'Partner Solution',
    'Offer',
    'Offers',
    'Product',
    'Products',
    'Product Code',
    'Product ID',
    'Offering',
    'Solution ARN',
    'Product ARN',
  ],
  replacement: [],
};

export const ANOTHER_OPPORTUNITY = 'another opportunity';

/** Names that resemble an opportunity's and hold something else, and what that is. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    ['APN Opportunity ID', 'a Salesforce record id'],
    ['Parent Opportunity ID', ANOTHER_OPPORTUNITY],
    ['Parent Opportunity', ANOTHER_OPPORTUNITY],
    ['Parent Opportunity Identifier', ANOTHER_OPPORTUNITY],
    ['Partner CRM Unique Identifier', "the partner's own CRM id"],
    ['Partner Opportunity Identifier', "the partner's own CRM id"],
    ['Partner Opportunity ID', "the partner's own CRM id"],
    ['Salesforce Opportunity ID', 'a Salesforce record id'],
  ].map(([name = '', holds = '']) => [foldName(name), holds]),
);

const KNOWN: Readonly<Record<Role, ReadonlyMap<string, KnownName>>> = {
  opportunity: knownNames('opportunity', OPPORTUNITY_NAMES, {}),
  type: knownNames('type', TYPE_NAMES, {}),
  entity: knownNames('entity', ENTITY_NAMES, ENTITY_NAMES_BY_TYPE),
  replacement: knownNames('replacement', REPLACEMENT_NAMES, {}),
};

/** The name that a header cell is known by in a role; `undefined` where it does not speak of that role. */
export function knownName(header: string, role: Role): KnownName | undefined {
  const known = KNOWN[role];
  const folded = foldName(header);
  // `RelatedEntityIdentifiers.Solutions[0]`: a flattened list numbers its columns.
  return (
    known.get(folded) ?? (/\[\d+\]\s*$/.test(header) ? known.get(folded.replace(/\d+$/, '')) : undefined)
  );
}

/** The true content of a column with a misleading name; `undefined` where the name does not mislead. */
export function lookAlike(header: string): string | undefined {
  return LOOK_ALIKES.get(foldName(header));
}

function knownNames(
  role: Role,
  names: readonly string[],
  byType: Readonly<Partial<Record<EntityType, readonly string[]>>>,
): ReadonlyMap<string, KnownName> {
  const known = new Map<string, KnownName>();
  for (const name of WEAK_NAMES[role]) known.set(foldName(name), { weak: true });
  for (const name of names) known.set(foldName(name), { weak: false });
  for (const [type, typed] of Object.entries(byType)) {
    // Object.entries widens the keys of a record of entity types to strings.
    for (const name of typed) known.set(foldName(name), { weak: false, tells: type as EntityType });
  }
  return known;
}
