import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { thisMachine } from '../../../../src/disk/machine.ts';
import { encodeLine, type JournalEntry } from '../../../../src/store/journal-line.ts';
import { runPaths, type RunPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import { openRun, type OpenRun } from '../../../../src/store/files/run-folder/open-run.ts';
import type { FolderDependencies } from '../../../../src/store/files/run-folder/own-files.ts';
import type { RunTerms } from '../../../../src/store/run-store.ts';
import { manualClock } from '../../../emulator/manual-clock.ts';
import { textWith } from '../../../text-with.ts';

export const INPUT = 'Opportunity ID,Entity\nO1,S-0000001\n';

/** A folder in which a run may be opened. */
export interface OpenStage {
  readonly folder: string;
  readonly paths: RunPaths;
  readonly open: (opening?: Opening) => Promise<OpenRun>;
  /** Begins a run as a session would, writes these entries, and lets go of it. */
  readonly begin: (...entries: readonly JournalEntry[]) => Promise<OpenRun>;
}

/** Removed when the test ends. */
export function setOpenStage(): OpenStage {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-open-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const paths = runPaths(join(folder, 'people.results.csv'));
  const open = (opening?: Opening): Promise<OpenRun> => openIn(paths, opening);
  return {
    folder,
    paths,
    open,
    begin: async (...entries) => {
      const run = await open();
      writeFileSync(paths.journal, [run.job, ...entries].map(encodeLine).join(''));
      await run.release(true);
      return run;
    },
  };
}

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

export const DEPS: FolderDependencies = { disk: realDisk, machine: thisMachine, clock: manualClock() };

export interface Opening extends Partial<Omit<RunTerms, 'inputBytes'>> {
  /** The input's content; `null` for none, as with `--use-copy`. */
  readonly input?: string | null;
  readonly deps?: Partial<FolderDependencies>;
  readonly told?: (setAside: readonly string[]) => void;
}

function openIn(
  paths: RunPaths,
  { input = INPUT, deps, told = () => undefined, ...terms }: Opening = {},
): Promise<OpenRun> {
  return openRun(
    {
      inputName: 'people.csv',
      inputBytes: input === null ? undefined : bytesOf(input),
      name: paths.results,
      terms: { command: 'disassociate', catalog: 'Sandbox' },
      tool: 'oppsweep 0.0.0',
      restart: false,
      purpose: 'oppsweep disassociate people.csv',
      ...terms,
    },
    { ...DEPS, ...deps },
    told,
  );
}

export const refusal = (code: string, message: string | RegExp): object => ({
  name: 'RunError',
  code,
  message: textWith(message),
});
