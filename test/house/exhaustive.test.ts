import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

interface Addition {
  readonly what: string;
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
    file: 'src/model/call.ts',
    from: "'AssociateOpportunity' | 'DisassociateOpportunity'",
    to: "'AssociateOpportunity' | 'DisassociateOpportunity' | 'ReassignOpportunity'",
    named: ['src/emulator/partner/operation.ts', 'src/model/call.ts'],
  },
  {
    what: 'the status of its rows',
    file: 'src/model/call.ts',
    from: "'disassociated' | 'associated'",
    to: "'disassociated' | 'associated' | 'reassigned'",
    named: STATUS_NAMED,
  },
  {
    what: 'what a plan says of them',
    file: 'src/model/call.ts',
    from: "'would_disassociate' | 'would_associate'",
    to: "'would_disassociate' | 'would_associate' | 'would_reassign'",
    named: STATUS_NAMED,
  },
  {
    what: 'a third operation of a run',
    file: 'src/model/operation.ts',
    from: "'disassociate' | 'associate';",
    to: "'disassociate' | 'associate' | 'reassign';",
    named: ['src/model/operation.ts'],
  },
  {
    what: 'a seventh entity type',
    file: 'src/model/entity.ts',
    from: "  'AwsMarketplaceProducts',\n]",
    to: "  'AwsMarketplaceProducts',\n  'AwsBlueprints',\n]",
    named: ['src/input/columns/column-names.ts', 'src/model/entity-types.ts'],
  },
  {
    what: 'a new stop code',
    file: 'src/model/run-error.ts',
    from: "  | 'limit_reached'",
    to: "  | 'limit_reached'\n  | 'moon_full'",
    named: ['src/cli/words/hints/stop-codes.ts', 'src/fleet/after-stop.ts'],
  },
];

describe('in a copy of the sources, the compiler names each place that a newcomer must fill:', () => {
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'oppsweep-copy-'));
    for (const part of ['src', 'package.json', 'tsconfig.json']) {
      cpSync(join(project, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  });

  afterEach(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it('nothing where nothing is added', async () => {
    expect(await filesWithErrors(copy)).toEqual([]);
  });

  it.each(ADDITIONS)('$what', async ({ file, from, to, named }) => {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    expect(text.split(from)).toHaveLength(2);
    writeFileSync(path, text.replace(from, to));
    expect(await filesWithErrors(copy)).toEqual(named);
  });
});

/** The files that the compiler complains of, sorted. */
async function filesWithErrors(folder: string): Promise<readonly string[]> {
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '--pretty', 'false'], {
    cwd: folder,
  }).catch((ended: { readonly stdout: string }) => ended);
  const files = stdout.split('\n').flatMap((line) => /^(\S+?)\(\d+,\d+\): error/.exec(line)?.[1] ?? []);
  return [...new Set(files)].toSorted();
}
