import { displayWidth } from './display-width.ts';

/** Commands and paths are pasted: a line end of ours would take them apart. */
const KEPT_WHOLE =
  /(^|: +)(npx |node \S+ )?oppsweep |^(Results|Summary|So far|Cleaned|Problems|Go on|Run .*|Once .*): /;

/** Breaks lines at words, so that none is wider than `columns`; what follows stands under its line's beginning. */
export function wrapLines(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (displayWidth(line) <= columns || KEPT_WHOLE.test(line) ? line : wrapped(line, columns)))
    .join('\n');
}

/** A line broken at words; `indent` stands before what follows, two columns behind its beginning if not given. */
export function wrapped(line: string, columns: number, indent = `${marginOf(line)}  `): string {
  const margin = marginOf(line);
  const lines: string[] = [];
  let current = margin;
  let width = margin.length;
  for (const [space, word] of wordsOf(line.slice(margin.length))) {
    const wide = displayWidth(word);
    const begins = current.trim() === '';
    if (!begins && width + space.length + wide > columns) {
      lines.push(current);
      current = `${indent}${word}`;
      width = indent.length + wide;
    } else {
      current += begins ? word : space + word;
      width += (begins ? 0 : space.length) + wide;
    }
  }
  return [...lines, current].join('\n');
}

function marginOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? '';
}

/** Each word with the spaces before it. */
function wordsOf(text: string): (readonly [space: string, word: string])[] {
  return [...text.matchAll(/( *)([^ ]+)/g)].map(([, space = '', word = '']) => [space, word]);
}
