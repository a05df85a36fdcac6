import { ENTITY_TYPES, lastSegment, type EntityType } from '../../model/entity.ts';

/** An association that a line of a file names. */
export interface Associated {
  readonly opportunityId: string;
  /** Absent where the line only says that there is such an opportunity. */
  readonly entity?: { readonly type: EntityType; readonly id: string };
  /** As a spreadsheet numbers it. */
  readonly row: number;
}

const PLACES: ReadonlyMap<EntityType, number> = new Map(ENTITY_TYPES.map((type, place) => [type, place]));

/**
 * The order in which two files are laid side by side: by opportunity, as numbers, then by type. Within these a bare
 * identifier stands beside the ARN that ends in it.
 */
export function byAssociation(left: Associated, right: Associated): number {
  return (
    byOpportunity(left, right) ||
    placeOf(left) - placeOf(right) ||
    byText(lastSegment(left.entity?.id ?? ''), lastSegment(right.entity?.id ?? '')) ||
    byText(left.entity?.id ?? '', right.entity?.id ?? '')
  );
}

/** `O9` before `O10`. */
export function byOpportunity(left: Associated, right: Associated): number {
  return (
    left.opportunityId.length - right.opportunityId.length || byText(left.opportunityId, right.opportunityId)
  );
}

/** A line without an entity comes first. */
function placeOf({ entity }: Associated): number {
  return entity === undefined ? -1 : (PLACES.get(entity.type) ?? 0);
}

function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
