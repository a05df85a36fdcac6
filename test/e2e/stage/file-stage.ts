import { setTimeout as delay } from 'node:timers/promises';
import { startStageEmulator, type StageEmulator } from './stage-emulator.ts';
import { runProgram, startProgram, type Ended, type Running, type Surroundings } from './program.ts';
import { runHere } from './program-here.ts';
import { parseResults, type ResultLine } from './results-file.ts';
import { isWrite } from './server-record.ts';
import { makeWorkFolder, type Test, type WorkFolder } from './work-folder.ts';

/** A folder with `job.csv` in it, and an emulator that holds what the test says. */
export interface FileStage {
  readonly folder: WorkFolder;
  readonly emulator: StageEmulator;
  readonly surroundings: Surroundings;
  /** A command against the emulator, on catalog Sandbox and as fast as it goes, unless an argument says otherwise. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<Ended>;
  /** The same by the built program, in a process. */
  readonly runBuilt: FileStage['run'];
  readonly start: (command: string, ...args: readonly string[]) => Running;
  readonly results: (name?: string) => readonly ResultLine[];
  /** Every write that reached the emulator, in the order of arrival. */
  readonly writes: () => Promise<readonly ReceivedWrite[]>;
  /** Resolves once so many more writes have reached the emulator; rejects if the process ends before. */
  readonly moreWrites: (count: number, running: Running) => Promise<void>;
}

export interface ReceivedWrite {
  /** Such as `DisassociateOpportunity O1 Solutions S-0000001`. */
  readonly what: string;
  readonly changed: boolean;
}

export interface FileStageFiles {
  /** `job.csv`: a header and rows, cell by cell. */
  readonly job: readonly (readonly string[])[];
  /** What exists beforehand: opportunity, type and identifier each, and the opportunity's review status perhaps. */
  readonly held: readonly (readonly [string, string, string, reviewStatus?: string])[];
}

const SANDBOX_AND_FAST: readonly string[] = [
  '--catalog',
  'Sandbox',
  '--rate',
  'unlimited',
  '--read-rate',
  'unlimited',
  '--daily-quota',
  'unlimited',
  // Unless it is told to, the emulator's reads show each write at once.
  '--read-lag',
  '0',
];

/** Taken down when the test ends. `emulatorOptions` are those of `oppsweep emulator`. */
export async function setFileStage(
  task: Test,
  { job, held }: FileStageFiles,
  emulatorOptions: readonly string[] = [],
): Promise<FileStage> {
  const folder = makeWorkFolder(task);
  folder.write('job.csv', csvOf(job));
  folder.write(
    'held.csv',
    csvOf([['Opportunity ID', 'Entity Type', 'Entity ID', 'Review Status'], ...held.map(withStatus)]),
  );
  const emulator = await startStageEmulator(task, folder.at('held.csv'), emulatorOptions);
  const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };
  const writes = async (): Promise<readonly ReceivedWrite[]> =>
    (await emulator.calls())
      .filter(isWrite)
      .map(({ operation, opportunityId, entityType, entityId, changed }) => ({
        what: [operation, opportunityId, entityType, entityId].join(' '),
        changed,
      }));
  return {
    folder,
    emulator,
    surroundings,
    run: (command, ...args) => runHere([command, ...SANDBOX_AND_FAST, ...args], surroundings),
    runBuilt: (command, ...args) => runProgram([command, ...SANDBOX_AND_FAST, ...args], surroundings),
    start: (command, ...args) => startProgram([command, ...SANDBOX_AND_FAST, ...args], surroundings),
    results: (name = 'job.results.csv') => parseResults(folder.read(name)),
    writes,
    moreWrites: async (count, running) => {
      const enough = (await writes()).length + count;
      while ((await writes()).length < enough) {
        const ended = await Promise.race([running.ended, delay(10)]);
        if (ended !== undefined) throw new Error(`It ended before ${count} more writes:\n${ended.stderr}`);
      }
    },
  };
}

function withStatus([opportunity, type, id, status = '']: FileStageFiles['held'][number]): string[] {
  return [opportunity, type, id, status];
}

/** Cells without commas or quotes, as the tests write them. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.join(',')}\n`).join('');
}
