import type { ServedCall } from '../../src/emulator/call-log.ts';
import type { ResultLine } from './results-file.ts';

/** What one side says of one row's writes. */
export interface Account {
  readonly association: string;
  readonly attempts: number;
  /** Oldest first, joined with spaces; an attempt without an answer has none. */
  readonly requestIds: string;
  readonly removed: boolean;
}

/** What the results say, a line each. */
export function accountsOf(lines: readonly ResultLine[]): readonly Account[] {
  return lines.map((line) => ({
    association: `${line['opportunity_id']} ${line['entity_type']} ${line['entity_id']}`,
    attempts: Number(line['attempts']),
    requestIds: line['request_ids'] ?? '',
    removed: line['status'] === 'disassociated',
  }));
}

/** What the server's own record says of the same rows. */
export function servedFor(lines: readonly ResultLine[], calls: readonly ServedCall[]): readonly Account[] {
  const byAssociation = removalsByAssociation(calls);
  return accountsOf(lines).map(({ association }) => {
    const own = byAssociation.get(association) ?? [];
    return {
      association,
      attempts: own.length,
      requestIds: own
        .filter(hadId)
        .map(({ requestId }) => requestId)
        .join(' '),
      removed: own.some(({ changed }) => changed),
    };
  });
}

/** Every call to remove, by what it names, in the order of arrival. */
export function removalsByAssociation(
  calls: readonly ServedCall[],
): ReadonlyMap<string, readonly ServedCall[]> {
  const byAssociation = new Map<string, ServedCall[]>();
  for (const call of calls) {
    if (call.operation !== 'DisassociateOpportunity') continue;
    const association = `${call.opportunityId} ${call.entityType} ${call.entityId}`;
    byAssociation.set(association, [...(byAssociation.get(association) ?? []), call]);
  }
  return byAssociation;
}

const WITHOUT_ID = new Set([
  'reset',
  'reset-after',
  'hang',
  'hang-after',
  'unavailable',
  'html',
  'no-request-id',
]);

function hadId({ fault }: ServedCall): boolean {
  return fault === undefined || !WITHOUT_ID.has(fault);
}
