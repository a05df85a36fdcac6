import { readFileSync } from 'node:fs';

/**
 * Whether the terminal is this process's to draw on, and not the shell’s, which has it back where a job was sent to the background
 * (`&`, or Ctrl-Z and `bg`). Where the system doesn't tell, it is.
 */
export function inForeground(): boolean {
  try {
    return isForeground(readFileSync('/proc/self/stat', 'latin1'));
  } catch {
    return true;
  }
}

/** proc(5): the process group is field 5, the one that has the terminal field 8; -1 where there is none to have. */
export function isForeground(stat: string): boolean {
  const [, , group, , , ofTerminal] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ofTerminal === '-1' || ofTerminal === group;
}
