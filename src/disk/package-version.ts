import { createRequire } from 'node:module';

/** The version in the package's own file, found by the package's own name: wherever in it this stands. */
export function packageVersion(): string {
  // The package's own file, whose shape is ours.
  const { version } = createRequire(import.meta.url)('oppsweep/package.json') as { version: string };
  return version;
}
