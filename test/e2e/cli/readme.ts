import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const README = resolve(import.meta.dirname, '../../../README.md');
const BLOCK = /^```(\w*)\n(.*?)^```$/gms;

/** Every command that the README shows, in its order: `oppsweep check people.csv`, without prompt and comment. */
export function commandsShown(): readonly string[] {
  const text = readFileSync(README, 'utf8');
  const inBlocks = [...text.matchAll(BLOCK)]
    .filter(([, language]) => language === 'sh' || language === 'console')
    .flatMap(([, , lines = '']) => lines.split('\n'))
    .map((line) => line.replace(/^\$ /, '').replace(/\s+#.*$/, ''));
  const inSentences = [...text.replaceAll(BLOCK, '').matchAll(/`(oppsweep [^`]*)`/g)].map(
    ([, command = '']) => command,
  );
  return [...inBlocks, ...inSentences].filter((line) => line.startsWith('oppsweep '));
}

/** The lines of the first console block below a heading: a command, and what it says. */
export function consoleBlock(heading: string): readonly string[] {
  return firstBlock(heading, 'console').split('\n');
}

/** The first block of a language below a heading of the README. */
export function firstBlock(heading: string, language: string): string {
  const readme = readFileSync(README, 'utf8');
  const below = readme.slice(readme.indexOf(`\n${heading}\n`));
  const [, , text] = [...below.matchAll(BLOCK)].find(([, found]) => found === language) ?? [];
  if (text === undefined) throw new Error(`The README has no ${language} block below "${heading}".`);
  return text.trimEnd();
}
