import { paint, wantsColour } from './paint.ts';
import { wrapLines } from './wrap-lines.ts';

/** Where a command's words go, and what it may ask of the user. */
export interface Terminal {
  /** Only what a program would read. */
  readonly out: (text: string) => void;
  /** Progress and words. */
  readonly err: (text: string) => void;
  /** Standard error can redraw a line: a terminal, and neither CI nor a dumb one. */
  readonly canRedraw: boolean;
  /** Words and bars may be coloured. */
  readonly hasColour: boolean;
  /** Somebody can be asked: standard input and standard error are terminals. */
  readonly canAsk: boolean;
  readonly columns: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Controls but the line feed, and marks that turn the direction of what follows: names of files and options may hold them. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that no terminal obeys; in JSON, the same text. */
export function harmless(text: string): string {
  return text.replaceAll(OBEYED, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The process's own. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process;
  const dumb =
    env['TERM'] === 'dumb' || (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false');
  const canRedraw = stderr.isTTY && !dumb;
  const colour = wantsColour(env, canRedraw);
  // Some pseudo-terminals say 0: they don't know.
  const columns = (): number => stderr.columns || 80;
  return {
    out: (text) => {
      stdout.write(harmless(text));
    },
    err: (text) => {
      const words = harmless(text);
      const fitted = stderr.isTTY ? wrapLines(words, columns()) : words;
      stderr.write(colour ? paint(fitted) : fitted);
    },
    canRedraw,
    hasColour: colour,
    canAsk: stdin.isTTY && stderr.isTTY,
    columns,
    env,
  };
}
