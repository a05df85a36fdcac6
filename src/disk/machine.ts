import { readFile, readlink } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { promisify } from 'node:util';

/** Whether a process lives, and since when: the start time tells a process from a later one of the same id. */
export type ProcessState =
  | { readonly alive: false }
  /**
   * `startedAt` is comparable on one machine and boot only; absent where it can't be known. `suspended`: by a stop signal, as
   * Ctrl-Z sends one; absent where it isn't, and where that can't be known.
   */
  | { readonly alive: true; readonly startedAt?: string; readonly suspended?: true };

/** The machine, as a lock on it needs to know it. */
export interface Machine {
  readonly host: string;
  /** The operating system's name for whoever runs this process; its number where there is no name. */
  readonly user: string;
  readonly pid: number;
  /** Changes with every boot; undefined where the system has no such thing. */
  readonly bootId: () => Promise<string | undefined>;
  /** The processes that a process id is looked for among: a container has its own. Undefined where there is no such thing. */
  readonly pidNamespace: () => Promise<string | undefined>;
  readonly processState: (pid: number) => Promise<ProcessState>;
}

export const thisMachine: Machine = {
  host: hostname(),
  user: userName(),
  pid: process.pid,
  bootId: async () => {
    if (process.platform === 'darwin') return output('sysctl', ['-n', 'kern.bootsessionuuid']);
    return (await contentOf('/proc/sys/kernel/random/boot_id'))?.trim();
  },
  pidNamespace: () => readlink('/proc/self/ns/pid').catch(() => undefined),
  processState: async (pid) => {
    if (!exists(pid)) return { alive: false };
    if (process.platform === 'linux') return linuxState(pid);
    if (process.platform === 'win32') return { alive: true };
    const startedAt = await output('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return startedAt === undefined ? { alive: true } : { alive: true, startedAt };
  },
};

/** A container may run as a number that nobody has given a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** proc(5): after the name in parentheses come the state (field 3) and, as field 22, the start in ticks since boot. */
async function linuxState(pid: number): Promise<ProcessState> {
  const stat = await contentOf(`/proc/${pid}/stat`);
  if (stat === undefined) return exists(pid) ? { alive: true } : { alive: false };
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie holds nothing any more; only its parent has not looked yet.
  if (fields[0] === 'Z' || fields[0] === 'X') return { alive: false };
  const startedAt = fields[19];
  return {
    alive: true,
    ...(startedAt !== undefined && { startedAt }),
    ...(fields[0] === 'T' && { suspended: true }),
  };
}

function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

async function output(command: string, args: readonly string[]): Promise<string | undefined> {
  // Not at the start, which would take longer: most systems need it never.
  const { execFile } = await import('node:child_process');
  try {
    const { stdout } = await promisify(execFile)(command, [...args], {
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
