import { WRITES, type Leaves, type Write, type WriteAnswer } from '../model/call.ts';
import { NOT_SENT } from '../model/fault.ts';
import { rowKey, type ValidRow } from '../model/row.ts';
import type { Priority } from '../pace/call-queue.ts';
import type { QuotaWait } from '../store/account-quota.ts';
import type { DetachFirstPart } from '../store/journal-line.ts';
import type { CallContext } from './call-context.ts';
import type { Preflight } from './look/preflight.ts';
import { mendAccess } from './mend-access.ts';
import { look, lookTwice } from './read-opportunity.ts';
import { recordOf, type RowInHand } from './row-in-hand.ts';
import type { JudgedAnswer } from './settle-call.ts';
import type { RowPorts } from './settle-step.ts';
import { notePace } from './note-pace.ts';
import { whileHeld, type BeforeLeaving } from './while-held.ts';

/** The ports through which one row's calls go. */
export function rowPorts(inHand: RowInHand, context: CallContext): RowPorts {
  const { stopSwitch, clock, dice } = context;
  const { row } = inHand;
  return {
    send: (write, priority, part, before) => send(inHand, context, { write, priority, part, before }),
    whileHeld: (attached, seenNow) => whileHeld(attached, seenNow, context),
    look: (write) => look(context, write),
    lookTwice: async (write) => {
      const sighting = await lookTwice(context, write);
      // Until it is tried again, which may be a day's quota later, whoever looks at the run knows as much.
      if (sighting === 'not_made')
        context.journal.note({ t: 'seen', ordinal: row.ordinal, at: clock.wallMs() });
      return sighting;
    },
    mender: () => mendAccess(context.credentials, stopSwitch.signal),
    backOff: (delayMs) => clock.sleep(delayMs, stopSwitch.signal),
    clear: clearInHand(inHand, context),
    readLagMs: context.options.readLagMs,
    retryPolicy: context.retryPolicy,
    dice,
    record: () => recordOf(inHand.calls, clock.wallMs()),
  };
}

/** Looks before a write of the row, whose old entity may be allowed to go first. */
export function clearOf(row: ValidRow, { preflight, options }: CallContext): Preflight['clear'] {
  const detachFirst = options.mayDetachFirst(row);
  return (write, others) => preflight.clear(write, { ...others, detachFirst });
}

/** What is removed is kept by its whole name: so it is attached again if it has to be. */
function clearInHand({ row, calls }: RowInHand, context: CallContext): Preflight['clear'] {
  const clear = clearOf(row, context);
  return async (write, others) => {
    const clearance = await clear(write, others);
    if (clearance.kind === 'go') calls.removedAs ??= clearance.removes;
    return clearance;
  };
}

interface OneTry {
  readonly write: Write;
  readonly priority: Priority;
  readonly part: DetachFirstPart | undefined;
  readonly before: BeforeLeaving | undefined;
}

/** One try: wait for the pace, note it, send it, note what came of it. */
async function send(inHand: RowInHand, context: CallContext, one: OneTry): Promise<JudgedAnswer> {
  const { write, priority, before } = one;
  const { writePace, writeDay, stopSwitch, outages, hold } = context;
  const { signal } = stopSwitch;
  const way: { stage: 'waiting' | 'noted' | 'left' | 'answered' } = { stage: 'waiting' };
  const leave = (leaves: Leaves): Promise<WriteAnswer> => {
    way.stage = 'left';
    inHand.calls.startedAt ??= context.clock.wallMs();
    inHand.left();
    return context.partnerCentral.write(write, signal, leaves);
  };
  try {
    const answer = await writePace.schedule({
      claim: async () => {
        if (hold.isOn()) await hold.over(signal);
        // A renewal is waited for here: calls that waited for it at their turn would all leave at once. What it fails of is
        // told by the call.
        await context.credentials.current(signal).catch(() => undefined);
        signal.throwIfAborted();
        const claimed = await claimTry(inHand, context, one);
        if (claimed === 'noted') way.stage = 'noted';
        return claimed;
      },
      count: writeDay.take,
      call: (leaves) => (before === undefined ? leave(leaves) : before().then(() => leave(leaves))),
      priority,
      signal,
      hold,
    });
    notePace(writePace, answer);
    inHand.calls.finishedAt = context.clock.wallMs();
    noteAnswer(inHand, context, answer);
    way.stage = 'answered';
    const { opportunityId } = write.association;
    const action = WRITES[write.operation].iamAction;
    const whose = await outages.judge({ by: inHand.row.ordinal, opportunityId, action }, answer);
    return { answer, excused: whose === 'excused' };
  } catch (error) {
    // The run stopped, or the write was held back, before the call reached the service: no doubt is left behind, and no attempt.
    // A write that has left is waited for, so that the signal ends it only before.
    if (way.stage === 'noted' || (way.stage === 'left' && error === signal.reason)) {
      noteAnswer(inHand, context, STOPPED_BEFORE);
      inHand.calls.attempts -= 1;
    }
    throw error;
  }
}

const STOPPED_BEFORE: WriteAnswer = {
  ok: false,
  fault: { kind: 'unreachable', exception: NOT_SENT, message: 'The run stopped before the call left.' },
};

async function claimTry(
  { row, calls }: RowInHand,
  { journal, clock }: CallContext,
  { write, part }: OneTry,
): Promise<'noted' | QuotaWait> {
  const answer = await journal.claim({
    t: 'try',
    ordinal: row.ordinal,
    row: row.row,
    key: rowKey(row.target),
    call: write.operation,
    ...(part !== undefined && { part }),
    ...(calls.removedAs !== undefined && { removedAs: calls.removedAs }),
    n: calls.attempts + 1,
    at: clock.wallMs(),
  });
  if (answer === 'noted') calls.attempts += 1;
  return answer;
}

function noteAnswer({ row, calls }: RowInHand, context: CallContext, answer: WriteAnswer): void {
  const requestId = answer.ok ? answer.requestId : answer.fault.requestId;
  if (requestId !== undefined) calls.requestIds.push(requestId);
  context.journal.note({
    t: 'answer',
    ordinal: row.ordinal,
    n: calls.attempts,
    at: context.clock.wallMs(),
    ...(requestId !== undefined && { requestId }),
    ...(!answer.ok && { fault: { kind: answer.fault.kind, exception: answer.fault.exception } }),
  });
}
