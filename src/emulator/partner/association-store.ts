import { ENTITY_TYPES, sameEntityId, type EntityType } from '../../model/entity.ts';
import type { SeedLine } from './opportunity-details.ts';

/** A type and an identifier as one string: the type's index in ENTITY_TYPES, then the identifier. */
type PackedEntity = string;

/** Most opportunities hold one entity, and a million of them have to fit: only the second costs a Set. */
type HeldEntities = PackedEntity | Set<PackedEntity>;

/** An opportunity's entities at some moment, in the order in which they were attached. */
export type EntityList = readonly { readonly type: EntityType; readonly id: string }[];

/** The opportunities that there are, each with its entities. Opportunities outlive their last entity. */
export class AssociationStore {
  readonly #held = new Map<string, HeldEntities>();
  readonly #opportunityIds: string[] = [];

  /** Every opportunity, in the order of the seed. */
  get opportunityIds(): readonly string[] {
    return this.#opportunityIds;
  }

  /** Adds the association, if any, and its opportunity where there is none yet. A repetition changes nothing. */
  seed({ opportunityId, entity }: SeedLine): void {
    const packed = entity === undefined ? NOTHING : pack(entity.type, entity.id);
    const held = this.#held.get(opportunityId);
    if (held === undefined) {
      this.#opportunityIds.push(opportunityId);
      this.#held.set(opportunityId, packed);
    } else if (packed !== NOTHING) {
      this.#attachTo(opportunityId, held, packed);
    }
  }

  hasOpportunity(opportunityId: string): boolean {
    return this.#held.has(opportunityId);
  }

  /** Undefined where there is no such opportunity. */
  entitiesOf(opportunityId: string): EntityList | undefined {
    const held = this.#held.get(opportunityId);
    return held === undefined ? undefined : packedOf(held).map(unpack);
  }

  /** The identifier under which the entity is held, whole ARN or bare last segment. */
  findHeld(opportunityId: string, type: EntityType, entityId: string): string | undefined {
    const held = this.#held.get(opportunityId);
    if (held === undefined) return undefined;
    if (has(held, pack(type, entityId))) return entityId;
    return packedOf(held)
      .map(unpack)
      .find((entity) => entity.type === type && sameEntityId(entity.id, entityId))?.id;
  }

  /** The opportunity must exist. */
  attach(opportunityId: string, type: EntityType, entityId: string): void {
    const held = this.#held.get(opportunityId);
    if (held !== undefined) this.#attachTo(opportunityId, held, pack(type, entityId));
  }

  /** `entityId` as `findHeld` answered it. */
  detach(opportunityId: string, type: EntityType, entityId: string): void {
    const held = this.#held.get(opportunityId);
    if (held instanceof Set) held.delete(pack(type, entityId));
    else this.#held.set(opportunityId, NOTHING);
  }

  /** All associations, opportunities in the order of the seed. */
  *associations(): Generator<{ opportunityId: string; entityType: EntityType; entityId: string }> {
    for (const opportunityId of this.#opportunityIds) {
      for (const { type, id } of this.entitiesOf(opportunityId) ?? []) {
        yield { opportunityId, entityType: type, entityId: id };
      }
    }
  }

  #attachTo(opportunityId: string, held: HeldEntities, packed: PackedEntity): void {
    if (held instanceof Set) held.add(packed);
    else if (held === NOTHING) this.#held.set(opportunityId, packed);
    else if (held !== packed) this.#held.set(opportunityId, new Set([held, packed]));
  }
}

const NOTHING: PackedEntity = '';

function has(held: HeldEntities, packed: PackedEntity): boolean {
  return held instanceof Set ? held.has(packed) : held === packed;
}

function packedOf(held: HeldEntities): PackedEntity[] {
  if (held instanceof Set) return [...held];
  return held === NOTHING ? [] : [held];
}

function pack(type: EntityType, entityId: string): PackedEntity {
  return `${ENTITY_TYPES.indexOf(type)}${entityId}`;
}

function unpack(packed: PackedEntity): EntityList[number] {
  // `pack` alone makes them: the first character is an index of ENTITY_TYPES.
  return { type: ENTITY_TYPES[Number(packed[0])] as EntityType, id: packed.slice(1) };
}
