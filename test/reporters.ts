import { join } from 'node:path';

type Reporters = (string | [string, { readonly outputFile: string }])[];

/** The usual words; in CI also a file of counts, which `.ci/run` adds up. */
export function reporters(suite: string): Reporters {
  const folder = process.env['OPPSWEEP_TEST_REPORTS'];
  if (folder === undefined || folder === '') return ['default'];
  return ['default', ['json', { outputFile: join(folder, `${suite}-node${process.versions.node}.json`) }]];
}
