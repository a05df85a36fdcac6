import { execFile } from 'node:child_process';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/**
 * Compiles a program of the tests, so that a process of its own can run it (Node 20 runs no TypeScript); the path of
 * its JavaScript. `source` is relative to the repository.
 */
export async function compileProgram(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oppsweep-program-'));
  await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const places = ['--rootDir', REPOSITORY, '--outDir', folder];
  const language = ['--module', 'nodenext', '--target', 'es2023', '--rewriteRelativeImportExtensions'];
  const types = ['--exactOptionalPropertyTypes', '--types', 'node', '--skipLibCheck'];
  await promisify(execFile)(
    process.execPath,
    [compiler, '--ignoreConfig', ...language, ...places, ...types, join(REPOSITORY, source)],
    { cwd: REPOSITORY },
  );
  return join(folder, source.replace(/\.ts$/, '.js'));
}
