import type { OpportunitySnapshot } from '../model/call.ts';
import { ENTITY_TYPES, sameEntityId, type EntityType } from '../model/entity.ts';
import type { Selection } from './association-lines.ts';

/** An entity that was asked for and that no opportunity holds. */
export interface NotHeld {
  readonly entity: string;
  /** Held in its place, and probably meant. */
  readonly nearly: readonly string[];
}

/** Whether two identifiers of a type are two, and yet probably one entity is meant. */
export type IsNear = (type: EntityType, left: string, right: string) => boolean;

/** Watches for the entities that were asked for: of an empty file it is to be told whether anything was meant. */
export interface SoughtEntities {
  readonly see: (opportunity: OpportunitySnapshot) => void;
  readonly notHeld: () => readonly NotHeld[];
}

const MOST_SHOWN = 3;

export function watchSought({ entities, types }: Selection, isNear: IsNear): SoughtEntities {
  const missing = new Map(entities.map((entity) => [entity, new Set<string>()]));
  // The same entity is held by many opportunities.
  const seen = new Set<string>();
  const compare = (type: EntityType, held: string): void => {
    for (const [entity, nearly] of missing) {
      if (sameEntityId(entity, held)) missing.delete(entity);
      else if (nearly.size < MOST_SHOWN && isNear(type, entity, held)) nearly.add(held);
    }
  };
  return {
    see: (opportunity) => {
      if (missing.size === 0) return;
      for (const type of types.length === 0 ? ENTITY_TYPES : types) {
        for (const held of opportunity.entities[type] ?? []) {
          if (seen.has(held)) continue;
          seen.add(held);
          compare(type, held);
        }
      }
    },
    notHeld: () => [...missing].map(([entity, nearly]) => ({ entity, nearly: [...nearly] })),
  };
}
