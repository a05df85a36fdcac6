import { systemClock } from '../disk/system-clock.ts';
import type { Clock } from '../model/clock.ts';
import { memoryRuns } from '../store/memory/memory-runs.ts';
import type { RunStore } from '../store/run-store.ts';

/**
 * Keeps runs in memory: they end with the process, and no file is written. Two sweeps by one store are one run, gone on with, where
 * input and `output` are the same. An account's quota is counted on this machine all the same.
 */
export function memoryStore(clock: Pick<Clock, 'wallMs'> = systemClock): RunStore {
  return memoryRuns(clock);
}
