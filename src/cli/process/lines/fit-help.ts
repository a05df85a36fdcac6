import { displayWidth } from './display-width.ts';
import { wrapped } from './wrap-lines.ts';

/** Columns that a text has to have beside its margin; with less it stands below what it belongs to. */
const NARROWEST = 30;
const MARGIN_BELOW = ' '.repeat(6);
/** What is described (an option, a command to paste), and the description beside it. */
const ITEM = /^( *)(\S+(?: \S+)*) {2,}(\S.*)$/;
const COMMAND = /^ *(oppsweep|zcat) /;

/** A help's text for a terminal of so many columns. Commands to paste stay in one line, however long. */
export function fitHelp(text: string, columns: number): string {
  return blocksOf(text.split('\n'))
    .map((lines) => {
      if (lines.every((line) => displayWidth(line) <= columns)) return lines.join('\n');
      return isProse(lines[0]) ? wrapped(lines.join(' '), columns, '') : fitLine(lines.join(''), columns);
    })
    .join('\n');
}

/** Lines without a margin that follow each other are one paragraph; each other line stands for itself. */
function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last !== undefined && isProse(line) && isProse(last[0])) last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function isProse(line = ''): boolean {
  return /^[^ ]/.test(line);
}

function fitLine(line: string, columns: number): string {
  const [, margin = '', term, description = ''] = ITEM.exec(line) ?? [];
  const textFrom =
    term === undefined
      ? (/^ */.exec(line)?.[0].length ?? 0)
      : displayWidth(line.slice(0, -description.length));
  const isNarrow = columns - textFrom < NARROWEST;
  const indent = isNarrow ? MARGIN_BELOW : ' '.repeat(textFrom);
  if (term === undefined) {
    return COMMAND.test(line) ? line : wrapped(indent + line.trimStart(), columns, indent);
  }
  if (!isNarrow) return wrapped(line, columns, indent);
  return `${margin}${term}\n${wrapped(indent + description, columns, indent)}`;
}
