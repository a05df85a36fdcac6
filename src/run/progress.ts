import type { InputTally } from '../input/input-tally.ts';
import type { Pace } from '../pace/pace.ts';
import type { PaceState } from '../pace/pace-state.ts';
import type { Tally } from '../results/tally.ts';

/** Where a run stands, for a bar, a line or another terminal. */
export interface RunProgress {
  /** All rows of the input. */
  readonly rows: number;
  /** The rows settled so far, earlier sessions' among them. */
  readonly settled: Tally;
  /** Valid rows not settled yet: at least one call each. */
  readonly callsLeft: number;
  /** Of the calls that hold the run up: writes, or a plan's reads. */
  readonly pace: PaceState;
  /** When the last call would start at this pace, the daily quota's pauses included; epoch milliseconds. */
  readonly expectedFinishMs: number;
}

/**
 * `callsLeft`: of the rows that are to be run, those not settled yet. Each takes a call of every pace at the most; the
 * first is the one that is shown, the slowest tells the end.
 */
export function progressOf(
  input: InputTally,
  settled: Tally,
  callsLeft: number,
  paces: readonly [Pace, ...Pace[]],
): RunProgress {
  return {
    rows: input.rows,
    settled,
    callsLeft,
    pace: paces[0].state(),
    expectedFinishMs: Math.max(...paces.map((pace) => pace.expectedFinishMs(callsLeft))),
  };
}
