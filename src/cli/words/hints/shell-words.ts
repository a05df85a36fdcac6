import { harmless } from '../../process/terminal.ts';

/** Words ready to paste into a POSIX shell; one with a line feed, or what no terminal obeys, into any that knows `$'…'`. */
export function shellWords(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

/** A condition as it is given, in quotes always: it may end in a comma. */
export function whereWords(text: string): string {
  const word = shellWords([text]);
  return `--where ${word === text ? `"${word}"` : word}`;
}

/** A command of this program, ready to paste. */
export interface PrintedCommand {
  /** Whatever calls the program: `oppsweep`, unless it is called otherwise. */
  readonly program?: string;
  readonly command: string;
  /** The file that it is about. */
  readonly file: string;
  readonly words?: readonly string[];
}

export function commandLine({ program = 'oppsweep', command, file, words = [] }: PrintedCommand): string {
  return `${program} ${shellWords([command, fileWord(file), ...words])}`;
}

/** A file's name that no program takes for an option. */
export function fileWord(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function quoted(word: string): string {
  // In zsh a word that begins with `=` is looked up as a command.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word)) return word;
  if (isShownAsItIs(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = word.replaceAll(/./gsu, (letter) =>
    /[\\'!]/.test(letter) || !isShownAsItIs(letter) ? escapedBytes(letter) : letter,
  );
  return `$'${escaped}'`;
}

function isShownAsItIs(text: string): boolean {
  return !text.includes('\n') && harmless(text) === text;
}

/** Three octal digits a byte: no shell takes what follows them as a part of it. */
function escapedBytes(letter: string): string {
  if (letter === '\n') return String.raw`\n`;
  return [...Buffer.from(letter)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
