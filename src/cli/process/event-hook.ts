import { spawn, type ChildProcess } from 'node:child_process';
import { onAbort } from '../../model/on-abort.ts';

/** A shell line that is run at events, one run at a time, in the order of the events. */
export interface EventHook {
  /** Returns at once. `input`: what the line is given on its standard input. */
  readonly run: (event: string, input: string) => void;
  /** Begins beside what runs, and waits for nothing: the process ends, and the line outlives it. */
  readonly runNow: (input: string) => void;
  /**
   * Resolves once all that was asked for has ended; gives the events that were not told, or not to the end: once `giveUp` is aborted
   * what runs is killed, and nothing more begins.
   */
  readonly drained: (giveUp?: AbortSignal) => Promise<readonly string[]>;
}

export interface EventHookOptions {
  readonly command: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of one run; what has not ended by then is killed, with its children. */
  readonly timeoutMs: number;
  /** Told once, the first time that the line fails. */
  readonly onFailure: (event: string, why: string) => void;
}

/** So much of what a failed line said is told. */
const MOST_SAID = 300;

export function createEventHook({ command, env, timeoutMs, onFailure }: EventHookOptions): EventHook {
  let last = Promise.resolve();
  let failed = false;
  const gaveUp = new AbortController();
  const untold: string[] = [];
  const given = withoutCredentials(env);
  const runOne = async (event: string, input: string): Promise<void> => {
    const { signal } = gaveUp;
    const line = { env: given, input, timeoutMs, signal };
    const why = signal.aborted ? 'it was not run' : await runLine(command, line);
    if (why === undefined) return;
    if (signal.aborted) untold.push(event);
    if (failed || signal.aborted) return;
    failed = true;
    onFailure(event, why);
  };
  return {
    run: (event, input) => {
      last = last.then(() => runOne(event, input));
    },
    runNow: (input) => {
      const child = begin(command, given, 'ignore');
      if (child instanceof Error) return;
      child.on('error', () => undefined);
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    },
    drained: async (giveUp) => {
      const off = giveUp && onAbort(giveUp, () => gaveUp.abort());
      await last;
      off?.();
      return untold;
    },
  };
}

/** Whoever is told of a run needs none of its keys, and no way to its store. */
function withoutCredentials(env: EventHookOptions['env']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(AWS_|PG|OPPSWEEP_STORE$)/i.test(name)),
  );
}

interface Line {
  readonly env: Record<string, string | undefined>;
  readonly input: string;
  readonly timeoutMs: number;
  /** Ends it as the time limit does. */
  readonly signal: AbortSignal;
}

/**
 * A group of its own: Ctrl-C is the run's to answer, and a line that takes too long ends with all that it began. A machine without
 * memory, or a line that is too long, is told by an exception, other faults by an event.
 */
function begin(command: string, env: Line['env'], stderr: 'pipe' | 'ignore'): ChildProcess | Error {
  try {
    return spawn(command, { shell: true, detached: true, env, stdio: ['pipe', 'ignore', stderr] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Why it failed; undefined where it didn't. */
function runLine(command: string, { env, input, timeoutMs, signal }: Line): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = begin(command, env, 'pipe');
    if (child instanceof Error) return resolve(child.message);
    let said = '';
    const kill = (why: string): void => {
      killGroup(child);
      end(why);
    };
    const timer = setTimeout(
      () => kill(`it took longer than ${timeoutMs / 1_000} s and was ended`),
      timeoutMs,
    );
    const off = onAbort(signal, () => kill('it was ended'));
    const end = (why: string | undefined): void => {
      clearTimeout(timer);
      off();
      child.stderr?.destroy();
      child.stdin?.destroy();
      child.unref();
      resolve(why);
    };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, MOST_SAID);
    });
    // A line that reads nothing is no failure.
    child.stdin?.on('error', () => undefined);
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, by) => {
      if (code === 0) return end(undefined);
      const how = code === null ? `it was ended by ${by ?? 'a signal'}` : `exit code ${code}`;
      const words = said.replaceAll(/\s+/g, ' ').trim();
      return end(words === '' ? how : `${how}: ${words}`);
    });
    child.stdin?.end(input);
    return undefined;
  });
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
