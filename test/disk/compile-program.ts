import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/**
 * Compiles a program of the tests, so that a process of its own can run it (Node 20 runs no TypeScript); the path of
 * its JavaScript. `source` is relative to the repository.
 */
export async function compileProgram(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oppsweep-program-'));
  await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const program = join(folder, source.replace(/\.ts$/, '.js'));
  const isPackage = (id: string): boolean => !/^[./]/.test(id);
  const bundle = await rolldown({
    input: join(REPOSITORY, source),
    platform: 'node',
    external: isPackage,
  });
  await bundle.write({ file: program });
  return program;
}
