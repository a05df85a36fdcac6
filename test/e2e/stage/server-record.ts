import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ServedCall } from '../../../src/emulator/call-log.ts';
import type { ResultLine } from './results-file.ts';
import type { WorkFolder } from './work-folder.ts';

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
  return callsBy(
    calls.filter(({ operation }) => operation === 'DisassociateOpportunity'),
    ({ opportunityId, entityType, entityId }) => `${opportunityId} ${entityType} ${entityId}`,
  );
}

export function isWrite({ operation }: ServedCall): boolean {
  return operation === 'AssociateOpportunity' || operation === 'DisassociateOpportunity';
}

function callsBy(
  calls: readonly ServedCall[],
  keyOf: (call: ServedCall) => string,
): ReadonlyMap<string, readonly ServedCall[]> {
  const byKey = new Map<string, ServedCall[]>();
  for (const call of calls) {
    const own = byKey.get(keyOf(call)) ?? [];
    own.push(call);
    byKey.set(keyOf(call), own);
  }
  return byKey;
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

/**
 * Writes that ask for what an earlier one may have done, without a look in between. A second call is in order where
 * the first was answered by a throttle, a 500 or a denial (an answer that says it was not done), or where a read that was
 * answered well lies between the two; never after one that made the change.
 */
export function unwarrantedRepeats(calls: readonly ServedCall[]): readonly ServedCall[] {
  const looks = calls.filter(
    ({ operation, exception, fault }) =>
      operation === 'GetOpportunity' && exception === undefined && fault === undefined,
  );
  const mayFollow = (before: ServedCall, call: ServedCall): boolean => {
    if (before.changed) return false;
    if (!before.admitted || before.fault === 'error' || before.fault === 'denied') return true;
    return looks.some(
      ({ opportunityId, sequence }) =>
        opportunityId === call.opportunityId && sequence > before.sequence && sequence < call.sequence,
    );
  };
  const byChange = callsBy(calls.filter(isWrite), ({ operation, ...call }) =>
    [operation, call.opportunityId, call.entityType, call.entityId].join(' '),
  );
  return [...byChange.values()].flatMap((own) =>
    own.filter((call, index) => {
      const before = own[index - 1];
      return before !== undefined && !mayFollow(before, call);
    }),
  );
}

/** Writes in the one ledger of a test's own home: eight bytes each. */
export function ledgerEntries(folder: WorkFolder): number {
  const ledgers = folder.at('home/state/oppsweep/ledger');
  return readdirSync(ledgers)
    .map((owner) => statSync(join(ledgers, owner, 'writes.ledger')).size / 8)
    .reduce((sum, entries) => sum + entries, 0);
}
