import { ENTITY_ID_MAX_LENGTH, type EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES, isCode } from '../../model/entity-types.ts';
import type { Problem, RowField } from '../../model/problem.ts';
import { parseEntityType } from './entity-type.ts';
import { excelDamage } from './excel-damage.ts';
import { fitsType, looksLikeOpportunity, looksLikeProductCode, typeOfShape } from './identifier-shape.ts';
import { identifiersIn } from './identifiers-in.ts';
import { HIDDEN, PLAIN } from './plain-characters.ts';
import { rightSpelling } from './product-codes.ts';
import { showValue } from './show-value.ts';
import { isSuggestible, numbersOf, suggestIdentifier, suggestOpportunity } from './suggestions.ts';

type IdentifierField = Extract<RowField, 'entity' | 'replacement'>;

/** The problem of a value that is no opportunity's identifier. */
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

/** The problem of a type cell that holds no type. */
export function typeProblem(value: string, identifier: string): Problem {
  const field = 'type';
  if (value === '') {
    const message =
      identifier === ''
        ? 'The entity type is missing.'
        : `No entity type is given, and ${showValue(identifier)} does not tell its own: write it in a column of types, or name one type for all rows (the option entity-type).`;
    const meant = suggestIdentifier(identifier, undefined);
    const isWithin = identifier.split(/[^A-Za-z0-9:/-]+/).some((word) => typeOfShape(word) !== undefined);
    return meant === undefined && !isWithin
      ? { kind: 'type_missing', field, message }
      : {
          kind: 'entity_pattern',
          field: 'entity',
          message: `${showValue(identifier)} is no identifier as it stands, and no entity type is given.`,
          ...(meant !== undefined && { suggestion: meant }),
        };
  }
  if (value.includes('\ufffd')) return undecodable(value, field);
  const parsed = parseEntityType(value);
  const suggestion = typeof parsed === 'string' ? parsed : (typeOfShape(identifier) ?? parsed.suggestion);
  const message = `${showValue(value)} is not an entity type.`;
  return { kind: 'type_unknown', field, message, ...(suggestion !== undefined && { suggestion }) };
}

/** The problem of a value that is no identifier of a type (of any, where `type` is not known); `undefined` of one that is. */
export function identifierProblem(
  value: string,
  type: EntityType | undefined,
  field: IdentifierField,
  { maySplit = false }: { readonly maySplit?: boolean } = NOT_SPLIT,
): Problem | undefined {
  if (type !== undefined && value.length <= ENTITY_ID_MAX_LENGTH && isPlainly(value, type)) return undefined;
  if (value === '') {
    return { kind: `${field}_missing`, field, message: `The ${nounOf(field)} is missing.` };
  }
  if (value.includes('\ufffd')) return undecodable(value, field);
  if (value.length > ENTITY_ID_MAX_LENGTH) {
    const message = `The ${nounOf(field)} has ${value.length} characters; the service takes ${ENTITY_ID_MAX_LENGTH}: ${showValue(value)}.`;
    return { kind: `${field}_too_long`, field, message };
  }
  const several = identifiersIn(value);
  if (several.length === 1 && several[0] !== value) {
    return besideSeparator(value, { only: several[0] ?? '', type, field });
  }
  if (several.length > 1) {
    const problem = severalProblem(value, { parts: several, type, field, maySplit });
    if (problem !== undefined) return problem;
  }
  if (!PLAIN.test(value) && HIDDEN.test(value)) return hiddenProblem(value, type, field);
  return type === undefined || fitsType(value, type) ? undefined : mismatch(value, type, field);
}

const NOT_SPLIT = {};

/** Whether a value says itself that it is of a type: it is then plain ASCII from end to end, and needs no further look. */
function isPlainly(value: string, type: EntityType): boolean {
  if (!isCode(type)) return typeOfShape(value) === type;
  return looksLikeProductCode(value) && rightSpelling(value) === undefined;
}

function besideSeparator(
  value: string,
  {
    only,
    type,
    field,
  }: { readonly only: string; readonly type: EntityType | undefined; readonly field: IdentifierField },
): Problem {
  const message = `${showValue(value)} has a separator beside the identifier.`;
  const suggestion = isSuggestible(only, type) ? { suggestion: only } : {};
  return { kind: `${field}_pattern`, field, message, ...suggestion };
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

function hiddenProblem(value: string, type: EntityType | undefined, field: IdentifierField): Problem {
  const suggestion = suggestIdentifier(value, type);
  return {
    kind: `${field}_hidden_character`,
    field,
    message: `${showValue(value)} holds a character that can't be seen.`,
    ...(suggestion !== undefined && { suggestion }),
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
  const { shape: asked, example } = ENTITY_TYPE_RULES[type];
  const lost =
    asked.kind === 'numbered' && /^\d+$/.test(value)
      ? `; "${asked.prefix}" is missing, and zeros before the digits may have been lost to Excel`
      : '';
  const as = field === 'replacement' ? 'The replacement ' : '';
  const message = `${as}${showValue(value)} is not an identifier of type ${type} (${example})${seems}${lost}.`;
  return { kind: `type_${field}_mismatch`, field, message, ...(suggestion !== undefined && { suggestion }) };
}

function undecodable(value: string, field: Exclude<RowField, 'row'>): Problem {
  const message = `${showValue(value)} holds characters that could not be decoded: they are lost in the file, or the encoding is not the one it was written in.`;
  return { kind: `${field}_undecodable`, field, message };
}

function explainOpportunity(value: string): string {
  if (HIDDEN.test(value)) return ": it holds a character that can't be seen";
  if (numbersOf(value) > 1) return ': it holds several; give each a row of its own';
  if (/^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(value)) return ': it is a Salesforce record id';
  if (/^[0-9]+$/.test(value)) return ': the letter O is missing';
  if (/^o[0-9]{1,19}$/.test(value)) return ': the letter is a small one';
  if (typeOfShape(value) !== undefined) return ": it is an entity's";
  return '';
}

function nounOf(field: IdentifierField): string {
  return field === 'entity' ? 'entity identifier' : 'replacement';
}
