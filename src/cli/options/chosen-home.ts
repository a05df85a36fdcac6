import type { Command } from 'commander';
import { stoppedBySignal } from '../../calls/stop/stop-reasons.ts';
import { RunError } from '../../model/run-error.ts';
import type { ProcessContext } from '../process/process-context.ts';
import type { FleetHome } from '../../store/fleet/fleet-store.ts';
import { openStore } from '../process/open-store.ts';
import { storeTimeoutMs, type StoreFlags } from './store-flags.ts';

/** What a command is lent in place of files, until it is closed. */
export interface ChosenHome extends Pick<ProcessContext, 'runs' | 'quotas' | 'onStopSignal'> {
  readonly store: FleetHome;
  readonly close: () => Promise<void>;
}

/** The home that a command's options name; `undefined`: files, as long as nothing else is said. */
export async function chosenHome(command: Command, context: ProcessContext): Promise<ChosenHome | undefined> {
  const flags = command.opts<StoreFlags>();
  const { store: url, run } = flags;
  if (url === undefined) {
    if (run === undefined) return undefined;
    throw new RunError('usage', 'A run is named where a store keeps it, and none is given.', {
      code: 'name_store',
    });
  }
  const timeoutMs = storeTimeoutMs(flags);
  const { terminal, disk, machine, clock, onStopSignal } = context;
  const told = (news: 'away' | 'back', place: string): void => {
    const waits = `The store ${place} can’t be reached: no new call is noted until it is back, and it is waited for ${timeoutMs / 60_000} minutes.\n`;
    terminal.err(news === 'away' ? waits : `The store ${place} is back: the run goes on.\n`);
  };
  // A worker begins with its machine, which may have started together with the store's.
  const patient = command.name() === 'worker';
  const home = await openStore({ url, run, timeoutMs, patient }, { disk, machine, clock, told });
  return {
    ...home,
    store: home,
    onStopSignal: (listener, lastWords) =>
      onStopSignal((signal) => {
        // Who wants to stop waits for nothing that is away.
        home.hurry(stoppedBySignal(signal));
        listener(signal);
      }, lastWords),
  };
}
