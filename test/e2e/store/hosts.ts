import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';
import { runProgram, startProgram, type Ended, type Running } from '../stage/program.ts';
import { setStage, type Stage } from '../stage/stage.ts';

/** A machine of its own, as far as files go: another folder, another home. */
export interface Host {
  readonly folder: WorkFolder;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly start: (...args: readonly string[]) => Running;
}

export interface TwoHosts {
  readonly stage: Stage;
  /** Has `people.csv`. */
  readonly first: Host;
  /** Has nothing. */
  readonly second: Host;
}

/** Two machines with one store, before one emulator. */
export async function twoHosts(task: Test, rows: number, store: string): Promise<TwoHosts> {
  const stage = await setStage(task, rows);
  const hostIn = (folder: WorkFolder): Host => {
    const env = { ...folder.env, ...stage.emulator.env, OPPSWEEP_STORE: store };
    const surroundings = { path: folder.path, env };
    return {
      folder,
      run: (...args) => runProgram(args, surroundings),
      start: (...args) => startProgram(args, surroundings),
    };
  };
  return { stage, first: hostIn(stage.folder), second: hostIn(makeWorkFolder(task)) };
}

/** Below it a store is refused. */
export const hasStores: boolean = ((): boolean => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
})();
