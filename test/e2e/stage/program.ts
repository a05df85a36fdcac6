import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** The built program; another build of it may be named, such as the one in an installed package. */
export const PROGRAM: string =
  process.env['OPPSWEEP_PROGRAM'] ?? resolve(import.meta.dirname, '../../../dist/main.cjs');

/** Where and how a process runs. */
export interface Surroundings {
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly send: (signal: NodeJS.Signals) => void;
  readonly type: (text: string) => void;
  /** Both outputs so far. */
  readonly shown: () => string;
  /** Closes our ends of both outputs: nobody reads what it says from now on. */
  readonly stopListening: () => void;
  /** Resolves once both outputs together match; rejects if the process ends before they do. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Words of a log without the moments that its lines begin with: as a terminal shows them. */
export function undated(words: string): string {
  return words.replaceAll(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}/gm, '');
}

/** Runs the program to its end. */
export function runProgram(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return startProgram(args, surroundings).ended;
}

export function startProgram(args: readonly string[], surroundings: Surroundings): Running {
  return startProcess(process.execPath, [PROGRAM, ...args], surroundings);
}

/** Standard input stays open and silent until something is typed. */
export function startProcess(command: string, args: readonly string[], { path, env }: Surroundings): Running {
  const child = spawn(command, args, { cwd: path, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
      for (const listener of listeners) listener();
    });
  }
  // A child that ended before it read what was typed is no failure of the test.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    ...said,
  }));
  return {
    pid: child.pid ?? 0,
    ended,
    send: (signal) => {
      child.kill(signal);
    },
    type: (text) => {
      child.stdin.write(text);
    },
    shown: () => said.stdout + said.stderr,
    stopListening: () => {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    says: (pattern) =>
      new Promise((found, reject) => {
        const look = (): void => {
          const match = pattern.exec(said.stdout + said.stderr);
          if (match === null) return;
          listeners.delete(look);
          found(match);
        };
        listeners.add(look);
        look();
        void ended.then(() =>
          reject(new Error(`It ended without ${String(pattern)}:\n${said.stdout}${said.stderr}`)),
        );
      }),
  };
}
