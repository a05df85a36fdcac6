/**
 * oppsweep as a library: the same parts that its commands are made of.
 *
 * `runJob` runs or resumes a job, `openInput` reads and validates a file, `startEmulator` is Partner Central on loopback.
 */
export {
  DEFAULT_EMULATOR_OPTIONS,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from './emulator/emulator.ts';
export {
  openInput,
  type InputObject,
  type InputOptions,
  type InputSource,
  type ObjectSource,
  type OpenInput,
} from './input/open-input.ts';
export { fileSource } from './input/bytes/read-file.ts';
export type { Catalog } from './model/catalog.ts';
export type { Clock, Dice } from './model/clock.ts';
export type { Association, EntityType, RelatedEntity } from './model/entity.ts';
export type { Fault, FaultKind } from './model/fault.ts';
export type { CallRecord, RowOutcome, RowStatus } from './model/outcome.ts';
export type { Problem } from './model/problem.ts';
export type { InputRow, Target } from './model/row.ts';
export { RunError, type RunErrorCode } from './model/run-error.ts';
export { RESULT_COLUMNS, type ResultColumn } from './model/result-columns.ts';
export { fileRuns } from './store/files/file-runs.ts';
export type { AccountQuota, QuotaStore } from './store/account-quota.ts';
export type { Home } from './store/home.ts';
export type { RunLease, RunRecord, RunStore } from './store/run-store.ts';
export type { Summary } from './store/summary.ts';
export type { Tally } from './model/tally.ts';
export { openEmulatedService } from './run/service/open-emulated-service.ts';
export { openLiveService, type LiveSettings } from './run/service/open-live-service.ts';
export type { CallLimits, OpenService } from './run/service/open-service.ts';
export type { RunEnd } from './run/run-end.ts';
export type { RunEvents } from './run/run-events.ts';
export { runJob } from './run/run-job.ts';
export type { JobDependencies, RunRequest } from './run/request/run-request.ts';
export { createStopSwitch, type StopSwitch } from './calls/stop/stop-switch.ts';
