import type { Write } from '../model/call.ts';
import type { RelatedEntity } from '../model/entity.ts';
import { assertNever } from '../model/fault.ts';
import type { Target } from '../model/row.ts';

/** What a run asks for each of its rows; `undo_disassociate` takes back what `disassociate` did. */
export type Operation = 'disassociate' | 'associate' | 'undo_disassociate';

/**
 * The calls a row comes to, in the order that is safe: what is to be attached comes before what is to be removed.
 * A row that is undone names what the run removed, and as its replacement what the run attached.
 */
export function writesFor(operation: Operation, target: Target): readonly [Write, ...Write[]] {
  const { opportunityId, entity, replacement } = target;
  const attach = (what: RelatedEntity): Write => ({
    operation: 'AssociateOpportunity',
    association: { opportunityId, entity: what },
  });
  const remove = (what: RelatedEntity): Write => ({
    operation: 'DisassociateOpportunity',
    association: { opportunityId, entity: what },
  });
  switch (operation) {
    case 'associate':
      return [attach(entity)];
    case 'disassociate':
      return replacement === undefined ? [remove(entity)] : [attach(replacement), remove(entity)];
    case 'undo_disassociate':
      return replacement === undefined ? [attach(entity)] : [attach(entity), remove(replacement)];
    default:
      return assertNever(operation);
  }
}
