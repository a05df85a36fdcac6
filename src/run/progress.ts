import type { InputTally } from '../input/rows/input-tally.ts';
import type { PaceState } from '../pace/pace-state.ts';
import type { PaceView } from '../pace/pace-view.ts';
import type { Tally } from '../model/tally.ts';
import type { Awaited } from '../store/journal-line.ts';

/** Where a run stands, for a bar, a line or another terminal. */
export interface RunProgress {
  /** All rows of the input. */
  readonly rows: number;
  /** The rows settled so far, earlier sessions' among them. */
  readonly settled: Tally;
  /** Valid rows not settled yet. */
  readonly rowsLeft: number;
  /** Calls that these take at most, of the kind that is shown. */
  readonly callsLeft: number;
  /** Of the calls that hold the run up: writes, or a plan's reads. */
  readonly pace: PaceState;
  /** When the last call would start at this pace, the daily quota's pauses included; epoch milliseconds. */
  readonly expectedFinishMs: number;
  readonly awaited?: Pick<Awaited, 'what' | 'untilMs'> | undefined;
}

/** Calls that hold a run up. */
export interface PacedCalls {
  readonly pace: PaceView;
  /** How many of them so many rows take at most. */
  readonly callsOf: (rowsLeft: number) => number;
}

/**
 * `rowsLeft`: of the rows that are to be run, those not settled yet. The first of the calls are those that are shown, the
 * slowest tell the end.
 */
export function progressOf(
  input: InputTally,
  settled: Tally,
  rowsLeft: number,
  calls: readonly [PacedCalls, ...PacedCalls[]],
): RunProgress {
  return {
    rows: input.rows,
    settled,
    rowsLeft,
    callsLeft: calls[0].callsOf(rowsLeft),
    pace: calls[0].pace.state(),
    expectedFinishMs: Math.max(...calls.map(({ pace, callsOf }) => pace.expectedFinishMs(callsOf(rowsLeft)))),
  };
}
