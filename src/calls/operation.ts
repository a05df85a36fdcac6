import type { Write } from '../model/call.ts';
import type { RelatedEntity } from '../model/entity.ts';
import type { Target } from '../model/row.ts';

/** What is asked for a row. */
export type Operation = 'disassociate' | 'associate';

/** The calls a row comes to, in the order that is safe: the replacement is attached before the old one is removed. */
export function writesFor(operation: Operation, target: Target): readonly [Write, ...Write[]] {
  const { opportunityId, entity, replacement } = target;
  const attach = (what: RelatedEntity): Write => ({
    operation: 'AssociateOpportunity',
    association: { opportunityId, entity: what },
  });
  if (operation === 'associate') return [attach(entity)];
  const remove: Write = { operation: 'DisassociateOpportunity', association: { opportunityId, entity } };
  return replacement === undefined ? [remove] : [attach(replacement), remove];
}
