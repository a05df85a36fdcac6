import type { StopSignal } from '../../calls/stop/stop-reasons.ts';
import type { Disk } from '../../disk/disk.ts';
import type { Machine } from '../../disk/machine.ts';
import type { Clock, Dice } from '../../model/clock.ts';
import type { runTargetOf } from '../../run/request/run-target.ts';
import type { FleetHome } from '../../store/fleet/fleet-store.ts';
import type { Home } from '../../store/run-store.ts';
import type { Terminal } from './terminal.ts';

/** Whose clock words are by: that of whoever reads them now; without it they are for a log, in UTC. */
export interface ReadAt {
  readonly nowMs?: number | undefined;
}

/** Words that no terminal shows are a log, whoever may read them later. */
export function readAtOf({ terminal, clock }: Pick<ProcessContext, 'terminal' | 'clock'>): ReadAt {
  return terminal.canRedraw ? { nowMs: clock.wallMs() } : {};
}

/** Tells all who listen that the process ends at once, and gives the screen its words. */
export type LastWords = (signal: StopSignal) => string;

/** The process as commands are lent it: its terminal, disk, clocks, signals and arguments. */
export interface ProcessContext extends Home {
  /** Where a command's options name one. */
  readonly store?: FleetHome;
  readonly terminal: Terminal;
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly dice: Dice;
  /** How this program is called, as a person would type it again: `oppsweep`, `npx oppsweep`. */
  readonly program: string;
  /** The command line after the program's name. */
  readonly args: readonly string[];
  /** Options that variables have given, ready to paste after the command. */
  readonly inherited?: () => string;
  readonly version: string;
  /** Finds the service that options name; absent, the process's own way. */
  readonly targetOf?: typeof runTargetOf;
  readonly standardInput: AsyncIterable<Uint8Array>;
  /** Takes the first signal to stop from now on; a second one ends the process at once, with the last words. */
  readonly onStopSignal: (listener: (signal: StopSignal) => void, lastWords?: LastWords) => void;
}
