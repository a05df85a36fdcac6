import type { WriteOperation } from '../../model/call.ts';

/** The operations of Partner Central that the emulator answers. */
export type SellingOperation = WriteOperation | 'GetOpportunity' | 'ListOpportunities' | 'ListSolutions';

/** All that is answered on the one port: Partner Central's, and the Security Token Service's one. */
export type EmulatedOperation = SellingOperation | 'GetCallerIdentity';

export type QuotaKind = 'writes' | 'reads';

const QUOTA_OF_OPERATION: Readonly<Record<SellingOperation, QuotaKind>> = {
  AssociateOpportunity: 'writes',
  DisassociateOpportunity: 'writes',
  GetOpportunity: 'reads',
  ListOpportunities: 'reads',
  ListSolutions: 'reads',
};

export const EMULATED_OPERATIONS: readonly EmulatedOperation[] = [
  // Object.keys forgets the key type that the record is declared with.
  ...(Object.keys(QUOTA_OF_OPERATION) as SellingOperation[]),
  'GetCallerIdentity',
];

export function isSellingOperation(text: string): text is SellingOperation {
  return Object.hasOwn(QUOTA_OF_OPERATION, text);
}

export function quotaOf(operation: SellingOperation): QuotaKind {
  return QUOTA_OF_OPERATION[operation];
}
