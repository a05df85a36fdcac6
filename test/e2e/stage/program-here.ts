import { runProgram as runCommand } from '../../../src/cli/program.ts';
import { harmless, onOneLine } from '../../../src/cli/process/terminal.ts';
import { describeError } from '../../../src/cli/words/describe-end.ts';
import { exitCodeOf } from '../../../src/cli/words/hints/stop-codes.ts';
import { packageVersion } from '../../../src/disk/package-version.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { filesHome } from '../../../src/store/files/files-home.ts';
import { contextThatHears } from '../../cli/fake-context.ts';
import type { Ended, Surroundings } from './program.ts';

/** The run before, of whatever test: a process has one working folder. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the program to its end in the test's own process, as src/start.ts does, on the same disk and over the same wire: for tests
 * in which no process is killed, typed at or watched. Runs of tests side by side follow each other. No wait is longer than the
 * service asks for. An error that the program doesn't know fails the test.
 */
export function runHere(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  const ended = last.then(() => runIn(args, surroundings));
  last = ended.catch(() => undefined);
  return ended;
}

async function runIn(args: readonly string[], { path, env }: Surroundings): Promise<Ended> {
  const before = process.cwd();
  process.chdir(path);
  try {
    return await endOf(args, env);
  } finally {
    process.chdir(before);
  }
}

async function endOf(args: readonly string[], env: Surroundings['env']): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const shown = onOneLine(args);
  const context = contextThatHears({
    out: (text) => (said.stdout += harmless(shown(text))),
    err: (text) => (said.stderr += harmless(shown(text))),
  });
  const lent = {
    ...context,
    ...filesHome({ ...context, env }),
    terminal: { ...context.terminal, env },
    args,
    version: packageVersion(),
    dice: () => 0,
  };
  const code = await runCommand(lent).catch((error: unknown) => {
    if (!(error instanceof RunError)) throw error;
    lent.terminal.err(describeError(error));
    return exitCodeOf(error.code);
  });
  return { code, signal: null, ...said };
}
