import type { EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES } from '../../model/entity-types.ts';
import { parseEntityType } from './entity-type.ts';
import { excelDamage } from './excel-damage.ts';
import {
  fitsType,
  isPlaceholder,
  looksLikeOpportunity,
  looksLikeProductCode,
  typeOfShape,
} from './identifier-shape.ts';
import { HIDDEN } from './plain-characters.ts';
import { suggestIdentifier } from './suggestions.ts';
import type { RawValues } from './validate-values.ts';

/** The longest that the service takes as a solution's name, in characters. */
const LONGEST_NAME = 255;
const BETWEEN_WORDS = /[\s;,|()[\]"']+/;
/** An address of a page, of a person, or of a resource. */
const ADDRESS = /:\/\/|^arn:|\S@\S/i;

/**
 * Whether a row's entity may be meant by its name: its type is one whose entities have names, and the value is a text, neither an
 * identifier nor a slip of one, nor a word that people write where there is none.
 */
export function isName(values: NamingValues, fallback: EntityType | undefined): boolean {
  const type = namedType(values, fallback);
  return type !== undefined && mayBeName(values.entity, type);
}

/** The values that tell whether a row's entity is meant by its name. */
export type NamingValues = Pick<RawValues, 'type' | 'entity'>;

/** The type that a row tells, where entities of that type have names. */
export function namedType({ type }: NamingValues, fallback: EntityType | undefined): EntityType | undefined {
  const told = type === '' ? fallback : parseEntityType(type);
  return typeof told === 'string' && ENTITY_TYPE_RULES[told].hasNames ? told : undefined;
}

/** Whether a value that an option gives may be the name of a solution. */
export function mayNameSolution(value: string): boolean {
  return mayBeName(value, 'Solutions');
}

/** Whether it can be nothing else: any word may be the code of a product. */
export function isSolutionName(value: string): boolean {
  return mayNameSolution(value) && !fitsType(value, 'AwsProducts');
}

function mayBeName(value: string, type: EntityType): boolean {
  if (value.length > LONGEST_NAME || !/\p{L}.*\p{L}/su.test(value)) return false;
  if (HIDDEN.test(value) || value.includes('\ufffd') || ADDRESS.test(value)) return false;
  if (value.split(BETWEEN_WORDS).some((word) => typeOfShape(word) !== undefined)) return false;
  if (fitsType(value, type) || looksLikeOpportunity(value) || looksLikeProductCode(value)) return false;
  if (isPlaceholder(value) || typeof parseEntityType(value) === 'string') return false;
  return excelDamage(value) === undefined && suggestIdentifier(value, type) === undefined;
}

/** A name as two are compared: without regard to case and to how its letters are encoded. */
export function foldedName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
