import type { Write } from '../model/call.ts';
import type { Target } from '../model/row.ts';

/** What a run asks for each of its rows. */
export type Operation = 'disassociate' | 'associate';

/** The calls a row comes to, in the order that is safe: the replacement is attached before the old one is removed. */
export function writesFor(operation: Operation, target: Target): readonly [Write, ...Write[]] {
  const { opportunityId, entity, replacement } = target;
  const own: Write = {
    operation: operation === 'disassociate' ? 'DisassociateOpportunity' : 'AssociateOpportunity',
    association: { opportunityId, entity },
  };
  if (operation !== 'disassociate' || replacement === undefined) return [own];
  return [{ operation: 'AssociateOpportunity', association: { opportunityId, entity: replacement } }, own];
}
