import { sep } from 'node:path';

/**
 * The words that call this program again. A wrapper that calls it by another name says so in `OPPSWEEP_CALLED_AS`; npx runs
 * it from a cache of its own, and leaves nothing on the path.
 */
export function programName(
  script: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const told = env['OPPSWEEP_CALLED_AS'];
  if (told !== undefined && told !== '') return told;
  return script?.split(sep).includes('_npx') === true ? 'npx oppsweep' : 'oppsweep';
}
