import { createRequire } from 'node:module';

/** The version in the package's own file. */
export function packageVersion(): string {
  // The package's own file, whose shape is ours.
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return version;
}
