import { associationKey } from '../../calls/look/near-id.ts';
import { isDeclined } from '../../model/fault.ts';
import { exceptionOf, type RowOutcome, type RowStatus } from '../../model/outcome.ts';
import type { InputRow, ValidRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import type { Preflight } from '../../calls/look/preflight.ts';
import type { EarlierTries } from '../../store/journal-state.ts';
import type { RecordedOutcomes } from '../../store/replay-outcomes.ts';
import type { SettledRow } from '../../results/results-csv.ts';
import { rowKey } from '../../store/row-key.ts';
import { keepTally, type TallyKeeper } from '../../model/tally.ts';
import { inOrder } from './in-order.ts';
import { watchDenials, type Denials } from '../../calls/stop/denials.ts';
import { checkMaxFailures, type MaxFailures } from '../../calls/stop/max-failures.ts';
import { writesFor, type Operation } from '../../model/operation.ts';
import { planRow } from '../../calls/plan-row.ts';
import { rowPorts, type RowFloor, type RowPassage } from '../../calls/send-write.ts';
import type { Session } from '../../calls/session.ts';
import { settleRow } from '../../calls/settle-row.ts';
import { limitReached } from '../../calls/stop/stop-reasons.ts';
import { isAskedFor } from '../request/survey-input.ts';
import { createTurns, type Turns } from './take-turns.ts';
import { createLookAhead, type LookAhead } from './look-ahead.ts';

/** The rows of a run, and what earlier sessions of it left. */
export interface RowsToRun {
  readonly operationOf: (row: ValidRow) => Operation;
  readonly batches: AsyncIterable<readonly InputRow[]>;
  readonly recorded: RecordedOutcomes;
  readonly unsettled: ReadonlyMap<number, EarlierTries>;
  /** What would be done is told, and nothing written. */
  readonly planOnly: boolean;
  /** Which entity is the last depends on the opportunity's other rows: each waits for those before it. */
  readonly protectLast: boolean;
  /** Rows whose work is under way at once, at most. */
  readonly slots: number;
  /** Of these, the rows that wait for their first call: what was read of them is not much older than their write. */
  readonly waiting: number;
  /** Where the input is a results file: the statuses whose rows are run again; all, if absent. */
  readonly only: readonly RowStatus[] | undefined;
  /** Valid rows to settle in this session, at most. */
  readonly limit: number;
  /** Rows of this session that may fail before it stops. */
  readonly maxFailures: MaxFailures;
}

/** A row on its way to the calls: settled already, or with what is left to do. */
type RowInHand = { readonly row: InputRow; readonly outcome: RowOutcome } | UnsettledRow;

interface UnsettledRow {
  readonly row: ValidRow;
  readonly earlier: EarlierTries | undefined;
}

/** Rows that may stand finished behind a slow one: what a resume holds at most. */
const WINDOW_ROWS = 2_048;

/** Settles every row, and gives them in the input's order. Throws what stopped the run, after the rows before it. */
export async function* runRows(
  rows: RowsToRun,
  session: Session,
  preflight: Preflight,
): AsyncGenerator<SettledRow> {
  const judge = watchDenials(session.health, session.stopSwitch, rows.slots);
  const reach = { slots: rows.slots, window: WINDOW_ROWS };
  const settler: Settler = {
    ...rows,
    floor: { session, judge, preflight },
    room: createLookAhead(rows.waiting),
    turns: createTurns(),
    answered: keepTally(),
  };
  yield* inOrder(takeInHand(rows, session, judge), reach, (inHand) =>
    'outcome' in inHand ? inHand : settleInTurn(inHand, settler),
  );
}

async function* takeInHand(rows: RowsToRun, session: Session, judge: Denials): AsyncGenerator<RowInHand> {
  let taken = 0;
  try {
    for await (const row of eachRow(rows.batches)) {
      session.stopSwitch.signal.throwIfAborted();
      const outcome =
        carriedOutcome(rows, row) ??
        (row.kind === 'valid' ? await recordedOutcome(rows, row) : ownOutcome(row));
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

/** Rows that were not asked for keep what the earlier run said of them; a duplicate names the row that it repeats here. */
function carriedOutcome({ only }: RowsToRun, row: InputRow): RowOutcome | undefined {
  if (isAskedFor(row, only)) return undefined;
  if (row.earlier === undefined) return row.kind === 'valid' ? STATUS_UNKNOWN : undefined;
  return row.kind === 'duplicate' && row.earlier.status === 'duplicate'
    ? ownOutcome(row)
    : { status: 'carried', earlier: row.earlier };
}

/** Somebody has written a word of their own there, such as "skip": nothing is sent for it. */
const STATUS_UNKNOWN: RowOutcome = {
  status: 'invalid',
  problems: [
    {
      kind: 'status_unknown',
      field: 'row',
      message: 'Its status is none of this tool’s, so the option only can’t tell whether the row is meant.',
    },
  ],
};

/** What the input alone decides. */
function ownOutcome(row: Exclude<InputRow, ValidRow>): RowOutcome {
  if (row.kind === 'duplicate') return { status: 'duplicate', firstRow: row.firstRow };
  const { problems, earlier } = row;
  return { status: 'invalid', problems, ...(earlier !== undefined && { calls: earlier }) };
}

interface Settler extends Pick<RowsToRun, 'operationOf' | 'planOnly' | 'protectLast' | 'maxFailures'> {
  readonly floor: RowFloor;
  readonly room: LookAhead;
  readonly turns: Turns;
  /** The rows of this session alone. */
  readonly answered: TallyKeeper;
}

function settleInTurn(inHand: UnsettledRow, settler: Settler): Promise<SettledRow> {
  const {
    turns,
    floor: { judge },
  } = settler;
  const keys = turnKeys(inHand, settler);
  const waits = turns.areTaken(keys);
  judge.rowTaken(waits);
  return turns.take(keys, () => {
    if (waits) judge.turnCame();
    return settleInHand(inHand, settler);
  });
}

/** Rows that name the same association, as a replacement perhaps, take effect in the input's order. */
function turnKeys({ row }: UnsettledRow, { operationOf, planOnly, protectLast }: Settler): readonly string[] {
  // Which entity is an opportunity's last depends on its rows before.
  if (planOnly || protectLast) return [row.target.opportunityId];
  return writesFor(operationOf(row), row.target).map(({ association }) => associationKey(association));
}

async function settleInHand(inHand: UnsettledRow, settler: Settler): Promise<SettledRow> {
  const { floor, room, answered, maxFailures } = settler;
  const { session, judge } = floor;
  const { row } = inHand;
  const left = await room.enter(session.stopSwitch.signal);
  try {
    const outcome = await outcomeOf({ ...inHand, left }, settler);
    await session.journal.append({
      t: 'done',
      ordinal: row.ordinal,
      row: row.row,
      key: rowKey(row.target),
      outcome,
    });
    if (!isDeclined(exceptionOf(outcome))) answered.add(outcome);
    const tooMany = checkMaxFailures(maxFailures, answered.now());
    if (tooMany !== undefined) session.stopSwitch.stop(tooMany);
    return { row, outcome };
  } catch (error) {
    // What one row meets here, all would: no further call may leave. A used-up quota admits none of itself, and those
    // that it has admitted may go.
    if (error instanceof RunError && error.code !== 'quota_reached') session.stopSwitch.stop(error);
    throw error;
  } finally {
    left();
    judge.rowEnded();
  }
}

function outcomeOf(passage: RowPassage, { operationOf, planOnly, floor }: Settler): Promise<RowOutcome> {
  const writes = writesFor(operationOf(passage.row), passage.row.target);
  return planOnly
    ? planRow(writes, floor.preflight)
    : settleRow(writes, passage.earlier, rowPorts(floor, passage));
}
