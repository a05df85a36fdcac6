import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** A process of a test, read line by line. */
export interface Child {
  readonly pid: number;
  /** The next line of its standard output; rejects if it ends first. */
  readonly line: () => Promise<string>;
  readonly send: (text: string) => void;
  /** SIGKILL; resolves once the process is gone. Does nothing where it has ended already. */
  readonly kill: () => Promise<void>;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

export function startChild(program: string, args: readonly string[]): Child {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: AsyncIterator<string, undefined> = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    pid: child.pid ?? 0,
    line: async () => {
      const { value } = await lines.next();
      if (value === undefined) throw new Error('The process ended without a line.');
      return value;
    },
    send: (text) => {
      child.stdin.write(text);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
