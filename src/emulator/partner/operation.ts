import type { WriteOperation } from '../../model/call.ts';

/** The operations of Partner Central that the emulator answers. */
export type SellingOperation = WriteOperation | 'GetOpportunity' | 'ListOpportunities' | 'ListSolutions';

/** Those of the Security Token Service: no quota, and no fault but a scripted one. */
export type StsOperation = 'AssumeRole' | 'GetCallerIdentity';

/** All that is answered on the one port. */
export type EmulatedOperation = SellingOperation | StsOperation;

export type QuotaKind = 'writes' | 'reads';

const QUOTA_OF_OPERATION: Readonly<Record<SellingOperation, QuotaKind>> = {
  AssociateOpportunity: 'writes',
  DisassociateOpportunity: 'writes',
  GetOpportunity: 'reads',
  ListOpportunities: 'reads',
  ListSolutions: 'reads',
};

const STS_OPERATIONS: readonly StsOperation[] = ['AssumeRole', 'GetCallerIdentity'];

export const EMULATED_OPERATIONS: readonly EmulatedOperation[] = [
  // Object.keys forgets the key type that the record is declared with.
  ...(Object.keys(QUOTA_OF_OPERATION) as SellingOperation[]),
  ...STS_OPERATIONS,
];

export function isSellingOperation(text: string): text is SellingOperation {
  return Object.hasOwn(QUOTA_OF_OPERATION, text);
}

export function stsOperation(text: string | null): StsOperation | undefined {
  return STS_OPERATIONS.find((known) => known === text);
}

export function quotaOf(operation: SellingOperation): QuotaKind {
  return QUOTA_OF_OPERATION[operation];
}
