import { ENTITY_TYPES, type EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES, isCode } from '../../model/entity-types.ts';
import { assertNever } from '../../model/fault.ts';
import { fitsType, looksLikeOpportunity, looksLikeProductCode, typeOfShape } from './identifier-shape.ts';
import { seenAsAscii } from './plain-characters.ts';
import { rightSpelling } from './product-codes.ts';

/** Text that may stand behind an identifier; any other might go on with it. */
const NO_FURTHER = String.raw`(?=[)\].;,:?!]*$|\s*[-\u2013(]\s|\s*\(|[)\]:]?\s+[A-Za-z])`;
/** The letter O, perhaps twice or with a sign behind it, and digits. */
const OPPORTUNITY_WITHIN = new RegExp(`(?<![A-Za-z0-9])O{1,2}[-#:_ ]{0,2}([0-9]{1,19})${NO_FURTHER}`, 'gi');
const SOLUTION_WITHIN = new RegExp(`(?<![A-Za-z0-9])S-([0-9]{1,19})${NO_FURTHER}`, 'gi');
/** `O1,234,568`, `O 123 456`: an O-number written as a number is. */
const GROUPED = /^O ?[0-9]{1,3}(?:([,.' ])[0-9]{3})(?:\1[0-9]{3})*$/i;
/** `S-0012 345`; what is longer, such as `S-0012345 2024`, is a number and another. */
const TORN = /^S-(?=(?: ?[0-9]){1,7}$)/i;

/** Signs that say nothing about what stands between them. */
const MARKS = String.raw`[\s.,:?()[\]{}"'#_-]*`;
const ONLY_MARKS = new RegExp(`^${MARKS}$`);
/** The page that an identifier is the last part of, or the kind of thing that it is of. */
const LABEL =
  /^(https?:\/\/\S*\/|(aws|ace|apn)?\s*(opportunity|opp|solution|entity|product|offer)?\s*(identifier|id|number|nr|no\.)?(?=[\s:#.]))/i;

/** The opportunity that was probably meant. A value that might go on, such as `O12345/6`, suggests none: it would be another's. */
export function suggestOpportunity(value: string): string | undefined {
  const plain = seenAsAscii(value);
  if (plain === undefined) return undefined;
  if (GROUPED.test(plain)) return `O${plain.replaceAll(/[^0-9]/g, '')}`;
  const inside = [...plain.matchAll(OPPORTUNITY_WITHIN)];
  if (inside.length === 1 && numbersOf(plain) === 1 && saysNoMore(plain, inside[0]))
    return `O${inside[0]?.[1] ?? ''}`;
  const digits = /^0?([1-9][0-9]{0,18})$/.exec(plain)?.[1];
  return digits === undefined ? undefined : `O${digits}`;
}

/**
 * Whether nothing is said about an identifier but, before it, of which kind it is: words may say that it is not the one
 * (`not S-0000001`, `S-0000001 - do not remove`), and so may signs (`~~S-0000001~~`, `S-0000001 → …`).
 */
function saysNoMore(plain: string, found: RegExpMatchArray | undefined): boolean {
  if (found === undefined) return false;
  const before = plain.slice(0, found.index).replace(LABEL, '');
  return ONLY_MARKS.test(before) && ONLY_MARKS.test(plain.slice((found.index ?? 0) + found[0].length));
}

/** How many opportunities' numbers a text holds, whatever stands behind them. */
export function numbersOf(plain: string): number {
  return [...plain.matchAll(/(?<![A-Za-z0-9])O{1,2}[-#:_ ]{0,2}[0-9]+/gi)].length;
}

/** The identifier that was probably meant, whole and of the type; where that is not known, of the only one it fits. */
export function suggestIdentifier(value: string, type: EntityType | undefined): string | undefined {
  if (type !== undefined) return suggestionOf(value, type);
  const [only, other] = ENTITY_TYPES.flatMap((one) => suggestionOf(value, one) ?? []);
  return other === undefined ? only : undefined;
}

/** Whether a value may be suggested: of product codes, any word would do, so only what says that it is one of AWS's. */
export function isSuggestible(value: string, type: EntityType | undefined): boolean {
  if (type === undefined) return typeOfShape(value) !== undefined;
  return isCode(type) ? looksLikeProductCode(value) : fitsType(value, type);
}

function suggestionOf(value: string, type: EntityType): string | undefined {
  // What has the shape of another type is one of that type, and an opportunity's is none of an entity.
  if (typeOfShape(value) !== undefined || looksLikeOpportunity(value)) return undefined;
  const plain = seenAsAscii(value);
  if (plain === undefined) return undefined;
  const joined = /[0-9] +[0-9]/.test(plain) && !TORN.test(plain) ? plain : plain.replaceAll(' ', '');
  return [...candidatesFor(joined, type), ...within(plain, type)].find(
    (candidate) => candidate !== value && isSuggestible(candidate, type),
  );
}

function candidatesFor(plain: string, type: EntityType): readonly string[] {
  const { shape } = ENTITY_TYPE_RULES[type];
  switch (shape.kind) {
    case 'numbered':
      return numberedCandidates(plain);
    case 'code':
      return [inRightSpelling(plain.replace(TRAILING_MARKS, ''))];
    case 'arn':
      return [plain, plain.toLowerCase(), plain.replace(REVISION, '')];
    default:
      return assertNever(shape);
  }
}

function inRightSpelling(code: string): string {
  return rightSpelling(code) ?? code;
}

/** As a sentence or a list leaves behind a word. */
const TRAILING_MARKS = /[._-]+$/;

/** As the Marketplace Catalog adds one to an ARN. */
const REVISION = /@[0-9]+$/;

function numberedCandidates(plain: string): readonly string[] {
  const padded = plain.replace(/^S?[-_#:]?([0-9O]{1,19})(\.0)?$/i, (_, digits: string) => {
    return `S-${digits.replaceAll(/O/gi, '0').padStart(7, '0')}`;
  });
  return [plain.toUpperCase(), padded, ...(/^other$/i.test(plain) ? ['Other'] : [])];
}

/** The one identifier that a text names: `S-0012345 - Acme Cloud`, `(S-0012345)`, `["AmazonEC2"]`. */
function within(plain: string, type: EntityType): readonly string[] {
  const { kind } = ENTITY_TYPE_RULES[type].shape;
  switch (kind) {
    case 'numbered': {
      const found = [...plain.matchAll(SOLUTION_WITHIN)];
      return found.length === 1 && saysNoMore(plain, found[0]) ? [`S-${found[0]?.[1] ?? ''}`] : [];
    }
    case 'code':
      return (MARKED_CODE.exec(plain)?.slice(1, 2) ?? []).map(inRightSpelling);
    case 'arn':
      return [];
    default:
      return assertNever(kind);
  }
}

/** A code with nothing around it but marks, or the address of a page before it. */
const MARKED_CODE = new RegExp(
  String.raw`^(?:https?:\/\/\S*\/|${MARKS})((?:Amazon|AWS)[A-Za-z0-9]+)${MARKS}$`,
);
