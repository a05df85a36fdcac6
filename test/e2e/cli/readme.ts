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

/** The lines of the first console block below a heading of the README: a command, and what it says. */
export function consoleBlock(heading: string): readonly string[] {
  const readme = readFileSync(README, 'utf8');
  const below = readme.slice(readme.indexOf(`\n${heading}\n`));
  const block = /^```console\n(.*?)\n```$/ms.exec(below)?.[1];
  if (block === undefined) throw new Error(`The README has no console block below "${heading}".`);
  return block.split('\n');
}
