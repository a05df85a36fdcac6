import { ENTITY_ID_MAX_LENGTH, type EntityType } from '../model/entity.ts';
import type { Problem, RowField } from '../model/row.ts';
import { cleanValue } from './clean-value.ts';
import { parseEntityType } from './entity-type.ts';
import { excelDamage } from './excel-damage.ts';
import { exampleOf, fitsType, typeOfShape } from './identifier-shape.ts';
import { identifiersIn } from './identifiers-in.ts';
import { showValue } from './show-value.ts';

type IdentifierField = Extract<RowField, 'entity' | 'replacement'>;

/** Characters that no one sees or no one means: in the middle of an identifier they make it another. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/;
const HIDDEN_ALL = new RegExp(HIDDEN, 'g');
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** What keeps a value from being an opportunity's identifier; called where it is none. */
export function opportunityProblem(value: string): Problem {
  const field = 'opportunity';
  if (value === '') return { kind: 'opportunity_missing', field, message: 'The opportunity is missing.' };
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
        : `No entity type is given, and ${showValue(identifier)} does not tell its own: add a column of types, or use --entity-type.`;
    return { kind: 'type_missing', field, message };
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
  if (several.length !== 1 || several[0] !== value) return severalProblem(value, several, field);
  if (HIDDEN.test(value)) return hiddenProblem(value, field);
  return type === undefined || fitsType(value, type) ? undefined : mismatch(value, type, field);
}

function severalProblem(value: string, several: readonly string[], field: IdentifierField): Problem {
  if (several.length === 1) {
    const suggestion = several[0] ?? '';
    return {
      kind: `${field}_pattern`,
      field,
      message: `${showValue(value)} has a separator beside the identifier.`,
      suggestion,
    };
  }
  const advice =
    field === 'entity' && several.length > 1
      ? 'use --split to make one call for each, or give each a row of its own'
      : 'give each a row of its own';
  const message = `${showValue(value)} holds ${several.length} identifiers in one cell: ${advice}.`;
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
  const seems = shape === undefined ? '' : `; its shape is that of ${shape}`;
  const lost =
    type === 'Solutions' && /^\d+$/.test(value)
      ? '; "S-" is missing, and zeros before the digits may have been lost to Excel'
      : '';
  const message = `${showValue(value)} is not an identifier of type ${type} (${exampleOf(type)})${seems}${lost}.`;
  return { kind: `type_${field}_mismatch`, field, message, ...(suggestion !== undefined && { suggestion }) };
}

function undecodable(value: string, field: Exclude<RowField, 'row'>): Problem {
  const message = `${showValue(value)} holds characters that could not be decoded: they are lost in the file, or --encoding is not the one it was written in.`;
  return { kind: `${field}_undecodable`, field, message };
}

function suggestOpportunity(value: string): string | undefined {
  const plain = seenAsAscii(value);
  const inside = [...plain.matchAll(/(?<![A-Za-z0-9])O[-#:_ ]{0,2}([0-9]{1,19})(?![A-Za-z0-9])/gi)];
  if (inside.length === 1) return `O${inside[0]?.[1] ?? ''}`;
  const digits = /^0?([1-9][0-9]{0,18})$/.exec(plain)?.[1];
  return digits === undefined ? undefined : `O${digits}`;
}

function explainOpportunity(value: string): string {
  if (/^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(value)) return ': it is a Salesforce record id';
  if (/^[0-9]+$/.test(value)) return ': the letter O is missing';
  if (/^o[0-9]{1,19}$/.test(value)) return ': the letter is a small one';
  if (typeOfShape(value) !== undefined) return ": it is an entity's";
  return '';
}

/** What was probably meant: the same in plain characters, if that is an identifier of the type. */
function suggestIdentifier(value: string, type: EntityType): string | undefined {
  const plain = seenAsAscii(value).replaceAll(' ', '');
  const candidates = [plain, plain.toUpperCase(), plain.toLowerCase()];
  if (type === 'Solutions')
    candidates.push(
      plain.replace(/^S?[-_#:]?([0-9]{1,19})$/i, (_, digits: string) => `S-${digits.padStart(7, '0')}`),
    );
  if (type === 'Solutions' && /^other$/i.test(plain)) candidates.push('Other');
  return candidates.find((candidate) => candidate !== value && fitsType(candidate, type));
}

/** Look-alike characters (full-width forms, typographic dashes, Cyrillic and Greek letters) as ASCII. */
function seenAsAscii(value: string): string {
  return cleanValue(
    value
      .slice(0, ENTITY_ID_MAX_LENGTH)
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
