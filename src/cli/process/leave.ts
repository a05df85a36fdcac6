import { existsSync } from 'node:fs';
import type { Clock } from '../../model/clock.ts';

const SHELL = '/bin/sh';

/** Node waits for these when it exits: they are calls of the system that nothing can cancel. */
const WAITED_FOR = /^(GetAddrInfo|GetNameInfo|FSReq)/;

/** A process that nothing holds has ended of itself by then, and a file that does not hang is done. */
const PATIENCE_MS = 500;
const LOOK_EVERY_MS = 10;

/** How a process ends that a signal stopped. */
export interface Leaving {
  readonly signal: 'SIGINT' | 'SIGTERM';
  readonly exitCode: number;
  /** Its terminal is gone: Node, which sets that right as it exits, aborts where it can't. */
  readonly isHungUp: boolean;
}

/**
 * Ends the process as stopped by a signal: of itself, or soon. A helper, a handshake, a name lookup or a file that hangs
 * would hold it up for as long as it hangs.
 */
export function leave(how: Leaving): void {
  process.exitCode = how.exitCode;
  if (how.isHungUp) leaveNow(how);
  else setTimeout(() => leaveNow(how), PATIENCE_MS).unref();
}

/**
 * The same at once. Where a lookup or a file hangs even `exit` waits, so that the process is replaced by one that does
 * nothing but end with the code, or where Node can't do that yet and they don't end soon, ended by the signal itself: a shell sees
 * the same code.
 */
export function leaveNow(how: Leaving, untilMs: number = performance.now() + PATIENCE_MS): void {
  const { signal, exitCode, isHungUp } = how;
  // Newer than the types; of those that lack it Node tells what it would wait for.
  const { execve } = process as { execve?: (file: string, args: readonly string[]) => void };
  if (execve !== undefined && existsSync(SHELL)) execve(SHELL, ['sh', '-c', `exit ${exitCode}`]);
  const isHeld = process.getActiveResourcesInfo().some((resource) => WAITED_FOR.test(resource));
  if (!isHeld && !isHungUp) process.exit(exitCode);
  if (!isHungUp && performance.now() < untilMs) {
    setTimeout(() => leaveNow(how, untilMs), LOOK_EVERY_MS);
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Copies of one signal come within milliseconds, even to a busy process; nobody presses a key again so soon. */
const ECHO_MS = 250;

/**
 * Tells a signal that is the one before once more: `timeout` sends its own to the program and then to the whole group, a
 * terminal and a parent may both pass one on.
 */
export function echoesOf({ monotonicMs }: Pick<Clock, 'monotonicMs'>): () => boolean {
  let takenAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = monotonicMs();
    if (nowMs - takenAtMs < ECHO_MS) return true;
    takenAtMs = nowMs;
    return false;
  };
}
