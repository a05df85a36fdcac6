import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeLine, type JobEntry, type JournalEntry } from '../../../../src/store/journal-line.ts';
import { realDisk } from '../../../../src/disk/disk.ts';
import { thisMachine } from '../../../../src/disk/machine.ts';
import { findRecord, noRun } from '../../../../src/run/record/find-record.ts';
import { fileRuns } from '../../../../src/store/files/file-runs.ts';
import type { FolderDependencies } from '../../../../src/store/files/run-folder/own-files.ts';
import type { RunRecord } from '../../../../src/store/run-store.ts';
import { manualClock } from '../../../emulator/manual-clock.ts';
import { runPaths, type RunPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import { JOB } from '../../../results/samples.ts';

/** The folder of a run, as this tool would have left it; removed when the test ends. */
export interface RunFolder {
  readonly paths: RunPaths;
  /** Begins the journal anew, with `JOB` as its first line. */
  readonly journal: (...entries: readonly JournalEntry[]) => void;
  /** What is known of it. */
  readonly record: (deps?: Partial<FolderDependencies>) => Promise<RunRecord>;
}

/** `input`: the run's own copy of it. */
export function makeRunFolder(input: string, job: Partial<JobEntry> = {}): RunFolder {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const paths = runPaths(join(folder, 'people.results.csv'));
  mkdirSync(paths.folder);
  writeFileSync(paths.inputCopy, input);
  const journal = (...entries: readonly JournalEntry[]): void => {
    writeFileSync(paths.journal, [{ ...JOB, ...job }, ...entries].map(encodeLine).join(''));
  };
  journal();
  const record = async (deps: Partial<FolderDependencies> = {}): Promise<RunRecord> => {
    const runs = fileRuns({ disk: realDisk, machine: thisMachine, clock: manualClock(), ...deps });
    const found = (await findRecord(paths.results, runs)).record;
    if (found === undefined) throw noRun(runs.places(paths.results));
    return found;
  };
  return { paths, journal, record };
}
