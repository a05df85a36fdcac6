import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');

test.for(['src', 'test'])('no folder of %s/ shows more than 15 files', (top) => {
  const wide = foldersBelow(join(project, top)).filter(({ files }) => files > 15);
  expect(wide).toEqual([]);
});

interface Folder {
  readonly path: string;
  readonly files: number;
}

/** Every folder with its files of code; fixtures are for programs to read. */
function foldersBelow(path: string): readonly Folder[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const code = entries.filter((entry) => entry.isFile() && ['.ts', '.mjs'].includes(extname(entry.name)));
  const rooms = entries.filter((entry) => entry.isDirectory());
  return [{ path, files: code.length }, ...rooms.flatMap(({ name }) => foldersBelow(join(path, name)))];
}
