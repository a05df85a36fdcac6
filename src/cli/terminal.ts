/** Where a command's words go, and what it may ask the world. */
export interface Terminal {
  /** Only what a program would read. */
  readonly out: (text: string) => void;
  /** Progress and words. */
  readonly err: (text: string) => void;
  /** Standard error can redraw a line: a terminal, and neither CI nor a dumb one. */
  readonly canRedraw: boolean;
  /** Somebody can be asked: standard input and standard error are terminals. */
  readonly canAsk: boolean;
  readonly columns: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The process's own. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process;
  const dumb =
    env['TERM'] === 'dumb' || (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false');
  return {
    out: (text) => {
      stdout.write(text);
    },
    err: (text) => {
      stderr.write(text);
    },
    canRedraw: stderr.isTTY && !dumb,
    canAsk: stdin.isTTY && stderr.isTTY,
    // Some pseudo-terminals say 0: they don't know.
    columns: () => stderr.columns || 80,
    env,
  };
}
