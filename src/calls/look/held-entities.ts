import type { OpportunitySnapshot, Write } from '../../model/call.ts';
import { sameEntityId, type EntityType, type RelatedEntity } from '../../model/entity.ts';
import { typesSharingLast } from '../../model/entity-types.ts';
import { attaches } from '../../model/writes.ts';

/** What an opportunity holds: what a read showed, and what this run has changed since. */
export class HeldEntities {
  readonly stage: string | undefined;
  readonly reviewStatus: string | undefined;
  readonly #ids = new Map<EntityType, readonly string[]>();

  constructor(snapshot: OpportunitySnapshot) {
    this.stage = snapshot.stage;
    this.reviewStatus = snapshot.reviewStatus;
    // Object.entries forgets the key type that entities is declared with.
    for (const [type, ids] of Object.entries(snapshot.entities)) this.#ids.set(type as EntityType, ids);
  }

  has({ type, id }: RelatedEntity): boolean {
    return this.#idsOf(type).some((held) => sameEntityId(held, id));
  }

  /** Whether nothing would stay, of the types that count as one with it, once this one is gone. */
  isLast({ type, id }: RelatedEntity): boolean {
    return typesSharingLast(type).every((other) =>
      this.#idsOf(other).every((held) => other === type && sameEntityId(held, id)),
    );
  }

  /** The change is in force. */
  apply({ operation, association: { entity } }: Write): void {
    const others = this.#idsOf(entity.type).filter((held) => !sameEntityId(held, entity.id));
    this.#ids.set(entity.type, attaches(operation) ? [...others, entity.id] : others);
  }

  #idsOf(type: EntityType): readonly string[] {
    return this.#ids.get(type) ?? [];
  }
}
