/**
 * oppsweep as a library: rows in, the quota kept, safe calls, rows out; the command line without its terminal.
 *
 * `sweep` removes what an input's rows name, `plan` tells what that would come to, `check` validates; `startEmulator` is Partner
 * Central on loopback.
 */
export { check, type CheckSummary } from './library/check.ts';
export type { Rows } from './library/row-feed.ts';
export type { InputObject } from './input/records/object-source.ts';
export { memoryStore } from './library/memory-store.ts';
export { plan, sweep } from './library/sweep.ts';
export type { SweepInput } from './library/sweep-input.ts';
export type { LentParts, ReadingOptions, SweepOptions } from './library/sweep-options.ts';
export {
  DEFAULT_EMULATOR_OPTIONS,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from './emulator/emulator.ts';
export type { Catalog } from './model/catalog.ts';
export type { Clock, Dice } from './model/clock.ts';
export type { Association, EntityType, RelatedEntity } from './model/entity.ts';
export type { Fault, FaultKind } from './model/fault.ts';
export type { CallRecord, RowOutcome, RowStatus } from './model/outcome.ts';
export type { Problem } from './model/problem.ts';
export { RESULT_COLUMNS, type ResultColumn } from './model/result-columns.ts';
export type { InputRow, Target } from './model/row.ts';
export { RunError, type RunErrorCode } from './model/run-error.ts';
export type { Tally } from './model/tally.ts';
export type { SettledRow } from './results/results-csv.ts';
export type { RunLease, RunRecord, RunStore } from './store/run-store.ts';
export type { Summary } from './store/summary.ts';
