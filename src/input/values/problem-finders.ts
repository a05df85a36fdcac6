import { ENTITY_ID_MAX_LENGTH, parseOpportunityId, type EntityType } from '../../model/entity.ts';
import type { Problem, RowField } from '../../model/row.ts';
import { cleanValue } from './clean-value.ts';
import { parseEntityType } from './entity-type.ts';
import { excelDamage } from './excel-damage.ts';
import { exampleOf, fitsType, looksLikeOpportunity, typeOfShape } from './identifier-shape.ts';
import { identifiersIn } from './identifiers-in.ts';
import { showValue } from './show-value.ts';

type IdentifierField = Extract<RowField, 'entity' | 'replacement'>;

/**
 * Characters that no one sees or no one means: in the middle of an identifier they make it another. Controls, what
 * is ignored where it is shown, all white space but the plain one, the blank of Braille, and what has no meaning.
 */
const HIDDEN_ALL =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
const HIDDEN = new RegExp(HIDDEN_ALL, 'u');
/** Spares nearly all values the look for those. */
const PLAIN = /^[!-~]*$/;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** What keeps a value from being an opportunity's identifier; called where it is none. */
export function opportunityProblem(value: string): Problem {
  const field = 'opportunity';
  if (value === '')
    return {
      kind: 'opportunity_missing',
      field,
      message: 'The opportunity is missing; where cells were merged in the spreadsheet, fill each row.',
    };
  if (value.includes('\ufffd')) return undecodable(value, field);
  const damage = excelDamage(value);
  if (damage !== undefined) {
    return { kind: 'opportunity_damaged', field, message: `${showValue(value)} ${damage}.` };
  }
  const suggestion = suggestOpportunity(value);
  const message = `${showValue(value)} is not an opportunity's identifier (the letter O and 1 to 19 digits)${explainOpportunity(value)}.`;
  return { kind: 'opportunity_pattern', field, message, ...(suggestion !== undefined && { suggestion }) };
}

/** What keeps a type cell from being a type; called where it is none. */
export function typeProblem(value: string, identifier: string): Problem {
  const field = 'type';
  if (value === '') {
    const message =
      identifier === ''
        ? 'The entity type is missing.'
        : `No entity type is given, and ${showValue(identifier)} does not tell its own: add a column of types, or name one type for all (the option entity-type).`;
    const meant = suggestIdentifier(identifier, 'Solutions');
    return meant === undefined
      ? { kind: 'type_missing', field, message }
      : {
          kind: 'entity_pattern',
          field: 'entity',
          message: `${showValue(identifier)} is no identifier as it stands, and no entity type is given.`,
          suggestion: meant,
        };
  }
  if (value.includes('\ufffd')) return undecodable(value, field);
  const parsed = parseEntityType(value);
  const suggestion = typeof parsed === 'string' ? parsed : (parsed.suggestion ?? typeOfShape(identifier));
  const message = `${showValue(value)} is not an entity type.`;
  return { kind: 'type_unknown', field, message, ...(suggestion !== undefined && { suggestion }) };
}

/** What keeps a value from being an identifier of a type (of any, where `type` is not known); `undefined` if nothing. */
export function identifierProblem(
  value: string,
  type: EntityType | undefined,
  field: IdentifierField,
  { maySplit = false }: { readonly maySplit?: boolean } = {},
): Problem | undefined {
  // A shape is plain ASCII from end to end: what has one needs no further look.
  if (type !== undefined && value.length <= ENTITY_ID_MAX_LENGTH && typeOfShape(value) === type)
    return undefined;
  if (value === '') {
    return { kind: `${field}_missing`, field, message: `The ${nounOf(field)} is missing.` };
  }
  if (value.includes('\ufffd')) return undecodable(value, field);
  if (value.length > ENTITY_ID_MAX_LENGTH) {
    const message = `The ${nounOf(field)} has ${value.length} characters; the service takes ${ENTITY_ID_MAX_LENGTH}: ${showValue(value)}.`;
    return { kind: `${field}_too_long`, field, message };
  }
  const several = identifiersIn(value);
  if (several.length === 1 && several[0] !== value) return besideSeparator(value, several[0] ?? '', field);
  if (several.length > 1) {
    const problem = severalProblem(value, { parts: several, type, field, maySplit });
    if (problem !== undefined) return problem;
  }
  if (!PLAIN.test(value) && HIDDEN.test(value)) return hiddenProblem(value, field);
  return type === undefined || fitsType(value, type) ? undefined : mismatch(value, type, field);
}

function besideSeparator(value: string, suggestion: string, field: IdentifierField): Problem {
  const message = `${showValue(value)} has a separator beside the identifier.`;
  return { kind: `${field}_pattern`, field, message, suggestion };
}

/** Where no part is an identifier, they are not several. */
function severalProblem(
  value: string,
  {
    parts,
    type,
    field,
    maySplit,
  }: {
    readonly parts: readonly string[];
    readonly type: EntityType | undefined;
    readonly field: IdentifierField;
    readonly maySplit: boolean;
  },
): Problem | undefined {
  const isIdentifier = (part: string): boolean =>
    type === undefined ? typeOfShape(part) !== undefined : fitsType(part, type);
  const others = parts.filter((part) => !isIdentifier(part));
  if (others.length === parts.length) return undefined;
  const [other] = others;
  const advice = maySplit
    ? 'the option split makes one call for each; or give each a row of its own'
    : 'give each a row of its own';
  const message =
    other === undefined
      ? `${showValue(value)} holds ${parts.length} identifiers in one cell: ${advice}.`
      : `${showValue(value)} holds several values in one cell, and ${showValue(other)} is no identifier${type === undefined ? '' : ` of type ${type}`}: nothing of it is sent until that is corrected.`;
  return { kind: `${field}_several`, field, message };
}

function hiddenProblem(value: string, field: IdentifierField): Problem {
  return {
    kind: `${field}_hidden_character`,
    field,
    message: `${showValue(value)} holds a character that can't be seen.`,
    suggestion: value.replaceAll(HIDDEN_ALL, ''),
  };
}

function mismatch(value: string, type: EntityType, field: IdentifierField): Problem {
  const damage = excelDamage(value);
  if (damage !== undefined)
    return { kind: `${field}_damaged`, field, message: `${showValue(value)} ${damage}.` };
  const suggestion = suggestIdentifier(value, type);
  const shape = typeOfShape(value);
  const seems = looksLikeOpportunity(value)
    ? "; it is an opportunity's"
    : shape === undefined
      ? ''
      : `; its shape is that of ${shape}`;
  const lost =
    type === 'Solutions' && /^\d+$/.test(value)
      ? '; "S-" is missing, and zeros before the digits may have been lost to Excel'
      : '';
  const message = `${showValue(value)} is not an identifier of type ${type} (${exampleOf(type)})${seems}${lost}.`;
  return { kind: `type_${field}_mismatch`, field, message, ...(suggestion !== undefined && { suggestion }) };
}

function undecodable(value: string, field: Exclude<RowField, 'row'>): Problem {
  const message = `${showValue(value)} holds characters that could not be decoded: they are lost in the file, or the encoding is not the one it was written in.`;
  return { kind: `${field}_undecodable`, field, message };
}

/** What may stand behind an identifier in a text; all else might go on with it. */
const NO_FURTHER = String.raw`(?=[)\].;,:?!]*$|\s*[-\u2013(]\s|\s*\(|[)\]:]?\s+[A-Za-z])`;
/** The letter O, perhaps twice or with a sign behind it, and digits. */
const OPPORTUNITY_WITHIN = new RegExp(`(?<![A-Za-z0-9])O{1,2}[-#:_ ]{0,2}([0-9]{1,19})${NO_FURTHER}`, 'gi');
const SOLUTION_WITHIN = new RegExp(`(?<![A-Za-z0-9])S-([0-9]{1,19})${NO_FURTHER}`, 'gi');
/** `O1,234,568`, `O 123 456`: an O-number written as a number is. */
const GROUPED = /^O ?[0-9]{1,3}(?:([,.' ])[0-9]{3})(?:\1[0-9]{3})*$/i;
/** `S-0012 345`; what is longer, such as `S-0012345 2024`, is a number and another. */
const TORN = /^S-(?=(?: ?[0-9]){1,7}$)/i;

/** What was probably meant. What only might go on, such as `O12345/6`, suggests nothing: it would be another's. */
function suggestOpportunity(value: string): string | undefined {
  if (HIDDEN.test(value)) return parseOpportunityId(value.replaceAll(HIDDEN_ALL, ''));
  const plain = seenAsAscii(value);
  if (GROUPED.test(plain)) return `O${plain.replaceAll(/[^0-9]/g, '')}`;
  const inside = [...plain.matchAll(OPPORTUNITY_WITHIN)];
  if (inside.length === 1 && numbersOf(plain) === 1) return `O${inside[0]?.[1] ?? ''}`;
  const digits = /^0?([1-9][0-9]{0,18})$/.exec(plain)?.[1];
  return digits === undefined ? undefined : `O${digits}`;
}

/** How many opportunities' numbers a text holds, whatever stands behind them. */
function numbersOf(plain: string): number {
  return [...plain.matchAll(/(?<![A-Za-z0-9])O{1,2}[-#:_ ]{0,2}[0-9]+/gi)].length;
}

function explainOpportunity(value: string): string {
  if (numbersOf(value) > 1) return ': it holds several; give each a row of its own';
  if (/^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(value)) return ': it is a Salesforce record id';
  if (/^[0-9]+$/.test(value)) return ': the letter O is missing';
  if (/^o[0-9]{1,19}$/.test(value)) return ': the letter is a small one';
  if (typeOfShape(value) !== undefined) return ": it is an entity's";
  return '';
}

/** What was probably meant: the same in plain characters, if that is an identifier of the type. */
export function suggestIdentifier(value: string, type: EntityType): string | undefined {
  // What has the shape of another type is one of that type, and an opportunity's is none of an entity.
  if (typeOfShape(value) !== undefined || looksLikeOpportunity(value)) return undefined;
  const plain = seenAsAscii(value);
  const joined = /[0-9] +[0-9]/.test(plain) && !TORN.test(plain) ? plain : plain.replaceAll(' ', '');
  return [...candidatesFor(joined, type), ...within(plain, type)].find(
    (candidate) => candidate !== value && fitsType(candidate, type),
  );
}

function candidatesFor(plain: string, type: EntityType): readonly string[] {
  // Any word would do for a product: only what says that it is one of AWS's.
  if (type === 'AwsProducts') return /^(Amazon|AWS)[A-Za-z0-9]+$/.test(plain) ? [plain] : [];
  if (type !== 'Solutions') return [plain, plain.toLowerCase()];
  const padded = plain.replace(/^S?[-_#:]?([0-9O]{1,19})(\.0)?$/i, (_, digits: string) => {
    return `S-${digits.replaceAll(/O/gi, '0').padStart(7, '0')}`;
  });
  return [plain.toUpperCase(), padded, ...(/^other$/i.test(plain) ? ['Other'] : [])];
}

/** The one solution that a text names: `S-0012345 - Acme Cloud`, `(S-0012345)`. */
function within(plain: string, type: EntityType): readonly string[] {
  if (type !== 'Solutions') return [];
  const found = [...plain.matchAll(SOLUTION_WITHIN)];
  return found.length === 1 && !/[;/|]/.test(plain) ? [`S-${found[0]?.[1] ?? ''}`] : [];
}

/** Look-alike characters (full-width forms, typographic dashes, Cyrillic and Greek letters) as ASCII. */
function seenAsAscii(value: string): string {
  const start = value.slice(0, ENTITY_ID_MAX_LENGTH);
  if (PLAIN.test(start)) return cleanValue(start);
  return cleanValue(
    start
      .normalize('NFKC')
      .replaceAll(HIDDEN_ALL, ' ')
      .replaceAll(DASHES, '-')
      .replaceAll(/[\u041e\u039f]/g, 'O')
      .replaceAll(/[\u043e\u03bf]/g, 'o')
      .replaceAll('\u0405', 'S'),
  );
}

function nounOf(field: IdentifierField): string {
  return field === 'entity' ? 'entity identifier' : 'replacement';
}
