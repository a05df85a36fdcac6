import { cpSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { startProcess, type Ended } from '../stage/program.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');

/** A folder of somebody's own in which the package is installed as npm would from a registry. */
export interface InstalledPackage {
  readonly folder: WorkFolder;
  readonly tarball: Tarball;
  /** Runs a command of `node_modules/.bin`, or any other. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<Ended>;
  /** The project's own compiler on the folder's `tsconfig.json`. */
  readonly typeCheck: () => Promise<Ended>;
}

export interface Tarball {
  readonly filename: string;
  /** Of the tarball, in bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs what is built and installs it offline: what `npm ci` brought here is in npm's cache. Removed when the test ends. */
export async function installPackage(task: Test): Promise<InstalledPackage> {
  const folder = makeWorkFolder(task);
  // The tests' HOME is not the one whose cache npm filled.
  const cache = process.env['npm_config_cache'] ?? join(userInfo().homedir, '.npm');
  const env = { ...folder.env, npm_config_cache: cache };
  const run = (command: string, ...args: readonly string[]): Promise<Ended> =>
    startProcess(command, args, { path: folder.path, env }).ended;

  const packed = await run('npm', 'pack', PROJECT, '--ignore-scripts', '--json');
  // npm's own words: a list of what it packed.
  const [tarball] = JSON.parse(packed.stdout) as readonly Tarball[];
  if (tarball === undefined) throw new Error(packed.stderr);
  folder.write('package.json', JSON.stringify(consumerOf(tarball)));
  folder.write('package-lock.json', JSON.stringify(lockOf(tarball)));
  const installed = await run('npm', 'ci', '--offline', '--no-audit', '--no-fund');
  if (installed.code !== 0) throw new Error(installed.stderr);
  return {
    folder,
    tarball,
    run: (command, ...args) => {
      const own = folder.at(join('node_modules/.bin', command));
      return run(command === 'node' ? process.execPath : own, ...args);
    },
    typeCheck: () => run(process.execPath, join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', '.'),
  };
}

/** Lays a file of the project into the folder. */
export function layIn({ folder }: InstalledPackage, path: string): void {
  cpSync(join(PROJECT, path), folder.at(path), { recursive: true });
}

function consumerOf({ filename }: Tarball): object {
  return { name: 'consumer', private: true, type: 'module', dependencies: { oppsweep: `file:${filename}` } };
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The project's own lock file without what only its developers need, seen from outside. */
function lockOf(tarball: Tarball): object {
  // npm's own file.
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const { '': own, ...others } = packages;
  const needed = Object.entries(others).filter(([, { dev }]) => dev !== true);
  const installed = { ...own, devDependencies: undefined, resolved: `file:${tarball.filename}` };
  return {
    name: 'consumer',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': consumerOf(tarball),
      'node_modules/oppsweep': installed,
      ...Object.fromEntries(needed),
    },
  };
}
