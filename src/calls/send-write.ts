import type { Write, WriteAnswer } from '../model/call.ts';
import type { ValidRow } from '../model/row.ts';
import type { Preflight } from './look/preflight.ts';
import type { EarlierTries } from '../store/journal-state.ts';
import { rowKey } from '../store/row-key.ts';
import type { Denials } from './stop/denials.ts';
import { mendAccess } from './mend-access.ts';
import { look, lookTwice } from './look/read-opportunity.ts';
import type { Session } from './session.ts';
import type { JudgedAnswer } from './settle-call.ts';
import type { RowPorts } from './settle-row.ts';

/** What the rows of a session share on their way to their calls. */
export interface RowFloor {
  readonly session: Session;
  readonly judge: Denials;
  readonly preflight: Preflight;
}

/** One row on its way. */
export interface RowPassage {
  readonly row: ValidRow;
  readonly earlier: EarlierTries | undefined;
  /** The row's first call leaves: others may come up behind it. */
  readonly left: () => void;
}

interface RunningRecord {
  attempts: number;
  requestIds: string[];
  startedAt: number | undefined;
  finishedAt: number | undefined;
}

/** The ports through which one row's calls go. Continues the record that earlier runs, and sessions of this one, left. */
export function rowPorts(floor: RowFloor, passage: RowPassage): RowPorts {
  const { session, preflight } = floor;
  const { row, earlier } = passage;
  const record: RunningRecord = {
    attempts: (row.earlier?.attempts ?? 0) + (earlier?.attempts ?? 0),
    requestIds: [...(row.earlier?.requestIds ?? []), ...(earlier?.requestIds ?? [])],
    startedAt: row.earlier?.startedAt ?? earlier?.startedAt,
    finishedAt: undefined,
  };
  return {
    send: (write, priority) => send({ ...floor, ...passage, record }, write, priority),
    look: (write) => look(session, write),
    lookTwice: (write) => lookTwice(session, write),
    backOff: (delayMs) => session.clock.sleep(delayMs, session.stopSwitch.signal),
    clear: preflight.clear,
    retryPolicy: session.retryPolicy,
    dice: session.dice,
    record: () => ({
      attempts: record.attempts,
      requestIds: record.requestIds,
      ...(record.startedAt !== undefined && { startedAt: record.startedAt }),
      ...(record.startedAt !== undefined && { finishedAt: record.finishedAt ?? session.clock.wallMs() }),
    }),
  };
}

interface Sending extends RowFloor, RowPassage {
  readonly record: RunningRecord;
}

/** Sends one try, and again while all that stood in its way is what can be mended for every row. */
async function send(sending: Sending, write: Write, priority: 'new' | 'retry'): Promise<JudgedAnswer> {
  const { session, judge, row } = sending;
  const mend = mendAccess(session.credentials, session.stopSwitch.signal);
  for (let again = false; ; again = true) {
    const answer = await sendOnce(sending, write, again ? 'retry' : priority);
    const verdict = await judge.judge(row.ordinal, answer);
    if (answer.ok || (answer.fault.kind !== 'credentials' && answer.fault.kind !== 'clock')) {
      return { answer, excused: verdict === 'excused' };
    }
    await mend(answer.fault);
  }
}

/** One try: wait for the pace, note it, send it, note what came of it. */
async function sendOnce(sending: Sending, write: Write, priority: 'new' | 'retry'): Promise<WriteAnswer> {
  const { session, record } = sending;
  const { signal } = session.stopSwitch;
  let noted = false;
  let left = false;
  try {
    const answer = await session.writePace.schedule({
      claim: async () => {
        const pauseMs = sending.judge.pauseMs();
        if (pauseMs > 0) return { waitMs: pauseMs, why: 'rate' };
        // A renewal is waited for here: calls that waited for it at their turn would all leave at once. What it fails of is
        // told by the call.
        await session.credentials.current(signal).catch(() => undefined);
        signal.throwIfAborted();
        const place = await session.writeDay.take();
        if (place !== 'taken') return place;
        await noteTry(sending, write);
        noted = true;
        return 'noted';
      },
      count: session.writeDay.take,
      call: () => {
        left = true;
        sending.left();
        return session.partnerCentral.write(write, signal);
      },
      priority,
      signal,
    });
    session.writePace.noteAnswer(!answer.ok && answer.fault.kind === 'throttled' ? 'throttled' : 'accepted');
    record.finishedAt = session.clock.wallMs();
    noteAnswer(sending, answer);
    return answer;
  } catch (error) {
    // The run stopped before the call reached the service: no doubt is left behind.
    if (noted && (!left || error === signal.reason)) noteAnswer(sending, NOT_SENT);
    throw error;
  }
}

const NOT_SENT: WriteAnswer = {
  ok: false,
  fault: { kind: 'unreachable', exception: 'NotSent', message: 'The run stopped before the call left.' },
};

async function noteTry({ session, row, record }: Sending, write: Write): Promise<void> {
  const at = session.clock.wallMs();
  record.attempts += 1;
  record.startedAt ??= at;
  await session.journal.append({
    t: 'try',
    ordinal: row.ordinal,
    row: row.row,
    key: rowKey(row.target),
    call: write.operation,
    n: record.attempts,
    at,
  });
}

function noteAnswer({ session, row, record }: Sending, answer: WriteAnswer): void {
  const requestId = answer.ok ? answer.requestId : answer.fault.requestId;
  if (requestId !== undefined) record.requestIds.push(requestId);
  session.journal.note({
    t: 'answer',
    ordinal: row.ordinal,
    n: record.attempts,
    at: session.clock.wallMs(),
    ...(requestId !== undefined && { requestId }),
    ...(!answer.ok && { fault: { kind: answer.fault.kind, exception: answer.fault.exception } }),
  });
}
