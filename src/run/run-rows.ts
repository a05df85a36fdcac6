import type { RowOutcome } from '../model/outcome.ts';
import type { InputRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';
import type { EarlierTries } from '../results/journal-state.ts';
import type { RecordedOutcomes } from '../results/replay-outcomes.ts';
import type { SettledRow } from '../results/results-csv.ts';
import { rowKey } from '../results/row-key.ts';
import { keepTally, type TallyKeeper } from '../results/tally.ts';
import { inOrder } from './in-order.ts';
import { judgeAnswers, type AnswerJudge } from './judge-answers.ts';
import { checkMaxFailures, type MaxFailures } from './max-failures.ts';
import { writesFor, type Operation } from './operation.ts';
import { rowCalls } from './send-write.ts';
import type { Session } from './session.ts';
import { settleRow } from './settle-row.ts';
import { limitReached } from './stop-reasons.ts';
import { watchAnswers } from './watch-answers.ts';

/** The rows of a run, and what earlier sessions of it left. */
export interface RowsToRun {
  readonly operation: Operation;
  readonly batches: AsyncIterable<readonly InputRow[]>;
  readonly recorded: RecordedOutcomes;
  readonly unsettled: ReadonlyMap<number, EarlierTries>;
  /** Rows whose work is under way at once, at most. */
  readonly slots: number;
  /** Valid rows to settle in this session, at most. */
  readonly limit: number;
  /** Rows of this session that may fail before it stops. */
  readonly maxFailures: MaxFailures;
}

type ValidRow = Extract<InputRow, { kind: 'valid' }>;

/** A row on its way to the calls: settled already, or with what is left to do. */
type RowInHand = { readonly row: InputRow; readonly outcome: RowOutcome } | UnsettledRow;

interface UnsettledRow {
  readonly row: ValidRow;
  readonly earlier: EarlierTries | undefined;
}

/** Rows that may stand finished behind a slow one: what a resume holds at most. */
const WINDOW_ROWS = 2_048;
/** Calls that must be denied before access is thought denied to all. */
const DENIED_BEFORE_STOP = 3;

/** Settles every row, and gives them in the input's order. Throws what stopped the run, after the rows before it. */
export async function* runRows(rows: RowsToRun, session: Session): AsyncGenerator<SettledRow> {
  const watch = watchAnswers(session.clock, Math.min(DENIED_BEFORE_STOP, rows.slots));
  const judge = judgeAnswers(watch, session.stopSwitch);
  const reach = { slots: rows.slots, window: WINDOW_ROWS };
  const settler: Settler = {
    operation: rows.operation,
    maxFailures: rows.maxFailures,
    session,
    judge,
    answered: keepTally(),
  };
  yield* inOrder(takeInHand(rows, session, judge), reach, (inHand) =>
    'outcome' in inHand ? inHand : settleInHand(inHand, settler),
  );
}

async function* takeInHand(rows: RowsToRun, session: Session, judge: AnswerJudge): AsyncGenerator<RowInHand> {
  let taken = 0;
  try {
    for await (const row of eachRow(rows.batches)) {
      session.stopSwitch.signal.throwIfAborted();
      const outcome = row.kind === 'valid' ? await recordedOutcome(rows, row) : ownOutcome(row);
      if (outcome !== undefined) {
        yield { row, outcome };
      } else if (row.kind === 'valid') {
        // What is under way is settled all the same.
        if (taken >= rows.limit) throw limitReached(rows.limit);
        taken += 1;
        yield { row, earlier: rows.unsettled.get(row.ordinal) };
      }
    }
  } finally {
    judge.inputEnded();
  }
}

async function* eachRow(batches: AsyncIterable<readonly InputRow[]>): AsyncGenerator<InputRow> {
  for await (const batch of batches) yield* batch;
}

function recordedOutcome(rows: RowsToRun, row: ValidRow): Promise<RowOutcome | undefined> {
  return rows.recorded.take(row.ordinal, rowKey(row.target));
}

/** What the input alone decides. */
function ownOutcome(row: Exclude<InputRow, ValidRow>): RowOutcome {
  return row.kind === 'invalid'
    ? { status: 'invalid', problems: row.problems }
    : { status: 'duplicate', firstRow: row.firstRow };
}

interface Settler extends Pick<RowsToRun, 'operation' | 'maxFailures'> {
  readonly session: Session;
  readonly judge: AnswerJudge;
  /** The rows of this session alone. */
  readonly answered: TallyKeeper;
}

async function settleInHand({ row, earlier }: UnsettledRow, settler: Settler): Promise<SettledRow> {
  const { operation, maxFailures, session, judge, answered } = settler;
  judge.rowBegun();
  try {
    const { ports, record } = rowCalls(session, judge, row, earlier);
    const outcome = await settleRow(writesFor(operation, row.target), earlier, ports, record);
    await session.journal.append({
      t: 'done',
      ordinal: row.ordinal,
      row: row.row,
      key: rowKey(row.target),
      outcome,
    });
    answered.add(outcome);
    const tooMany = checkMaxFailures(maxFailures, answered.now());
    if (tooMany !== undefined) session.stopSwitch.stop(tooMany);
    return { row, outcome };
  } catch (error) {
    // What one row meets here, all would: no further call may leave.
    if (error instanceof RunError) session.stopSwitch.stop(error);
    throw error;
  } finally {
    judge.rowEnded();
  }
}
