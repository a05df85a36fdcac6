import { setImmediate } from 'node:timers/promises';
import { STOP_SIGNALS, stoppedBySignal, type StopSignal } from './calls/stop/stop-reasons.ts';
import { describeError } from './cli/words/describe-end.ts';
import { EXIT, exitCodeOf } from './cli/words/hints/stop-codes.ts';
import { runProgram } from './cli/program.ts';
import { echoesOf, leave, leaveNow, type Leaving } from './cli/process/leave.ts';
import { readAtOf, type LastWords } from './cli/process/process-context.ts';
import { programName } from './cli/process/program-name.ts';
import { systemClock } from './disk/system-clock.ts';
import { processTerminal } from './cli/process/terminal.ts';
import { packageVersion } from './disk/package-version.ts';
import { realDisk } from './disk/disk.ts';
import { thisMachine } from './disk/machine.ts';
import { RunError } from './model/run-error.ts';
import { filesHome } from './store/files/files-home.ts';

/** The bar hides the cursor and keeps long lines from wrapping; the next program wants both, and a line of its own. */
const TERMINAL_AS_IT_WAS = '\u001B[?25h\u001B[?7h\n';

const ENDED_AT_ONCE = 'Ended at once, whatever was under way; the same command goes on from what is noted.\n';

const terminal = processTerminal(systemClock);
let onStop: ((signal: StopSignal) => void) | undefined;
let lastWords: LastWords | undefined;
const isEcho = echoesOf(systemClock);
let isStopping = false;
let isHungUp = false;

for (const signal of STOP_SIGNALS) {
  process.on(signal, () => {
    // A terminal that goes away tells of it more than once, and asks for no haste.
    if (isEcho() || (isStopping && signal === 'SIGHUP')) return;
    const isAgain = isStopping;
    isStopping = true;
    isHungUp = signal === 'SIGHUP' && isInTerminal();
    const listener = onStop;
    onStop = undefined;
    if (listener !== undefined) {
      listener(signal);
      return;
    }
    if (terminal.canRedraw) process.stderr.write(TERMINAL_AS_IT_WAS);
    if (isAgain) terminal.err(lastWords?.(signal) ?? ENDED_AT_ONCE);
    leaveNow(leavingAs(exitCodeOf(stoppedBySignal(signal).code)));
  });
}

// Ctrl-\ ends a process where it stands, which is what is asked for: the terminal alone is given back before.
if (process.platform !== 'win32') {
  process.once('SIGQUIT', () => {
    if (terminal.canRedraw) process.stderr.write(TERMINAL_AS_IT_WAS);
    process.kill(process.pid, 'SIGQUIT');
  });
}

// A reader that has seen enough (`| head`), a terminal that is gone or a disk that is full ends no run.
let outputFault: NodeJS.ErrnoException | undefined;
process.stderr.on('error', () => undefined);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') outputFault = error;
});

void start();

async function start(): Promise<void> {
  // What it ends with if one day nothing is left to wait for before the command has come to its end.
  process.exitCode = EXIT.stopped;
  try {
    process.exitCode = await runProgram({
      terminal,
      disk: realDisk,
      machine: thisMachine,
      clock: systemClock,
      ...filesHome({ disk: realDisk, machine: thisMachine, clock: systemClock, env: terminal.env }),
      dice: Math.random,
      program: programName(process.argv[1], process.env),
      args: process.argv.slice(2),
      version: packageVersion(),
      standardInput: process.stdin,
      onStopSignal: (listener, last) => {
        onStop = listener;
        lastWords = last;
      },
    });
  } catch (error) {
    process.exitCode = explain(error);
  }
  // A stream tells of a failed write only after the writer has gone on.
  await setImmediate();
  if (outputFault !== undefined) {
    terminal.err(
      `Standard output could not be written: ${outputFault.message}. The exit code holds all the same.\n`,
    );
  }
  // Work that hangs may be left over from a run that was stopped.
  const { exitCode } = process;
  if (isHungUp || exitCode === EXIT.interrupted || exitCode === EXIT.terminated) {
    leave(leavingAs(exitCode));
  }
}

function leavingAs(code: number): Leaving {
  return { signal: code === EXIT.interrupted ? 'SIGINT' : 'SIGTERM', exitCode: code, isHungUp };
}

function isInTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
}

function explain(error: unknown): number {
  if (error instanceof RunError) {
    terminal.err(describeError(error, readAtOf({ terminal, clock: systemClock })));
    return exitCodeOf(error.code);
  }
  const words = error instanceof Error ? error.message : String(error);
  terminal.err(
    `oppsweep: an error of its own, not of yours: ${words}\nNothing that was answered is lost; the same command goes on. Please report it, with OPPSWEEP_DEBUG=1 set for the details.\n`,
  );
  if (process.env['OPPSWEEP_DEBUG'] === '1' && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`);
  return EXIT.stopped;
}
