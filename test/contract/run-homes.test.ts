import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDisk, realDisk, type Disk } from '../../src/disk/disk.ts';
import { nodeSystemCalls } from '../../src/disk/system-calls.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import { fileRuns } from '../../src/store/files/file-runs.ts';
import { runPaths } from '../../src/store/files/run-folder/run-paths.ts';
import { encodeLine } from '../../src/store/journal-line.ts';
import type { MemoryRun } from '../../src/store/memory/memory-run.ts';
import { memoryRuns } from '../../src/store/memory/memory-runs.ts';
import type { VirtualClock } from '../pace/virtual-clock.ts';
import { describeRunLease } from './run-lease.ts';
import { describeRunMarks } from './run-marks.ts';
import { describeRunRestart } from './run-restart.ts';
import { describeRunStore, type RunStage } from './run-store.ts';

/** A filesystem such as exFAT, and some that are shared. */
const NO_LINKS: Disk = createDisk({
  ...nodeSystemCalls,
  link: async () => {
    throw Object.assign(new Error('EPERM: no links here'), { code: 'EPERM' });
  },
});

async function inFiles(clock: VirtualClock, disk: Disk = realDisk): Promise<RunStage> {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-home-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const name = join(folder, 'people.results.csv');
  const another = () => fileRuns({ disk, machine: thisMachine, clock });
  const intrude = async (entry: Parameters<typeof encodeLine>[0]): Promise<void> =>
    appendFileSync(runPaths(name).journal, encodeLine(entry));
  return { store: another(), another, name, intrude };
}

async function inMemory(clock: VirtualClock): Promise<RunStage> {
  const kept = new Map<string, MemoryRun>();
  const store = memoryRuns(clock, kept);
  const intrude: RunStage['intrude'] = async (entry) => void kept.get('people')?.journal.push(entry);
  return { store, another: () => store, name: 'people', intrude };
}

describeRunStore('in files', inFiles);
describeRunStore('in memory', inMemory);
describeRunLease('in files', inFiles);
describeRunStore('in files without links', (clock) => inFiles(clock, NO_LINKS));
describeRunLease('in files without links', (clock) => inFiles(clock, NO_LINKS));
describeRunLease('in memory', inMemory);
describeRunMarks('in files', inFiles);
describeRunMarks('in memory', inMemory);
describeRunRestart('in files', inFiles);
describeRunRestart('in memory', inMemory);
