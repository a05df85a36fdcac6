import type { Write, WriteAnswer } from '../model/call.ts';
import type { CallRecord } from '../model/outcome.ts';
import type { InputRow } from '../model/row.ts';
import type { EarlierTries } from '../results/journal-state.ts';
import { rowKey } from '../results/row-key.ts';
import type { AnswerJudge } from './judge-answers.ts';
import { mendAccess } from './mend-access.ts';
import { look, lookTwice } from './read-opportunity.ts';
import type { Session } from './session.ts';
import type { CallPorts, JudgedAnswer } from './settle-call.ts';

/** The ports through which one row's calls go, and the record that they leave. */
export interface RowCalls {
  readonly ports: CallPorts;
  readonly record: () => CallRecord;
}

type ValidRow = Extract<InputRow, { kind: 'valid' }>;

interface RunningRecord {
  attempts: number;
  requestIds: string[];
  startedAt: number | undefined;
  finishedAt: number | undefined;
}

/** Continues the record that earlier sessions of the run left of this row. */
export function rowCalls(
  session: Session,
  judge: AnswerJudge,
  row: ValidRow,
  earlier?: EarlierTries,
): RowCalls {
  const record: RunningRecord = {
    attempts: earlier?.attempts ?? 0,
    requestIds: [...(earlier?.requestIds ?? [])],
    startedAt: earlier?.startedAt,
    finishedAt: undefined,
  };
  const { signal } = session.stopSwitch;
  return {
    ports: {
      send: (write, priority) => send({ session, judge, row, record }, write, priority),
      look: (write) => look(session, write),
      lookTwice: (write) => lookTwice(session, write),
      backOff: (delayMs) => session.clock.sleep(delayMs, signal),
      retryPolicy: session.retryPolicy,
      dice: session.dice,
    },
    record: () => ({
      attempts: record.attempts,
      requestIds: record.requestIds,
      ...(record.startedAt !== undefined && { startedAt: record.startedAt }),
      ...(record.startedAt !== undefined && { finishedAt: record.finishedAt ?? session.clock.wallMs() }),
    }),
  };
}

interface Sending {
  readonly session: Session;
  readonly judge: AnswerJudge;
  readonly row: ValidRow;
  readonly record: RunningRecord;
}

/** Sends one try, and again while all that stood in its way is what can be mended for every row. */
async function send(sending: Sending, write: Write, priority: 'new' | 'retry'): Promise<JudgedAnswer> {
  const { session, judge, row } = sending;
  const mend = mendAccess(session.credentials);
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
  let noted = false;
  let left = false;
  try {
    const answer = await session.writePace.schedule({
      prepare: async () => {
        await noteTry(sending, write);
        noted = true;
      },
      call: () => {
        left = true;
        return session.partnerCentral.write(write);
      },
      priority,
      signal: session.stopSwitch.signal,
    });
    session.writePace.noteAnswer(!answer.ok && answer.fault.kind === 'throttled' ? 'throttled' : 'accepted');
    record.finishedAt = session.clock.wallMs();
    noteAnswer(sending, answer);
    return answer;
  } catch (error) {
    // The run stopped between the note and the call: no doubt is left behind.
    if (noted && !left) noteAnswer(sending, NOT_SENT);
    throw error;
  }
}

const NOT_SENT: WriteAnswer = {
  ok: false,
  fault: { kind: 'unreachable', exception: 'NotSent', message: 'The run stopped before the call left.' },
};

async function noteTry({ session, judge, row, record }: Sending, write: Write): Promise<void> {
  const { clock, stopSwitch } = session;
  for (let pauseMs = judge.pauseMs(); pauseMs > 0; pauseMs = judge.pauseMs()) {
    await clock.sleep(pauseMs, stopSwitch.signal);
  }
  const at = clock.wallMs();
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
    ...(requestId !== undefined && { requestId }),
    ...(!answer.ok && { fault: { kind: answer.fault.kind, exception: answer.fault.exception } }),
  });
}
