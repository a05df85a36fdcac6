import type { Command } from 'commander';
import type { ProcessContext } from './process/process-context.ts';

/** Gives a command its arguments, options, help and action. */
export type Furnish = (command: Command, context: ProcessContext, exit: (code: number) => void) => void;

/** A command as the help of all names it; the rest is loaded where it may be meant. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Its words may be read later, by somebody who wasn’t there: on a terminal that redraws lines too, or only elsewhere. */
  readonly keepsLog?: 'everywhere' | 'off the screen';
  readonly load: () => Promise<Furnish>;
}

/** In the order in which the help tells them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'disassociate',
    summary: 'remove the associations that the rows name',
    keepsLog: 'off the screen',
    load: async () => (await import('./commands/disassociate.ts')).furnishDisassociate,
  },
  {
    name: 'associate',
    summary: 'add the associations that the rows name',
    keepsLog: 'off the screen',
    load: async () => (await import('./commands/associate.ts')).furnishAssociate,
  },
  {
    name: 'check',
    summary: 'validate every row offline; no credentials, no network',
    load: async () => (await import('./commands/check/check.ts')).furnishCheck,
  },
  {
    name: 'plan',
    summary: 'tell what a run would do to each row; reads only',
    keepsLog: 'off the screen',
    load: async () => (await import('./commands/plan.ts')).furnishPlan,
  },
  {
    name: 'undo',
    summary: 'take back exactly what a run changed',
    keepsLog: 'off the screen',
    load: async () => (await import('./commands/undo.ts')).furnishUndo,
  },
  {
    name: 'status',
    summary: 'where a running, stopped or finished run stands',
    load: async () => (await import('./commands/status.ts')).furnishStatus,
  },
  {
    name: 'report',
    summary: 'one self-contained HTML page of a run or a plan',
    load: async () => (await import('./commands/report.ts')).furnishReport,
  },
  {
    name: 'doctor',
    summary: 'would a run work now? reads only',
    load: async () => (await import('./commands/doctor.ts')).furnishDoctor,
  },
  {
    name: 'export',
    summary: 'write what is associated now; reads only',
    keepsLog: 'off the screen',
    load: async () => (await import('./commands/export.ts')).furnishExport,
  },
  {
    name: 'compare',
    summary: 'what was added, removed, kept between two exports; offline',
    load: async () => (await import('./commands/compare.ts')).furnishCompare,
  },
  {
    name: 'emulator',
    summary: 'Partner Central on loopback, for rehearsal and tests',
    load: async () => (await import('./commands/emulator.ts')).furnishEmulator,
  },
  {
    name: 'fleet',
    summary: 'many accounts, worked at by any number of hosts',
    load: async () => (await import('./commands/fleet/fleet.ts')).furnishFleet,
  },
  {
    name: 'worker',
    summary: 'work at the runs of fleets',
    keepsLog: 'everywhere',
    load: async () => (await import('./commands/fleet/worker.ts')).furnishWorker,
  },
  {
    name: 'completion',
    summary: 'shell completion for bash, zsh or fish',
    load: async () => (await import('./commands/completion/completion.ts')).furnishCompletion,
  },
];

/** A word of the command line names one of them anywhere, or all: completion speaks of every command. */
export function mayBeMeant(name: string, words: readonly string[]): boolean {
  return words.includes(name) || words.includes('completion');
}
