import { type Write, type WriteOperation, WRITES } from './call.ts';
import type { Target } from './row.ts';

/** The change that a run asks for a row. */
export type Operation = 'disassociate' | 'associate';

interface OperationRule {
  /** The write that a row's own entity gets. */
  readonly write: WriteOperation;
  /** Whether a row's replacement gets the inverse of that write, before. */
  readonly replaces: boolean;
  /** The operation that takes it back. */
  readonly inverse: Operation;
}

/** The operations of a run, each with its rule. */
export const OPERATIONS: Readonly<Record<Operation, OperationRule>> = {
  disassociate: { write: 'DisassociateOpportunity', replaces: true, inverse: 'associate' },
  associate: { write: 'AssociateOpportunity', replaces: false, inverse: 'disassociate' },
};

/** The operation of a run whose command names none, such as a plan's. */
export const MAIN_OPERATION: Operation = 'disassociate';

export function isOperation(text: string | undefined): text is Operation {
  return text !== undefined && Object.hasOwn(OPERATIONS, text);
}

/** The calls a row comes to, in the order that is safe: the replacement is attached before the old one is removed. */
export function writesFor(operation: Operation, target: Target): readonly [Write, ...Write[]] {
  const { opportunityId, entity, replacement } = target;
  const { write, replaces } = OPERATIONS[operation];
  const own: Write = { operation: write, association: { opportunityId, entity } };
  if (replacement === undefined || !replaces) return [own];
  return [{ operation: WRITES[write].inverse, association: { opportunityId, entity: replacement } }, own];
}
