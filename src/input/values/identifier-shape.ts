import { ENTITY_TYPES, type EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES, type IdentifierShape } from '../../model/entity-types.ts';
import { assertNever } from '../../model/fault.ts';
import { excelDamage } from './excel-damage.ts';
import { rightSpelling } from './product-codes.ts';

const OPPORTUNITY = /^O[0-9]{1,19}$/i;
/**
 * Any tail will do: older products end in a UUID, and the service model has `.*` there. A revision (`@1`), which the
 * Marketplace Catalog adds, is no part of an ARN.
 */
const MARKETPLACE_ARN =
  /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:(?:AWSMarketplace\/)?([A-Za-z]+)\/([A-Za-z0-9._~+=/-]+)$/;

type ShapeOf<Kind> = Extract<IdentifierShape, { readonly kind: Kind }>;

function shaped<Kind extends IdentifierShape['kind']>(
  kind: Kind,
): { type: EntityType; shape: ShapeOf<Kind> }[] {
  return ENTITY_TYPES.flatMap((type) => {
    const { shape } = ENTITY_TYPE_RULES[type];
    // The kind tells the shape.
    return shape.kind === kind ? [{ type, shape: shape as ShapeOf<Kind> }] : [];
  });
}

const NUMBERED = shaped('numbered').map(({ type, shape: { prefix } }) => ({
  type,
  prefix,
  pattern: new RegExp(`^${prefix}[0-9]{1,19}$`),
}));
/** By the word an identifier begins with, and the segment that its ARN then has. */
const MARKETPLACE = new Map(
  shaped('arn').map(({ type, shape: { prefix, segment } }) => [prefix, { type, segment }]),
);
const MARKETPLACE_TYPES = [...MARKETPLACE.values()];
const BARE = new RegExp(`^(${[...MARKETPLACE.keys()].join('|')})-[A-Za-z0-9-]+$`);

/** The type that an identifier's shape leaves no doubt about; a product code's never does. */
export function typeOfShape(identifier: string): EntityType | undefined {
  // Beginnings first: most values of a file need none of the patterns.
  if (identifier.startsWith('arn:')) {
    const arn = MARKETPLACE_ARN.exec(identifier);
    return arn === null ? undefined : typeOfArn(arn[1] ?? '', arn[2] ?? '');
  }
  for (const { type, prefix, pattern } of NUMBERED) {
    if (identifier.startsWith(prefix)) return pattern.test(identifier) ? type : undefined;
  }
  return typeOfBare(identifier);
}

/**
 * Whether an identifier can be of a type: the service does not check it, so this tool does. A product code
 * has no documented pattern: any word may be one that is not plainly something else.
 */
export function fitsType(identifier: string, type: EntityType): boolean {
  const told = typeOfShape(identifier);
  if (told !== undefined) return told === type;
  const { shape } = ENTITY_TYPE_RULES[type];
  switch (shape.kind) {
    case 'numbered':
      return shape.words.includes(identifier);
    case 'code':
      return mayBeProductCode(identifier);
    case 'arn':
      return false;
    default:
      return assertNever(shape);
  }
}

const AWS_NAME = /^(Amazon|AWS)[A-Za-z0-9]+$/;
/** A mark at the end is a sentence's, or a list's. */
const CODE = /^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Words that people write where there is no code, and about rows. */
const NO_CODE =
  /^(n\/?a|nan|none|null|nil|undefined|empty|blank|missing|error|tb[acd]|unknown|yes|no|true|false|x|keep|skip|remove|delete|total|sum|count|offers?|solutions?|products?)$/i;
/** A solution's or an opportunity's number without its sign, and what Excel makes of a date. */
const OTHERS_NUMBER =
  /^([SO][-_#:]?[0-9]{3,}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2,4}|[0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-[0-9]{2,4})?)$/i;

/** Whether a value is what people write where there is no entity, or about a row. */
export function isPlaceholder(value: string): boolean {
  return NO_CODE.test(value);
}

function mayBeProductCode(value: string): boolean {
  if (rightSpelling(value) !== undefined) return false;
  // As nearly all of them are.
  if (AWS_NAME.test(value)) return true;
  if (!CODE.test(value) || OPPORTUNITY.test(value) || NO_CODE.test(value)) return false;
  if (OTHERS_NUMBER.test(value)) return false;
  return excelDamage(value) === undefined;
}

/** Whether a word is made as AWS's own names for its products are, such as `AmazonEC2`. */
export function looksLikeProductCode(value: string): boolean {
  return AWS_NAME.test(value);
}

/** Whether it could be an identifier of any type: what tells a column of identifiers from one of names. */
export function looksLikeIdentifier(value: string): boolean {
  return typeOfShape(value) !== undefined;
}

export function looksLikeOpportunity(value: string): boolean {
  return OPPORTUNITY.test(value);
}

/** The segment tells it; a tail that begins as one of another type's contradicts it. */
function typeOfArn(segment: string, tail: string): EntityType | undefined {
  const told = MARKETPLACE_TYPES.find((known) => known.segment.test(segment))?.type;
  const begun = MARKETPLACE.get(tail.slice(0, tail.indexOf('-')))?.type;
  return begun === undefined || begun === told ? told : undefined;
}

function typeOfBare(identifier: string): EntityType | undefined {
  const prefix = BARE.exec(identifier)?.[1];
  return prefix === undefined ? undefined : MARKETPLACE.get(prefix)?.type;
}
