import type { RowOutcome, RowStatus } from '../../model/outcome.ts';
import { rowKey, type InputRow, type ValidRow } from '../../model/row.ts';
import type { SettledRow } from '../../results/results-csv.ts';
import type { EarlierTries } from '../../store/journal-state.ts';
import type { RecordedOutcomes } from '../../store/replay-outcomes.ts';
import type { CallContext } from '../../calls/call-context.ts';
import type { Outages } from '../../calls/stop/outages.ts';
import { limitReached } from '../../calls/stop/stop-reasons.ts';
import { inOrder } from './in-order.ts';
import { createLookAhead, type LookAhead } from './look-ahead.ts';
import { settleInTurn } from './settle-in-turn.ts';
import { answeredFor, carriedOutcome, ownOutcome } from './told-outcome.ts';

/** The rows of a run, and what earlier sessions of it left. */
export interface RowsToRun {
  readonly batches: AsyncIterable<readonly InputRow[]>;
  /** The first row that is not finished, by its ordinal: those before are passed over. */
  readonly from: number;
  readonly recorded: RecordedOutcomes;
  readonly unsettled: ReadonlyMap<number, EarlierTries>;
  /** Rows whose work is under way at once, at most. */
  readonly slots: number;
  /** Of these, the rows that wait for their first call: what was read of them is not much older than their write. */
  readonly waiting: number;
  /** Where the input is a results file: the statuses whose rows are run again; all, if absent. */
  readonly only: readonly RowStatus[] | undefined;
  /** Valid rows to settle in this session, at most. */
  readonly limit: number;
  /** As a fleet's workers know the run; absent where it is no fleet's. */
  readonly fleetRun?: string;
  /** Hears of each row as soon as it is settled, whatever rows before it are not; `told before`: by an earlier session, or by the input alone. */
  readonly settled: (settled: SettledRow, when: 'now' | 'told before') => void;
}

/** A row on its way to the calls: settled already, or with what earlier sessions tried for it. */
type TakenRow =
  | { readonly row: InputRow; readonly outcome: RowOutcome }
  | { readonly row: ValidRow; readonly earlier: EarlierTries | undefined };

/** Rows that may stand finished behind a slow one: what a resume holds at most. */
const WINDOW_ROWS = 2_048;

/**
 * Settles every row, and gives them in the input's order. Throws what stopped the run, after the rows before it. The limit
 * is the last reason of all: it is reached once all that it asks for are settled.
 */
export async function* runRows(rows: RowsToRun, context: CallContext): AsyncGenerator<SettledRow> {
  const ahead = createLookAhead(rows.waiting);
  const settle = settleInTurn(context, ahead);
  const taking = takeRows(rows, ahead, context);
  const told = (settled: SettledRow, when: 'now' | 'told before'): SettledRow => {
    rows.settled(settled, when);
    return settled;
  };
  yield* inOrder(taking.rows, { slots: rows.slots, window: WINDOW_ROWS }, (taken) =>
    'outcome' in taken
      ? told(taken, 'told before')
      : settle(taken.row, taken.earlier).then((settled) => told(settled, 'now')),
  );
  if (!taking.leftRows()) return;
  context.stopSwitch.signal.throwIfAborted();
  throw limitReached(rows.fleetRun);
}

interface Taking {
  readonly rows: AsyncIterable<TakenRow>;
  /** Whether there were more rows to settle than the limit asks for. */
  readonly leftRows: () => boolean;
}

function takeRows(rows: RowsToRun, ahead: LookAhead, { stopSwitch, outages }: CallContext): Taking {
  let taken = 0;
  let leftRows = false;
  async function* take(): AsyncGenerator<TakenRow> {
    try {
      for await (const batch of rows.batches) {
        // A generator of rows between would cost each of them some ten promises.
        for (const row of batch.filter(({ ordinal }) => ordinal >= rows.from)) {
          stopSwitch.signal.throwIfAborted();
          const outcome =
            carriedOutcome(row, rows.only) ??
            (row.kind === 'valid' ? await recordedOutcome(rows, row, outages) : ownOutcome(row));
          if (outcome !== undefined) {
            yield { row, outcome };
          } else if (row.kind === 'valid') {
            leftRows = taken >= rows.limit;
            if (leftRows) return;
            taken += 1;
            // It is taken once it would not have to wait: a row in hand holds some 13 KB.
            if (ahead.isFull()) (await ahead.enter(stopSwitch.signal))();
            yield { row, earlier: rows.unsettled.get(row.ordinal) };
          }
        }
      }
    } finally {
      outages.inputEnded();
    }
  }
  return { rows: take(), leftRows: () => leftRows };
}

/** The outcome that an earlier session recorded, perhaps of an opportunity that was answered for. */
async function recordedOutcome(
  { recorded }: RowsToRun,
  row: ValidRow,
  outages: Outages,
): Promise<RowOutcome | undefined> {
  if (recorded.isOver()) return undefined;
  const outcome = await recorded.take(row.ordinal, rowKey(row.target));
  const answered = outcome && answeredFor({ row, outcome });
  if (answered !== undefined) outages.answeredBefore(answered);
  return outcome;
}
