import type { OpportunitySnapshot, Write } from '../model/call.ts';
import { sameEntityId, type EntityType, type RelatedEntity } from '../model/entity.ts';

/** What an opportunity holds: what a read showed, and what this run has changed since. */
export class HeldEntities {
  readonly stage: string | undefined;
  readonly reviewStatus: string | undefined;
  readonly #ids = new Map<EntityType, string[]>();
  readonly #leaving = new Map<EntityType, number>();

  constructor(snapshot: OpportunitySnapshot) {
    this.stage = snapshot.stage;
    this.reviewStatus = snapshot.reviewStatus;
    // Object.entries forgets the key type that entities is declared with.
    for (const [type, ids] of Object.entries(snapshot.entities)) this.#ids.set(type as EntityType, [...ids]);
  }

  has({ type, id }: RelatedEntity): boolean {
    return this.#idsOf(type).some((held) => sameEntityId(held, id));
  }

  /** Whether nothing of the type would stay once this one, and those on their way out, are gone. */
  isLast({ type }: RelatedEntity): boolean {
    return this.#idsOf(type).length - (this.#leaving.get(type) ?? 0) <= 1;
  }

  /** A removal is on its way: it counts for `isLast`, and for `has` only once it is applied. */
  begin(write: Write): void {
    this.#addLeaving(write, 1);
  }

  /** What was begun has ended, made or not. */
  end(write: Write): void {
    this.#addLeaving(write, -1);
  }

  /** The write was made. */
  apply({ operation, association: { entity } }: Write): void {
    const others = this.#idsOf(entity.type).filter((held) => !sameEntityId(held, entity.id));
    this.#ids.set(entity.type, operation === 'AssociateOpportunity' ? [...others, entity.id] : others);
  }

  #idsOf(type: EntityType): readonly string[] {
    return this.#ids.get(type) ?? [];
  }

  #addLeaving({ operation, association: { entity } }: Write, number: number): void {
    if (operation !== 'DisassociateOpportunity') return;
    this.#leaving.set(entity.type, (this.#leaving.get(entity.type) ?? 0) + number);
  }
}
