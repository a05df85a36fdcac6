import type { WriteOperation, Write } from '../model/call.ts';
import type { CallRecord, RowOutcome } from '../model/outcome.ts';
import type { EarlierTries } from '../results/journal-state.ts';
import { LOST_ANSWER, settleCall, type CallPorts, type CallResult } from './settle-call.ts';

/** Settles a row: its calls one after the other, up to the first that fails. `record` tells the calls made so far. */
export async function settleRow(
  writes: readonly [Write, ...Write[]],
  earlier: EarlierTries | undefined,
  ports: CallPorts,
  record: () => CallRecord,
): Promise<RowOutcome> {
  const results: CallResult[] = [];
  for (const write of writes) {
    const known = resultOfEarlier(write, writes, earlier);
    const doubt =
      earlier?.call === write.operation && earlier.standing === 'in_doubt' ? LOST_ANSWER : undefined;
    const result = known ?? (await settleCall(write, doubt, ports));
    if (result.kind === 'failed' || result.kind === 'unknown') return unsettled(result, results, record());
    results.push(result);
  }
  return settled(writes, results, record());
}

/** A call that an earlier session saw answered well, or that it had gone beyond, is not made again. */
function resultOfEarlier(
  write: Write,
  writes: readonly Write[],
  earlier: EarlierTries | undefined,
): CallResult | undefined {
  if (earlier === undefined) return undefined;
  const reached = writes.findIndex(({ operation }) => operation === earlier.call);
  const place = writes.indexOf(write);
  const succeeded = place < reached || (place === reached && earlier.standing === 'succeeded');
  return succeeded ? { kind: 'made', confirmedBy: 'answer' } : undefined;
}

function unsettled(
  result: Extract<CallResult, { kind: 'failed' | 'unknown' }>,
  before: readonly CallResult[],
  calls: CallRecord,
): RowOutcome {
  if (!before.some(({ kind }) => kind === 'made')) return { status: result.kind, fault: result.fault, calls };
  const { message } = result.fault;
  const attached = 'The replacement was attached; the old entity was not removed.';
  return {
    status: result.kind,
    fault: { ...result.fault, message: message === '' ? attached : `${message}\n${attached}` },
    calls,
  };
}

function settled(
  writes: readonly [Write, ...Write[]],
  results: readonly CallResult[],
  calls: CallRecord,
): RowOutcome {
  const last = writes.at(-1)?.operation ?? writes[0].operation;
  if (results.every(({ kind }) => kind === 'needless')) {
    return { status: needlessStatus(last), confirmedBy: 'read_back', calls };
  }
  const byRead = results.some((result) => result.kind === 'made' && result.confirmedBy === 'read');
  const status = writes.length > 1 ? 'replaced' : madeStatus(last);
  return { status, confirmedBy: byRead ? 'read' : 'answer', calls };
}

function madeStatus(operation: WriteOperation): 'associated' | 'disassociated' {
  return operation === 'AssociateOpportunity' ? 'associated' : 'disassociated';
}

function needlessStatus(operation: WriteOperation): 'already_present' | 'already_absent' {
  return operation === 'AssociateOpportunity' ? 'already_present' : 'already_absent';
}
