/** The operations of Partner Central that the emulator answers, by the quota they draw on. */
const QUOTA_OF_OPERATION = {
  AssociateOpportunity: 'writes',
  DisassociateOpportunity: 'writes',
  GetOpportunity: 'reads',
  ListOpportunities: 'reads',
} as const;

export type SellingOperation = keyof typeof QUOTA_OF_OPERATION;

/** All that is answered on the one port: Partner Central's, and the Security Token Service's one. */
export type EmulatedOperation = SellingOperation | 'GetCallerIdentity';

export type QuotaKind = 'writes' | 'reads';

const SELLING_OPERATIONS: readonly SellingOperation[] = [
  'AssociateOpportunity',
  'DisassociateOpportunity',
  'GetOpportunity',
  'ListOpportunities',
];

export const EMULATED_OPERATIONS: readonly EmulatedOperation[] = [...SELLING_OPERATIONS, 'GetCallerIdentity'];

export function isSellingOperation(text: string): text is SellingOperation {
  return Object.hasOwn(QUOTA_OF_OPERATION, text);
}

export function quotaOf(operation: SellingOperation): QuotaKind {
  return QUOTA_OF_OPERATION[operation];
}
