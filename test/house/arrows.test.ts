import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');

const SOMETHING = 'export const call = 1;\nexport type Call = typeof call;\n';
const ARROW = 'eslint(no-restricted-imports)';
const CIRCLE = 'import(no-cycle)';

/** Files laid into a copy of the project, in rooms that are there and in one that isn't. */
const LAID: readonly (readonly [what: string, path: string, text: string, refusedFor: readonly string[]])[] =
  [
    ['a file that imports nothing', 'src/store/aside.ts', SOMETHING, []],
    ['another one', 'src/run/aside.ts', SOMETHING, []],
    ['one of a home', 'src/store/files/aside.ts', SOMETHING, []],
    ['an import from below', 'src/run/rows/below.ts', "export { call } from '../../store/aside.ts';", []],
    ['an import from the room', 'src/run/rows/beside.ts', "export { call } from './below.ts';", []],
    [
      'an import from a station beside',
      'src/pace/a.ts',
      "export { call } from '../store/aside.ts';",
      [ARROW],
    ],
    [
      'a type from a station beside',
      'src/pace/b.ts',
      "import type { Call } from '../store/aside.ts';\nexport type Again = Call;",
      [ARROW],
    ],
    ['a type that is handed on', 'src/pace/c.ts', "export type { Call } from '../store/aside.ts';", [ARROW]],
    [
      'a type named in its place',
      'src/pace/d.ts',
      "export type Call = import('../store/aside.ts').Call;",
      ['typescript(consistent-type-imports)'],
    ],
    [
      'an import when it is needed',
      'src/pace/e.ts',
      "export const late = import('../store/aside.ts');",
      [ARROW],
    ],
    ['a way about its own room', 'src/pace/f.ts', "export { call } from '../store/aside.ts';", [ARROW]],
    ['an import from above', 'src/pace/g.ts', "export { call } from '../run/aside.ts';", [ARROW]],
    ['the entry point', 'src/pace/h.ts', "export { VERSION } from '../index.ts';", [ARROW]],
    ['a higher rung', 'src/input/bytes/a.ts', "export { call } from '../rows/aside.ts';", [ARROW]],
    ['a file above its sub-room', 'src/calls/look/a.ts', "export { call } from '../aside.ts';", [ARROW]],
    [
      'a home where none is chosen',
      'src/run/a.ts',
      "export { call } from '../store/files/aside.ts';",
      [ARROW],
    ],
    ['a room not in the table', 'src/cellar/a.ts', "export { call } from '../store/aside.ts';", [ARROW]],
    [
      'one half of a circle of types',
      'src/model/hen.ts',
      "import type { Egg } from './egg.ts';\nexport interface Hen { readonly lays: Egg }",
      [CIRCLE],
    ],
    [
      'its other half',
      'src/model/egg.ts',
      "import type { Hen } from './hen.ts';\nexport interface Egg { readonly hatches?: Hen }",
      [CIRCLE],
    ],
    ['250 lines', 'src/model/long.ts', `export const LINES = [\n${'1,\n'.repeat(248)}];\n`, []],
    [
      '251 lines',
      'src/model/longer.ts',
      `export const LINES = [\n${'1,\n'.repeat(249)}];\n`,
      ['eslint(max-lines)'],
    ],
  ];

describe('of files laid into the house, the linter refuses those that break it, and no other', () => {
  let copy: string;
  let refusals: readonly Refusal[];

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'oppsweep-house-'));
    for (const part of ['src', 'oxlint.config.mjs', 'package.json', 'tsconfig.json']) {
      cpSync(join(project, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    for (const [, path, text] of LAID) {
      mkdirSync(join(copy, dirname(path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    refusals = await lint(copy);
  });

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  test.for(LAID)('%s: %s', ([, path, , refusedFor]) => {
    const codes = refusals.filter(({ filename }) => filename === path).map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(refusedFor);
  });
});

interface Refusal {
  readonly code: string;
  readonly filename: string;
}

/** What the linter says of the laid files. */
async function lint(copy: string): Promise<readonly Refusal[]> {
  const oxlint = join(project, 'node_modules/oxlint/bin/oxlint');
  const options = ['-c', 'oxlint.config.mjs', '--format', 'json', ...LAID.map(([, path]) => path)];
  const { stdout } = await promisify(execFile)(process.execPath, [oxlint, ...options], { cwd: copy }).catch(
    (ended: { readonly stdout: string }) => ended,
  );
  return (JSON.parse(stdout) as { readonly diagnostics: readonly Refusal[] }).diagnostics;
}
