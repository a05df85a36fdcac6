import { startStageEmulator, type StageEmulator } from './stage-emulator.ts';
import { people, peopleCsv, type Person } from './people.ts';
import { runProgram, startProgram, type Ended, type Running, type Surroundings } from './program.ts';
import { runHere } from './program-here.ts';
import { parseResults, type ResultLine } from './results-file.ts';
import { makeWorkFolder, type Test, type WorkFolder } from './work-folder.ts';

/** A folder with `people.csv` in it, and an emulator in which all of its associations exist. */
export interface Stage {
  readonly folder: WorkFolder;
  readonly rows: readonly Person[];
  readonly emulator: StageEmulator;
  /** The folder, with the emulator's address and credentials. */
  readonly surroundings: Surroundings;
  /** `oppsweep disassociate people.csv` against the emulator, as fast as it goes, and with these options too. */
  readonly disassociate: (...options: readonly string[]) => Promise<Ended>;
  /** The same by the built program, in a process. */
  readonly disassociateBuilt: Stage['disassociate'];
  readonly start: (...options: readonly string[]) => Running;
  /** Of the finished run. */
  readonly results: () => readonly ResultLine[];
  /** Of a run that is under way or stopped. */
  readonly resultsSoFar: () => readonly ResultLine[];
}

const DISASSOCIATE = ['disassociate', 'people.csv', '--catalog', 'Sandbox'];
const UNLIMITED = ['--rate', 'unlimited', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];
// Unless it is told to, the emulator's reads show each write at once.
const FAST = [...UNLIMITED, '--read-lag', '0'];

/** Taken down when the test ends. `emulatorOptions` are those of `oppsweep emulator`. */
export async function setStage(
  task: Test,
  rowCount: number,
  emulatorOptions: readonly string[] = [],
): Promise<Stage> {
  const folder = makeWorkFolder(task);
  const rows = people(rowCount);
  folder.write('people.csv', peopleCsv(rows));
  const emulator = await startStageEmulator(task, folder.at('people.csv'), emulatorOptions);
  const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };
  return {
    folder,
    rows,
    emulator,
    surroundings,
    disassociateBuilt: (...options) => runProgram([...DISASSOCIATE, ...FAST, ...options], surroundings),
    disassociate: (...options) => runHere([...DISASSOCIATE, ...FAST, ...options], surroundings),
    start: (...options) => startProgram([...DISASSOCIATE, ...FAST, ...options], surroundings),
    results: () => parseResults(folder.read('people.results.csv')),
    resultsSoFar: () => parseResults(folder.read('people.oppsweep/results.partial.csv')),
  };
}
