import type { Tally } from '../../../model/tally.ts';
import type { Catalog } from '../../../model/catalog.ts';
import type { Caller } from '../../../store/journal-line.ts';
import type { RunProgress } from '../../../run/progress.ts';

/** The events that a shell line may be run at. */
export type RunEventName =
  | 'started'
  | 'quota_reached'
  | 'quota_free'
  | 'outage'
  | 'credentials_expiring'
  | 'stopped'
  | 'finished';

/** Valid rows that are to be run, as `status` counts them; of a run that has finished, all rows of its input. */
export interface RowCounts {
  readonly total: number;
  readonly settled: number;
  readonly left: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

export function rowCounts(total: number, { rows, byStatus }: Tally): RowCounts {
  return { total, settled: rows, left: total - rows, byStatus };
}

/** A line of a log in JSON, and what a shell line is given: `schemas/run-event.schema.json` describes it. */
export interface RunEventRecord {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `words`: a sentence of the screen; `progress`: where the run stands. */
  readonly event: RunEventName | 'words' | 'progress';
  readonly command: string;
  readonly input: string;
  /** The results' path, once it is known. */
  readonly results?: string;
  readonly catalog?: Catalog;
  /** Its origin; `emulator` of a rehearsal, which changes nothing at AWS. */
  readonly endpoint?: string;
  /** Once STS has told it. */
  readonly caller?: Caller;
  readonly message: string;
  readonly rows?: RowCounts;
  readonly quota?: { readonly usedInDay: number; readonly leftInDay: number | 'unlimited' };
  /** When the run would end, while it goes. */
  readonly expectedFinish?: string;
  /** Until when is waited, at the longest. */
  readonly waitsUntil?: string;
  /** Why it stopped, a stable word. */
  readonly reason?: string;
  readonly exitCode?: number;
}

/** Where a run stands, as a record has it: of one that is over, stops, or waits for nobody knows what, no finish. */
export function standing(
  progress: RunProgress,
  over: boolean,
): Pick<RunEventRecord, 'rows' | 'quota' | 'expectedFinish' | 'waitsUntil'> {
  const { rows, settled, pace, expectedFinishMs, awaited, stopping } = progress;
  const goesOn = !over && stopping === undefined;
  const untilMs = awaited?.untilMs ?? pace.paused?.untilMs;
  return {
    rows: rowCounts(rows, settled),
    quota: { usedInDay: pace.usedInDay, leftInDay: pace.leftInDay },
    ...(goesOn && awaited === undefined && { expectedFinish: iso(expectedFinishMs) }),
    ...(goesOn && untilMs !== undefined && { waitsUntil: iso(untilMs) }),
  };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
