import type { Clock } from '../model/clock.ts';
import { finishAtRate, type RateMark } from '../model/quota/rows-rate.ts';
import type { PlanTally, Tally } from '../model/tally.ts';
import type { PaceState } from '../pace/pace-state.ts';
import { viewPace, type PaceView } from '../pace/pace-view.ts';
import type { AwaitedOfAll } from './keep-awaited.ts';
import type { RunRequest } from './request/run-request.ts';
import { writesOf } from './request/changes-at-most.ts';
import type { Survey } from './request/survey-input.ts';
import type { OpenService } from './service/open-service.ts';
import { realDuration } from './service/real-duration.ts';

/** Where a run stands, for a bar, a line or another terminal. */
export interface RunProgress {
  /** Valid rows that are to be run: those that the input decides by itself are counted with it. */
  readonly rows: number;
  /** Of these, the rows settled so far, earlier sessions' among them. */
  readonly settled: Tally;
  /** The others. */
  readonly rowsLeft: number;
  /** Of these, the rows of this session: a limit may end it before the others. */
  readonly rowsAhead: number;
  /** Calls that these take at most, of the kind that is shown. */
  readonly callsLeft: number;
  /** Of the calls that are shown: writes, or a plan's reads; but the longest pause of any. */
  readonly pace: PaceState;
  /** When the last row will be settled at the rate that they have, the daily quota's pauses included; epoch milliseconds. */
  readonly expectedFinishMs: number;
  readonly awaited?: AwaitedOfAll | undefined;
  /** Present once the run is stopped before its last row: no new call leaves, and those in flight finish. */
  readonly stopping?: { readonly callsInFlight: number };
}

/** Calls that hold a run up. */
export interface PacedCalls {
  readonly pace: PaceView;
  /** How many of them so many rows take at most. */
  readonly callsOf: (rowsLeft: number) => number;
}

/** How far the rows of a run have come. */
export interface RowsStanding extends Pick<RunProgress, 'rows' | 'settled' | 'rowsAhead'> {
  /** How fast they go. */
  readonly rate: readonly RateMark[];
}

/** The first of the calls are those that are shown, the slowest tell the end. */
export function progressOf(
  { rows, settled, rowsAhead, rate }: RowsStanding,
  calls: readonly [PacedCalls, ...PacedCalls[]],
): RunProgress {
  const permitted = calls.map(({ pace, callsOf }) => {
    const callsLeft = callsOf(rowsAhead);
    const { callsPerSecond, paused } = pace.state();
    return { finishMs: pace.expectedFinishMs(callsLeft), calls: callsLeft, callsPerSecond, paused };
  });
  const pauses = permitted.flatMap(({ paused }) => paused ?? []);
  const [paused] = pauses.toSorted((one, other) => other.untilMs - one.untilMs);
  return {
    rows,
    settled,
    rowsLeft: rows - settled.rows,
    rowsAhead,
    callsLeft: calls[0].callsOf(rowsAhead),
    pace: { ...calls[0].pace.state(), ...(paused && { paused }) },
    expectedFinishMs: finishAtRate(permitted, rowsAhead, rate),
  };
}

export function stoppingOf({
  writePace,
  readPace,
}: Pick<OpenService, 'writePace' | 'readPace'>): Required<Pick<RunProgress, 'stopping'>> {
  return { stopping: { callsInFlight: writePace.inFlight() + readPace.inFlight() } };
}

/** Parts of a run that tell which calls hold it up. */
interface RunToPace {
  readonly request: Pick<RunRequest, 'planOnly' | 'preflight'>;
  readonly service: Pick<OpenService, 'readPace' | 'readDay' | 'writePace' | 'writeDay'>;
  readonly survey: Survey;
}

/** The calls that hold a run up, the most telling first. */
export function pacedCalls({
  request: { planOnly, preflight },
  service: { readPace, readDay, writePace, writeDay },
  survey,
}: RunToPace): readonly [PacedCalls, ...PacedCalls[]] {
  const reads: PacedCalls = { pace: viewPace(readPace, readDay), callsOf: (rowsLeft) => rowsLeft };
  if (planOnly) return [reads];
  const writes: PacedCalls = {
    pace: viewPace(writePace, writeDay),
    callsOf: (rowsLeft) => writesOf(rowsLeft, survey),
  };
  return preflight ? [writes, reads] : [writes];
}

/** Parts of a plan's run that tell when it would end. */
interface RunToReckon extends Pick<RunToPace, 'service' | 'survey'> {
  readonly request: Pick<RunRequest, 'rehearses'>;
  readonly job: { readonly clock: Pick<Clock, 'wallMs'> };
}

/** Of a rehearsal, by the limits of the real run: how much of its day is used is not known here. A run reads, too. */
export function finishIfRunNow(
  { writesNeeded }: PlanTally,
  { request, service, survey, job }: RunToReckon,
): string {
  const { rehearses } = request;
  const calls = { writes: writesNeeded, reads: survey.opportunities };
  const finishMs =
    rehearses === undefined
      ? Math.max(
          viewPace(service.writePace, service.writeDay).expectedFinishMs(calls.writes),
          viewPace(service.readPace, service.readDay).expectedFinishMs(calls.reads),
        )
      : job.clock.wallMs() + realDuration(calls, rehearses);
  return new Date(finishMs).toISOString();
}
