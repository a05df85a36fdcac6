/** Options that sentences from below may name, as "the option protect-last". */
const NAMED = [
  'ca-bundle',
  'detach-first',
  'emulator-state',
  'endpoint-url',
  'entities',
  'entity-column',
  'entity-type',
  'limit',
  'max-failures',
  'only',
  'opportunity-column',
  'output',
  'protect-last',
  'real-time',
  'replace-column',
  'replace-map',
  'replace-with',
  'restart',
  'sheet',
  'skip-locked',
  'split',
  'type-column',
  'visible-only',
  'where',
] as const;

const IN_WORDS = new RegExp(String.raw`\bthe option (${NAMED.join('|')})\b`, 'gi');

/** A sentence from below the command line, its options spelt as they are typed: `--protect-last`. */
export function withFlags(sentence: string): string {
  return sentence.replaceAll(IN_WORDS, '--$1');
}
