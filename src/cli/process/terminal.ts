import { inForeground } from '../../disk/foreground.ts';
import type { Clock } from '../../model/clock.ts';
import { ask } from './ask.ts';
import { paint, wantsColour } from './paint.ts';
import { wrapLines } from './lines/wrap-lines.ts';

/** Where a command's words go, and what it may ask of the user. */
export interface Terminal {
  /** Only what a program would read. */
  readonly out: (text: string) => void;
  /** The same, of words: broken to the width where a person reads them. */
  readonly tell: (text: string) => void;
  /** Progress and words. */
  readonly err: (text: string) => void;
  /** Words are a log from now on: each line of them begins with its moment. */
  readonly keepLog: () => void;
  /** Standard error can redraw a line: a terminal, and neither CI nor a dumb one. */
  readonly canRedraw: boolean;
  /** It can at this moment: nothing else has the terminal. */
  readonly isOurs: () => boolean;
  /** Draws words in place of all that stands on the screen, if it is ours: the first of them, where it has not lines enough. */
  readonly draw: (text: string) => void;
  /** Words and bars may be coloured. */
  readonly hasColour: boolean;
  /** Somebody can be asked: standard input and standard error are terminals. */
  readonly canAsk: boolean;
  /** Rejects with the signal's reason, and where somebody ends it. The answer is empty where there will be none: that is no "yes". */
  readonly ask: (question: string, signal?: AbortSignal) => Promise<string>;
  readonly columns: () => number;
  /** Those of standard output; absent where it is no terminal, or doesn't know. */
  readonly outColumns?: () => number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Controls but the line feed, and marks without width or that turn the direction of what follows: names may hold them. */
const OBEYED =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text that no terminal obeys; in JSON, the same text. */
export function harmless(text: string): string {
  return text.replaceAll(OBEYED, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A name with its line feeds as `\n`: else the rest of it would stand as a line of ours. */
export function nameOnOneLine(name: string): string {
  return name.replaceAll('\n', String.raw`\n`);
}

/**
 * Shows names on one line wherever they stand in a text. `args` are names, or a command line's words; every name that is
 * made of one keeps its stem.
 */
export function onOneLine(args: readonly string[]): (text: string) => string {
  const stems = args
    .flatMap((arg) => arg.split('/'))
    .flatMap((part) => /^.*\n(?:[^.\n]+|\.[^.\n]*)/s.exec(part) ?? []);
  return (text) => stems.reduce((shown, stem) => shown.replaceAll(stem, () => nameOnOneLine(stem)), text);
}

/** Each line of some words, with its moment before it: UTC, to the second. */
export function dated(words: string, nowMs: number): string {
  const moment = `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
  return words.replaceAll(/^(?=.)/gm, `${moment}  `);
}

/** A question wrapped: what stands above its last line, and that line, behind which the answer is typed. */
export function questionLines(question: string, columns: number): readonly [above: string, last: string] {
  const words = question.trimEnd();
  const lines = wrapLines(words, columns - (question.length - words.length)).split('\n');
  const last = lines.pop() ?? '';
  return [lines.map((line) => `${line}\n`).join(''), last + question.slice(words.length)];
}

/** How much of a line its moment takes. */
const MOMENT_COLUMNS = dated('.', 0).length - 1;

/** Cursor home, and everything below it gone. */
const EMPTY = '\u001B[H\u001B[2J';

/** So many at most: the last of them tells how many more there are. */
export function firstLines(text: string, most: number): string {
  const lines = text.split('\n');
  // Behind the last line feed there is none.
  const left = lines.length - 1 - most;
  if (left <= 0) return text;
  return [...lines.slice(0, most - 1), `… ${left + 1} more lines, without --watch`, ''].join('\n');
}

/** The process's own. */
export function processTerminal({ wallMs }: Pick<Clock, 'wallMs'>): Terminal {
  const { stdout, stderr, stdin, env } = process;
  const dumb =
    env['TERM'] === 'dumb' || (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false');
  const canRedraw = stderr.isTTY && !dumb;
  const colour = wantsColour(env, canRedraw);
  // Some pseudo-terminals say 0: they don't know.
  const columns = (): number => stderr.columns || 80;
  const oneLine = onOneLine(process.argv.slice(2));
  let isLog = false;
  const shownOf = (text: string): string => {
    const words = harmless(oneLine(text));
    const fitted = stderr.isTTY ? wrapLines(words, columns() - (isLog ? MOMENT_COLUMNS : 0)) : words;
    return colour ? paint(fitted) : fitted;
  };
  return {
    out: (text) => {
      stdout.write(harmless(oneLine(text)));
    },
    tell: (text) => {
      const words = harmless(oneLine(text));
      stdout.write(stdout.isTTY ? wrapLines(words, stdout.columns || 80) : words);
    },
    err: (text) => {
      const shown = shownOf(text);
      stderr.write(isLog ? dated(shown, wallMs()) : shown);
    },
    keepLog: () => {
      isLog = true;
    },
    canRedraw,
    isOurs: inForeground,
    draw: (text) => {
      if (!inForeground()) return;
      // The line below the last is the cursor's.
      const most = (stderr.rows || Number.POSITIVE_INFINITY) - 1;
      stderr.write(EMPTY + firstLines(shownOf(text), most));
    },
    hasColour: colour,
    canAsk: stdin.isTTY && stderr.isTTY,
    ask: (question, signal) => {
      const [above, last] = questionLines(harmless(oneLine(question)), columns());
      stderr.write(above);
      return ask(last, signal);
    },
    columns,
    outColumns: () => (stdout.isTTY ? stdout.columns || undefined : undefined),
    env,
  };
}
