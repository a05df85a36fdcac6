import type { Disk } from '../../../disk/disk.ts';
import { RunError } from '../../../model/run-error.ts';
import type { RunPaths } from './run-paths.ts';

/**
 * Whether a folder whose journal has no first line is a run's all the same, so that calls were made that nothing tells of
 * any more: the results so far are begun once that line is on disk, and a crash before it leaves none.
 */
export function hasLostJournal(paths: RunPaths, disk: Disk): Promise<boolean> {
  return disk.exists(paths.partialResults);
}

export function journalLost({ journal }: RunPaths): RunError {
  return new RunError(
    'state_damaged',
    `The run's journal ${journal} is lost, or no line of it can be read: what the run did is not known.`,
    { code: 'restore_folder' },
  );
}

export function copyDamaged(paths: RunPaths, how: 'is gone' | 'was changed'): RunError {
  return new RunError('state_damaged', `The run's copy of its input, ${paths.inputCopy}, ${how}.`, {
    code: 'restore_copy',
  });
}
