import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

interface Addition {
  readonly what: string;
  /** What an error calls it. */
  readonly name: string;
  /** The file in which it is declared, and what is put in place of what. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The files in which it has to be said what the newcomer is. */
  readonly named: readonly string[];
}

/** Whatever has a word, a sign or a colour for each status. */
const STATUS_NAMED = [
  'src/model/outcome.ts',
  'src/model/words/status-meanings.ts',
  'src/report/page/status-bar.ts',
  'src/results/describe-outcome.ts',
];

const ADDITIONS: readonly Addition[] = [
  {
    what: 'a third write operation',
    name: 'ReassignOpportunity',
    file: 'src/model/call.ts',
    from: "'AssociateOpportunity' | 'DisassociateOpportunity'",
    to: "'AssociateOpportunity' | 'DisassociateOpportunity' | 'ReassignOpportunity'",
    named: ['src/emulator/partner/operation.ts', 'src/model/call.ts'],
  },
  {
    what: 'the status of its rows',
    name: 'reassigned',
    file: 'src/model/call.ts',
    from: "'disassociated' | 'associated'",
    to: "'disassociated' | 'associated' | 'reassigned'",
    named: STATUS_NAMED,
  },
  {
    what: 'what a plan says of them',
    name: 'would_reassign',
    file: 'src/model/call.ts',
    from: "'would_disassociate' | 'would_associate'",
    to: "'would_disassociate' | 'would_associate' | 'would_reassign'",
    named: STATUS_NAMED,
  },
  {
    what: 'a third operation of a run',
    name: 'reassign',
    file: 'src/model/operation.ts',
    from: "'disassociate' | 'associate';",
    to: "'disassociate' | 'associate' | 'reassign';",
    named: ['src/model/operation.ts'],
  },
  {
    what: 'a seventh entity type',
    name: 'AwsBlueprints',
    file: 'src/model/entity.ts',
    from: "  'AwsMarketplaceProducts',\n]",
    to: "  'AwsMarketplaceProducts',\n  'AwsBlueprints',\n]",
    named: ['src/input/columns/column-names.ts', 'src/model/entity-types.ts'],
  },
  {
    what: 'a new stop code',
    name: 'moon_full',
    file: 'src/model/run-error.ts',
    from: "  | 'limit_reached'",
    to: "  | 'limit_reached'\n  | 'moon_full'",
    named: ['src/cli/words/hints/stop-codes.ts', 'src/fleet/after-stop.ts'],
  },
];

describe('in a copy of the sources to which all of these are added, the compiler names each place that must be filled for', () => {
  const copy = mkdtempSync(join(tmpdir(), 'oppsweep-copy-'));
  let errors: readonly CompileError[] = [];

  beforeAll(async () => {
    for (const part of ['src', 'package.json', 'tsconfig.json']) {
      cpSync(join(project, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    for (const { file, from, to } of ADDITIONS) {
      const text = readFileSync(join(copy, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} has not exactly one ${from}`);
      writeFileSync(join(copy, file), text.replace(from, to));
    }
    errors = await errorsIn(copy);
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(ADDITIONS)('$what', ({ name, named }) => {
    expect([...new Set(errors.filter((error) => tellsOf(error, name)).map(({ file }) => file))]).toEqual(
      named,
    );
  });

  it('these additions, and nothing else', () => {
    expect(errors.filter((error) => !ADDITIONS.some(({ name }) => tellsOf(error, name)))).toEqual([]);
  });
});

interface CompileError {
  readonly file: string;
  readonly text: string;
}

function tellsOf({ text }: CompileError, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

/** What the compiler complains of, by file. */
async function errorsIn(folder: string): Promise<readonly CompileError[]> {
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  // Uncut, each error has the names of all that it is about.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tsc, '--noEmit', '--pretty', 'false', '--noErrorTruncation'],
    { cwd: folder },
  ).catch((ended: { readonly stdout: string }) => ended);
  return stdout
    .split(/^(?=\S)/m)
    .map((text) => ({ file: /^(\S+?)\(\d+,\d+\): error/.exec(text)?.[1] ?? '', text }))
    .toSorted((one, other) => one.file.localeCompare(other.file));
}
