import { attaches, type OpportunitySnapshot, type Write } from '../../model/call.ts';
import { sameEntityId, type EntityType, type RelatedEntity } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES, typesSharingLast, typesSharingPlace } from '../../model/entity-types.ts';
import { isNearId } from './near-id.ts';

/** The entities that an opportunity holds: those that a read showed, with the changes of this run since. */
export class HeldEntities {
  readonly #snapshot: OpportunitySnapshot;
  readonly #ids = new Map<EntityType, readonly string[]>();

  constructor(snapshot: OpportunitySnapshot) {
    this.#snapshot = snapshot;
    // Object.entries forgets the key type that entities is declared with.
    for (const [type, ids] of Object.entries(snapshot.entities)) this.#ids.set(type as EntityType, ids);
  }

  get reviewStatus(): string | undefined {
    return this.#snapshot.reviewStatus;
  }

  has({ type, id }: RelatedEntity): boolean {
    return this.#idsOf(type).some((held) => sameEntityId(held, id));
  }

  /** The whole ARN under which it is held, where the identifier is its last segment alone. */
  wholeId({ type, id }: RelatedEntity): string | undefined {
    return this.#idsOf(type).find((held) => held !== id && held.startsWith('arn:') && sameEntityId(held, id));
  }

  /** Whether nothing would stay, of the types that count as one with it, once this one is gone. */
  isLast({ type, id }: RelatedEntity): boolean {
    return typesSharingLast(type).every((other) =>
      this.#idsOf(other).every((held) => other === type && sameEntityId(held, id)),
    );
  }

  /** Identifiers held of the type that are not this one, and yet probably the one that is meant. */
  nearly({ type, id }: RelatedEntity): readonly string[] {
    return this.#idsOf(type).filter((held) => isNearId(type, held, id));
  }

  /** Whether one more of the type finds a place. */
  hasPlaceFor(type: EntityType): boolean {
    const taken = typesSharingPlace(type).reduce((sum, other) => sum + this.#idsOf(other).length, 0);
    return taken < ENTITY_TYPE_RULES[type].most;
  }

  /** The same once these changes, too, are in force. */
  after(writes: readonly Write[]): HeldEntities {
    if (writes.length === 0) return this;
    const copy = new HeldEntities({ ...this.#snapshot, entities: Object.fromEntries(this.#ids) });
    for (const write of writes) copy.apply(write);
    return copy;
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
