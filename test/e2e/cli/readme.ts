import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const HOUSE = resolve(import.meta.dirname, '../../..');
/** The README and the pages that go on with it; other pages have tests of their own. */
const PAGES = [
  'commands',
  'input',
  'results',
  'safety',
  'export',
  'emulator',
  'library',
  'aws',
  'unattended',
];
const TEXT = ['README.md', ...PAGES.map((name) => `docs/${name}.md`)]
  .map((path) => readFileSync(resolve(HOUSE, path), 'utf8'))
  .join('\n');
const BLOCK = /^```(\w*)\n(.*?)^```$/gms;

/** Every command that the README and its pages show, in their order: `oppsweep check people.csv`, without prompt and comment. */
export function commandsShown(): readonly string[] {
  const inBlocks = [...TEXT.matchAll(BLOCK)]
    .filter(([, language]) => language === 'sh' || language === 'console')
    .flatMap(([, , lines = '']) => lines.split('\n'))
    .map((line) => line.replace(/^\$ /, '').replace(/\s+#.*$/, ''));
  const inSentences = [...TEXT.replaceAll(BLOCK, '').matchAll(/`(oppsweep [^`]*)`/g)].map(
    ([, command = '']) => command,
  );
  return [...inBlocks, ...inSentences].filter((line) => line.startsWith('oppsweep '));
}

/** The lines of the first console block below a heading: a command, and what it says. */
export function consoleBlock(heading: string): readonly string[] {
  return firstBlock(heading, 'console').split('\n');
}

/** The first block of a language below a heading of them. */
export function firstBlock(heading: string, language: string): string {
  const below = TEXT.slice(`\n${TEXT}`.indexOf(`\n${heading}\n`));
  const [, , text] = [...below.matchAll(BLOCK)].find(([, found]) => found === language) ?? [];
  if (text === undefined) throw new Error(`No page has a ${language} block below "${heading}".`);
  return text.trimEnd();
}
