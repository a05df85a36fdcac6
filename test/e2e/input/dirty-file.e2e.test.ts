import { expect, test } from 'vitest';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';
import { setFileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column } from '../stage/results-file.ts';

const RATES = ['--rate', '200', '--read-rate', '2000'] as const;
const ROWS_PER_OPPORTUNITY = 3;

/** 400 rows in all. */
const ROWS_BY_KIND = { needed: 220, gone: 80, duplicate: 60, unknown: 20, invalid: 20 } as const;

type Kind = keyof typeof ROWS_BY_KIND;

const STATUS_OF: Readonly<Record<Kind, string>> = {
  needed: 'disassociated',
  gone: 'already_absent',
  duplicate: 'duplicate',
  unknown: 'failed',
  invalid: 'invalid',
};

test('of a dirty file not one write is spent on a row that needs none, and hardly a read twice', async (task) => {
  const { files, kinds, opportunities } = dirtyFile();
  const stage = await setFileStage(task, files, RATES);

  const ended = await stage.run('disassociate', 'job.csv', ...RATES);

  expect(ended.code).toBe(1);
  expect(column(stage.results(), 'status')).toEqual(kinds.map((kind) => STATUS_OF[kind]));
  const writes = await stage.writes();
  const needed = new Set(files.held.map((association) => `DisassociateOpportunity ${association.join(' ')}`));
  expect(writes.filter(({ what }) => !needed.has(what))).toEqual([]);
  expect(writes.filter(({ changed }) => changed)).toHaveLength(ROWS_BY_KIND.needed);
  const calls = await stage.emulator.calls();
  const reads = calls.length - writes.length;
  expect(reads).toBeLessThanOrEqual(opportunities * 1.05);
});

interface DirtyFile {
  readonly files: FileStageFiles;
  readonly kinds: readonly Kind[];
  /** Those that valid rows name. */
  readonly opportunities: number;
}

/** Rows of every kind in a random but repeatable order; rows of an opportunity next to each other. */
function dirtyFile(): DirtyFile {
  const dice = seededDice(20_261_125);
  const kinds = inAnyOrder(dice);
  const rows: string[][] = [];
  const valid: string[][] = [];
  const held: [string, string, string][] = [];
  const known = new Set<string>();
  for (const [place, kind] of kinds.entries()) {
    const solution = `S-${String(place + 1).padStart(7, '0')}`;
    const opportunity = `O${1_000_000 + Math.floor(place / ROWS_PER_OPPORTUNITY)}`;
    if (kind === 'duplicate') {
      rows.push(valid[Math.floor(dice() * valid.length)] ?? []);
      continue;
    }
    const row = [
      kind === 'unknown' ? `O404${place}` : opportunity,
      kind === 'invalid' ? 'AmazonEC2' : solution,
    ];
    rows.push(row);
    if (kind === 'invalid') continue;
    valid.push(row);
    if (kind === 'needed') held.push([opportunity, 'Solutions', solution]);
    // What stays there: an opportunity exists though nothing of it is asked for.
    if (kind === 'gone' && !known.has(opportunity)) held.push([opportunity, 'AwsProducts', 'AmazonS3']);
    if (kind === 'gone') known.add(opportunity);
  }
  return {
    files: { job: [['Opportunity ID', 'Solution ID'], ...rows], held },
    kinds,
    opportunities: new Set(valid.map(([opportunity]) => opportunity)).size,
  };
}

/** Shuffled (Fisher and Yates); the first row is one that a duplicate may repeat. */
function inAnyOrder(dice: () => number): readonly Kind[] {
  // Object.entries widens the keys of ROWS_BY_KIND to strings.
  const kinds = Object.entries(ROWS_BY_KIND).flatMap(([kind, rows]) =>
    Array.from({ length: rows }, () => kind as Kind),
  );
  for (let last = kinds.length - 1; last > 1; last -= 1) {
    const other = 1 + Math.floor(dice() * last);
    [kinds[last], kinds[other]] = [kinds[other] ?? 'needed', kinds[last] ?? 'needed'];
  }
  return kinds;
}
