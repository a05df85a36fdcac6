import { attaches, type Write } from '../../model/call.ts';
import type { EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES, typesSharingLast, typesSharingPlace } from '../../model/entity-types.ts';
import { LAST_REMAINING, NEAR_MISS, NO_PLACE, type Fault } from '../../model/fault.ts';

/** The removal would take the opportunity's last entity, which is to be kept. */
export function lastRemaining({ association: { opportunityId, entity } }: Write): Fault {
  return declined(
    LAST_REMAINING,
    `${entity.id} is the last of type ${entity.type} on ${opportunityId}${alike(entity.type)}, and the option protect-last keeps it.`,
  );
}

/** The opportunity holds what was probably meant, `near`, in place of what the write names. */
export function nearMiss(
  { operation, association: { opportunityId, entity } }: Write,
  near: readonly string[],
): Fault {
  const held = near.join(' and ');
  const state = attaches(operation)
    ? `${entity.id} is not associated with ${opportunityId}, and nearly the same is already: ${held}.`
    : `${entity.id} is not associated with ${opportunityId}, but nearly the same is: ${held}.`;
  return declined(NEAR_MISS, `${state} Did you mean ${near.join(' or ')}?`);
}

/** The entity that the write attaches has no place; that of the one it replaces, `leaving`, may be the same. */
export function noPlace(
  { association: { opportunityId, entity } }: Write,
  leaving: Write,
  helps: boolean,
): Fault {
  const types = typesSharingPlace(entity.type).join(' and ');
  const old = leaving.association.entity.id;
  return declined(
    NO_PLACE,
    `${entity.id} has no place on ${opportunityId}, which holds as many of type ${types} as it can (${ENTITY_TYPE_RULES[entity.type].most}). ${
      helps
        ? `It has one once ${old} is gone. With the option detach-first that is detached first.`
        : `Removing ${old} would make none.`
    }`,
  );
}

function declined(exception: string, message: string): Fault {
  return { kind: 'refused', exception, message };
}

function alike(type: EntityType): string {
  const others = typesSharingLast(type).filter((other) => other !== type);
  return others.length === 0 ? '' : ` (${others.join(' and ')} count as the same type here)`;
}
