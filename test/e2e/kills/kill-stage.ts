import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'vitest';
import type { ServedCall } from '../../../src/emulator/call-log.ts';
import {
  DEFAULT_EMULATOR_OPTIONS,
  parseFaultPlan,
  startEmulator,
  type Emulator,
} from '../../../src/emulator/emulator.ts';
import type { Solution } from '../../../src/emulator/partner/solution.ts';
import { association } from '../../emulator/associations.ts';
import { systemClock } from '../../emulator/system-clock.ts';
import { csvOf } from '../stage/file-stage.ts';
import { openContainers, type Container } from '../stage/containers.ts';
import { runProgram, startProgram, type Ended, type Running } from '../stage/program.ts';
import { isWrite } from '../stage/server-record.ts';
import { makeWorkFolder, type WorkFolder } from '../stage/work-folder.ts';
import type { KillKind, KillRow } from './kill-kinds.ts';

/** Of an answer: several calls are in flight at any moment. */
export const LATENCY = { meanMs: 60, jitterMs: 50 };
const FAULTS = 'throttle=2%,error=2%,reset=2%,reset-after=2%,garbage=1%';
const WITHOUT_QUOTA = {
  writesPerSecond: 'unlimited',
  readsPerSecond: 'unlimited',
  writesPerDay: 'unlimited',
  readsPerDay: 'unlimited',
} as const;
const PACE = ['--rate', '60', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];
const OPTIONS = [
  '--catalog',
  'Sandbox',
  ...PACE,
  '--concurrency',
  '4',
  '--max-attempts',
  '8',
  '--read-lag',
  '0',
];

/** A job, and the service that it is done at, which is in the test's own process. */
export interface KillStage {
  readonly kind: KillKind;
  readonly rows: readonly KillRow[];
  readonly folder: WorkFolder;
  readonly emulator: Emulator;
  /** Every call of the job, in the order of arrival. */
  readonly calls: () => readonly ServedCall[];
  readonly writes: () => readonly ServedCall[];
  /** The command that is killed; the same goes on. */
  readonly start: () => Running;
  readonly finish: () => Promise<Ended>;
  /** The same command in another container; absent where there is none. */
  readonly intrude: (() => Promise<Ended>) | undefined;
  /** The name of its results. */
  readonly results: string;
}

/** Taken down when the test ends. */
export async function setKillStage(task: TestContext, kind: KillKind, rowCount: number): Promise<KillStage> {
  const rows = Array.from({ length: rowCount }, (_, index) => kind.rowAt(index));
  const folder = makeWorkFolder(task);
  folder.write('job.csv', jobOf(rows));
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    ...WITHOUT_QUOTA,
    ...kind.readings,
    seed: rows.flatMap(({ opportunityId, held }) =>
      held.map((entityId) => association(opportunityId, 'Solutions', entityId)),
    ),
    solutions: kind.drafts === true ? rows.map(({ replacementId }) => draft(replacementId)) : [],
    latency: LATENCY,
    faults: parseFaultPlan(FAULTS),
    clock: systemClock,
  });
  task.onTestFinished(() => emulator.close());
  const surroundings = { path: folder.path, env: { ...folder.env, ...addressOf(emulator) } };
  if (kind.command === 'undo')
    await runProgram(['disassociate', 'job.csv', ...OPTIONS, ...(kind.optionsBefore ?? [])], surroundings);
  const before = emulator.counts().received;
  const args = [
    kind.command,
    kind.command === 'undo' ? 'job.results.csv' : 'job.csv',
    ...OPTIONS,
    ...kind.options,
  ];
  const [own, other] = kind.inContainers === true ? await openContainers(task) : [HERE];
  const calls = (): readonly ServedCall[] => emulator.calls().filter(({ sequence }) => sequence > before);
  return {
    kind,
    rows,
    folder,
    emulator,
    calls,
    writes: () => calls().filter(isWrite),
    start: () => own.start(args, surroundings),
    finish: () => own.start(args, surroundings).ended,
    intrude: other && (() => other.start(args, surroundings).ended),
    results: kind.command === 'undo' ? 'job.undo.csv' : 'job.results.csv',
  };
}

const HERE: Container = { start: startProgram };

function draft(id: string): Solution {
  return { id, name: id, status: 'Draft', category: '' };
}

/** Kills a session once it has sent so many writes and a while has passed; gives what it said. */
export async function killAfter(stage: KillStage, writes: number, whileMs: number): Promise<Ended> {
  const enough = stage.writes().length + writes;
  const running = stage.start();
  while (stage.writes().length < enough) {
    const ended = await Promise.race([running.ended, delay(2)]);
    if (ended !== undefined) throw new Error(`It ended before ${writes} writes:\n${ended.stderr}`);
  }
  const { intrude } = stage;
  if (intrude === undefined) return killIn(whileMs, running);
  // Stopped, it does no rows while the other one begins.
  running.send('SIGSTOP');
  assertRefused(await intrude());
  running.send('SIGCONT');
  const ended = await killIn(whileMs, running);
  // From another container nobody can tell that it is gone.
  assertRefused(await intrude());
  return ended;
}

function assertRefused(refused: Ended): void {
  if (refused.code === 3 && refused.stderr.includes('(run_held)')) return;
  throw new Error(`It ran beside another, with ${refused.code}:\n${refused.stderr}`);
}

/** Kills a process after a while, and fails if it had come to its end by itself. */
export async function killIn(whileMs: number, running: Running): Promise<Ended> {
  await delay(whileMs);
  running.send('SIGKILL');
  const ended = await running.ended;
  if (ended.signal !== 'SIGKILL') throw new Error(`It ended by itself:\n${ended.stderr}`);
  return ended;
}

function jobOf(rows: readonly KillRow[]): string {
  const cells = rows.map((row) => [row.opportunityId, 'Solutions', row.entityId, row.replacementId]);
  const replaces = rows.some(({ replacementId }) => replacementId !== '');
  const header = ['Opportunity ID', 'Entity Type', 'Entity ID', 'Replacement'];
  return csvOf([header, ...cells].map((line) => (replaces ? line : line.slice(0, 3))));
}

function addressOf({ url, credentials }: Emulator): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
