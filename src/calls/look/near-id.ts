import { lastSegment, sameEntityId, type Association, type EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES } from '../../model/entity-types.ts';
import { assertNever } from '../../model/fault.ts';

/**
 * Whether two identifiers of a type are two, and yet probably one entity is meant: equal but for case, punctuation,
 * leading zeros, `Amazon` or `AWS` before a product's name, or ARNs of two accounts that end alike. Letters and digits
 * are never counted: `S-0000010` and `S-0000001` are two solutions.
 */
export function isNearId(type: EntityType, left: string, right: string): boolean {
  return !sameEntityId(left, right) && essence(type, left) === essence(type, right);
}

/** The same for any two associations that may be one: named alike, or nearly. */
export function associationKey({ opportunityId, entity: { type, id } }: Association): string {
  return `${opportunityId} ${type} ${essence(type, id)}`;
}

/** The same for any two associations that take their place on an opportunity from each other. */
export function placeKey({ opportunityId, entity: { type } }: Association): string {
  return `${opportunityId} ${ENTITY_TYPE_RULES[type].place}`;
}

/** The part of an identifier that no slip of writing changes. */
function essence(type: EntityType, id: string): string {
  const own = id.startsWith('arn:') ? lastSegment(id) : id;
  const plain = own
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  const { shape } = ENTITY_TYPE_RULES[type];
  switch (shape.kind) {
    case 'numbered':
      return plain.replace(/^(\p{L}*)0+(?=\p{N})/u, '$1');
    case 'code':
      return plain.replace(/^(amazon|aws)(?=.)/, '');
    case 'arn':
      return plain;
    default:
      return assertNever(shape);
  }
}
