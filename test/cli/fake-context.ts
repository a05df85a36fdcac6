import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { systemClock } from '../../src/disk/system-clock.ts';
import { describeError } from '../../src/cli/words/describe-end.ts';
import { exitCodeOf } from '../../src/cli/words/hints/stop-codes.ts';
import type { ProcessContext } from '../../src/cli/process/process-context.ts';
import type { Terminal } from '../../src/cli/process/terminal.ts';
import { realDisk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import { RunError } from '../../src/model/run-error.ts';
import { filesHome } from '../../src/store/files/files-home.ts';

/** A folder, and the program in this process, with what it says kept apart. */
export interface FakeContext {
  readonly context: ProcessContext;
  readonly at: (name: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly read: (name: string) => string;
  /** Runs a command line; rejects with the `RunError` that main.ts would print. */
  readonly run: (...args: readonly string[]) => Promise<number>;
  /** The same to its end, with the words and the exit code that main.ts gives to a `RunError`. */
  readonly end: (...args: readonly string[]) => Promise<EndOfCommand>;
  /** What was said since this was last asked. */
  readonly said: () => { readonly out: string; readonly err: string };
}

export interface EndOfCommand {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Removed when the test ends. Nobody can be asked, and nothing is drawn. */
export function makeContext(): FakeContext {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let said = { out: '', err: '' };
  const context = contextThatHears({
    out: (text) => {
      said = { ...said, out: said.out + text };
    },
    err: (text) => {
      said = { ...said, err: said.err + text };
    },
  });
  const at = (name: string): string => join(folder, name);
  const run = (...args: readonly string[]): Promise<number> => runProgram({ ...context, args });
  const since = (): { readonly out: string; readonly err: string } => {
    const until = said;
    said = { out: '', err: '' };
    return until;
  };
  return {
    context,
    at,
    write: (name, content) => {
      writeFileSync(at(name), content);
      return at(name);
    },
    read: (name) => readFileSync(at(name), 'utf8'),
    run,
    end: async (...args) => {
      since();
      try {
        const code = await run(...args);
        return { code, ...since() };
      } catch (error) {
        if (!(error instanceof RunError)) throw error;
        const { out, err } = since();
        return { code: exitCodeOf(error.code), out, err: err + describeError(error) };
      }
    },
    said: since,
  };
}

/** What a command is lent where nobody is at it: what it says goes to `heard`. */
export function contextThatHears(heard: Pick<Terminal, 'out' | 'err'>): ProcessContext {
  return {
    terminal: {
      ...heard,
      tell: heard.out,
      keepLog: () => undefined,
      canRedraw: false,
      isOurs: () => true,
      draw: heard.err,
      hasColour: false,
      canAsk: false,
      ask: async () => '',
      columns: () => 80,
      env: {},
    },
    disk: realDisk,
    machine: thisMachine,
    clock: systemClock,
    ...filesHome({ disk: realDisk, machine: thisMachine, clock: systemClock, env: {} }),
    dice: () => 0.5,
    args: [],
    program: 'oppsweep',
    version: '0.0.0',
    standardInput: (async function* nothing() {})(),
    onStopSignal: () => undefined,
  };
}
