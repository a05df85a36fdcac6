import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realDisk, type Disk } from '../../src/disk/disk.ts';
import { thisMachine, type Machine } from '../../src/disk/machine.ts';
import { fileSource } from '../../src/input/bytes/read-file.ts';
import type { Clock } from '../../src/model/clock.ts';
import { fileRuns } from '../../src/store/files/file-runs.ts';
import { runPaths, type RunPaths } from '../../src/store/files/run-folder/run-paths.ts';
import type { RunEnd } from '../../src/run/run-end.ts';
import type { JobContext } from '../../src/run/job-context.ts';
import { SILENT } from '../../src/run/run-events.ts';
import { runJob } from '../../src/run/run-job.ts';
import type { RunRequest } from '../../src/run/request/run-request.ts';
import { createStopSwitch } from '../../src/calls/stop/stop-switch.ts';
import type { FakeService } from './fake-service.ts';

/** A job of some rows in a folder of its own. */
export interface JobStage {
  readonly folder: string;
  readonly paths: RunPaths;
  /** What the rows name, as `FakeService` has it. */
  readonly named: readonly string[];
  /** Runs the job, or goes on with it, as a process of its own would: none of those before it is alive. */
  readonly run: (
    service: FakeService,
    disk?: Disk,
    request?: Partial<RunRequest>,
    job?: Partial<JobContext>,
  ) => Promise<RunEnd>;
  readonly results: () => readonly string[];
  readonly remove: () => void;
}

/** A machine on which every process that took a lock before is gone. */
const MACHINE: Machine = { ...thisMachine, processState: async () => ({ alive: false }) };

export function setJobStage(rows: number, clock: Clock): JobStage {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-job-'));
  const input = join(folder, 'people.csv');
  const named = Array.from(
    { length: rows },
    (_, index) => `O${100 + index} Solutions S-${String(index).padStart(7, '0')}`,
  );
  const lines = named.map((key) => key.replaceAll(' ', ','));
  writeFileSync(input, ['Opportunity ID,Entity Type,Entity ID', ...lines, ''].join('\n'));
  const paths = runPaths(join(folder, 'people.results.csv'));
  const request: RunRequest = {
    command: 'disassociate',
    operationOf: () => 'disassociate',
    planOnly: false,
    inputName: 'people.csv',
    inputBytes: undefined,
    inputOptions: {},
    name: paths.results,
    terms: { command: 'disassociate', catalog: 'Sandbox', endpoint: 'fake' },
    tool: 'oppsweep test',
    restart: false,
    purpose: 'a test',
    retryPolicy: { maxAttempts: 3, baseMs: 1, capMs: 1 },
    maxFailures: { kind: 'percent', percent: 100 },
    outageWaitMs: 60_000,
    signInWaitMs: 0,
    only: undefined,
    limit: Number.POSITIVE_INFINITY,
    slots: 4,
    waiting: 4,
    preflight: false,
    mayDetachFirst: () => false,
    protectLast: false,
    skipLocked: false,
    provenIds: false,
    readLagMs: 0,
    defuseAll: false,
    options: {},
  };
  return {
    folder,
    paths,
    named: named.toSorted(),
    run: (service, disk = realDisk, changes = {}, job = {}) =>
      runJob(
        { ...request, inputBytes: fileSource(input).bytes, ...changes },
        {
          runs: fileRuns({ disk, machine: MACHINE, clock }),
          clock,
          machine: MACHINE,
          dice: () => 0,
          stopSwitch: createStopSwitch(),
          openService: service.open,
          confirm: async () => undefined,
          events: SILENT,
          ...job,
        },
      ),
    results: () => readFileSync(paths.results, 'utf8').trimEnd().split('\n'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Time passes only while somebody sleeps, and then at once. */
export function instantClock(): Clock {
  let nowMs = Date.UTC(2025, 0, 31);
  return {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (delayMs, signal) => {
      signal?.throwIfAborted();
      nowMs += delayMs;
    },
  };
}
