import type { OpportunitySnapshot } from '../model/call.ts';
import { ENTITY_TYPES, sameEntityId, type EntityType } from '../model/entity.ts';

/** The lines of an export that are wanted. */
export interface Selection {
  /** None: every entity. */
  readonly entities: readonly string[];
  /** None: every type. */
  readonly types: readonly EntityType[];
  /** A line for each opportunity that holds nothing. */
  readonly includeEmpty: boolean;
}

/** The lines of one opportunity, one an association, by type in the table's order and then as they were answered. */
export function associationLines(
  id: string,
  opportunity: OpportunitySnapshot,
  selection: Selection,
): readonly (readonly string[])[] {
  const { stage, reviewStatus, customer, projectTitle, partnerCrmId, lastModified } = opportunity;
  const details = [stage, reviewStatus, customer, projectTitle, partnerCrmId, lastModified];
  const line = (type: string, entity: string): readonly string[] => [
    id,
    type,
    entity,
    ...details.map((detail) => detail ?? ''),
  ];
  if (holdsNothing(opportunity)) return selection.includeEmpty ? [line('', '')] : [];
  return ENTITY_TYPES.flatMap((type) =>
    (opportunity.entities[type] ?? [])
      .filter((entity) => isWanted(type, entity, selection))
      .map((entity) => line(type, entity)),
  );
}

export function holdsNothing({ entities }: OpportunitySnapshot): boolean {
  return ENTITY_TYPES.every((type) => (entities[type] ?? []).length === 0);
}

function isWanted(type: EntityType, entity: string, { entities, types }: Selection): boolean {
  return (
    (types.length === 0 || types.includes(type)) &&
    (entities.length === 0 || entities.some((wanted) => sameEntityId(wanted, entity)))
  );
}
