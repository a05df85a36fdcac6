import type { InputTally } from '../input/input-tally.ts';
import type { PaceState } from '../pace/pace-state.ts';
import type { Tally } from '../results/tally.ts';
import type { OpenService } from './open-service.ts';

/** Where a run stands, for a bar, a line or another terminal. */
export interface RunProgress {
  /** All rows of the input. */
  readonly rows: number;
  /** The rows settled so far, earlier sessions' among them. */
  readonly settled: Tally;
  /** Valid rows not settled yet: at least one call each. */
  readonly callsLeft: number;
  readonly writes: PaceState;
  /** When the last call would start at this pace, the daily quota's pauses included; epoch milliseconds. */
  readonly expectedFinishMs: number;
}

export function progressOf(input: InputTally, settled: Tally, { writePace }: OpenService): RunProgress {
  const { invalid = 0, duplicate = 0 } = settled.byStatus;
  const callsLeft = input.valid - (settled.rows - invalid - duplicate);
  return {
    rows: input.rows,
    settled,
    callsLeft,
    writes: writePace.state(),
    expectedFinishMs: writePace.expectedFinishMs(callsLeft),
  };
}
