import type { CallContext } from '../../calls/call-context.ts';
import { associationKey, placeKey } from '../../calls/look/near-id.ts';
import { planRow } from '../../calls/plan-row.ts';
import { takeInHand } from '../../calls/row-in-hand.ts';
import { clearOf, rowPorts } from '../../calls/send-write.ts';
import { settleRow } from '../../calls/settle-row.ts';
import { watchFailures } from '../../calls/stop/max-failures.ts';
import { isDeclined } from '../../model/fault.ts';
import { writesFor } from '../../model/operation.ts';
import { exceptionOf, statusOf, type RowOutcome } from '../../model/outcome.ts';
import { rowKey, type ValidRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import type { SettledRow } from '../../results/results-csv.ts';
import type { DoneEntry } from '../../store/journal-line.ts';
import type { EarlierTries } from '../../store/journal-state.ts';
import type { LookAhead } from './look-ahead.ts';
import { createTurns } from './take-turns.ts';

type SettleOne = (row: ValidRow, earlier: EarlierTries | undefined) => Promise<SettledRow>;

/** Settles rows side by side, those that bear on each other one after the other; those that are `ahead` wait for their first call. */
export function settleInTurn(context: CallContext, ahead: LookAhead): SettleOne {
  const { options, journal, outages, stopSwitch } = context;
  const turns = createTurns();
  const countFailure = failureCounter(context);
  let quotaReached: RunError | undefined;

  const settle: SettleOne = async (row, earlier) => {
    const left = await ahead.enter(stopSwitch.signal);
    try {
      if (quotaReached !== undefined) throw quotaReached;
      const inHand = takeInHand(row, earlier, left);
      const writes = writesFor(options.operationOf(row), row.target);
      const outcome = options.planOnly
        ? await planRow(writes, { clear: clearOf(row, context) })
        : await settleRow(writes, earlier, rowPorts(inHand, context));
      await journal.append(doneEntry(row, outcome));
      countFailure(outcome);
      return { row, outcome };
    } catch (error) {
      // What one row meets here, all would: no further call may leave. A used-up quota turns away those that have not begun, and
      // those that it has admitted may go.
      if (error instanceof RunError) {
        if (error.code === 'quota_reached') quotaReached ??= error;
        else stopSwitch.stop(error);
      }
      throw error;
    } finally {
      left();
      outages.rowEnded();
    }
  };
  return (row, earlier) => {
    const keys = turnKeys(row, context);
    const waits = turns.areTaken(keys);
    outages.rowTaken(waits);
    return turns.take(keys, () => {
      if (waits) outages.turnCame();
      return settle(row, earlier);
    });
  };
}

/** Rows that name the same association, as a replacement perhaps, take effect in the input's order. */
function turnKeys(row: ValidRow, { options, replaces }: CallContext): readonly string[] {
  // Which entity is an opportunity's last depends on its rows before.
  if (options.planOnly || options.protectLast) return [row.target.opportunityId];
  const associations = writesFor(options.operationOf(row), row.target).map(({ association }) => association);
  const keys = associations.map(associationKey);
  // Whether a replacement finds a place depends on the rows before that take one or leave one.
  return replaces ? [...new Set([...keys, ...associations.map(placeKey)])] : keys;
}

function doneEntry(row: ValidRow, outcome: RowOutcome): DoneEntry {
  return { t: 'done', ordinal: row.ordinal, row: row.row, key: rowKey(row.target), outcome };
}

/** Stops the run past the failures that are allowed; of this session's rows alone. */
function failureCounter({ options, stopSwitch }: CallContext): (outcome: RowOutcome) => void {
  const tooManyAfter = watchFailures(options.maxFailures);
  return (outcome) => {
    if (isDeclined(exceptionOf(outcome))) return;
    const tooMany = tooManyAfter(statusOf(outcome));
    if (tooMany !== undefined) stopSwitch.stop(tooMany);
  };
}
