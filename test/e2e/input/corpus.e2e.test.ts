import { parse } from 'csv-parse/sync';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import type { InputTally } from '../../../src/input/rows/input-tally.ts';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import { CORPUS, CORPUS_FILES, type CorpusCase } from '../../corpus/corpus.ts';
import { runProgram, type Ended } from '../stage/program.ts';
import type { ResultLine } from '../stage/results-file.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const FAST = ['--rate', 'unlimited', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];
const REHEARSAL = ['--emulator', '-o', 'done.csv', ...FAST];

for (const one of CORPUS.filter(({ error }) => error !== undefined)) {
  test.concurrent(`check and disassociate refuse ${one.file}, saying what and what to do`, async (task) => {
    const folder = folderWith(one.file, task);
    const before = folder.names();
    expectRefusal(await run('check', one, folder), one);
    expectRefusal(await run('disassociate', one, folder, ...REHEARSAL), one);
    expect(folder.names()).toEqual(before);
  });
}

for (const one of CORPUS.filter(({ rows }) => rows !== undefined)) {
  test.concurrent(`check and disassociate make the same of ${one.file}`, async (task) => {
    const folder = folderWith(one.file, task);
    const rows = one.rows ?? [];
    const kinds = rows.map((row) => row.split(' ')[1]);
    const code = kinds.includes('invalid') ? 1 : 0;

    const checked = await run('check', one, folder, '--json');
    expect(checked.code).toBe(code);
    // What the program prints with --json; a field that is missing fails below.
    const { understood, counts } = JSON.parse(checked.stdout) as {
      readonly understood: { readonly delimiter: string };
      readonly counts: InputTally;
    };
    const counted = (kind: string): number => kinds.filter((known) => known === kind).length;
    expect([counts.valid, counts.duplicate, counts.invalid]).toEqual(
      ['valid', 'duplicate', 'invalid'].map(counted),
    );

    const ended = await run('disassociate', one, folder, ...REHEARSAL);
    expectNoTrace(ended);
    expect([ended.code, ended.stderr]).toEqual([code, ended.stderr]);
    const lines = ourColumns(folder.read('done.csv'), understood.delimiter);
    expect(lines.map((line, index) => storyOf(line, rows[index]))).toEqual(rows);
  });
}

/** What a line of the results says, in the corpus's words; of an invalid row the results tell no kinds. */
function storyOf(line: ResultLine, expected: string | undefined): string {
  const { row, status = '', message = '' } = line;
  const sent = [line['opportunity_id'], line['entity_type'], line['entity_id']];
  switch (status) {
    case 'disassociated':
    case 'replaced': {
      // Its type is told by what was expected: the results have only the identifier.
      const replacement =
        line['replacement_id'] === '' ? [] : [expected?.split(' ')[5], line['replacement_id']];
      return [row, 'valid', ...sent, ...replacement].join(' ');
    }
    case 'duplicate':
      return `${row} duplicate ${/row (\d+)/.exec(message)?.[1]}`;
    case 'invalid':
      return expected?.startsWith(`${row} invalid `) === true && message !== '' ? expected : `${row} invalid`;
    default:
      return `${row} ${status} ${message}`;
  }
}

/** Our cells of each line: the last columns of the header, whatever their names and whatever rows have beyond it. */
function ourColumns(csv: string, delimiter: string): readonly ResultLine[] {
  const [header = [], ...lines] = parse(csv, {
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
  });
  const start = header.length - RESULT_COLUMNS.length;
  return lines.map((cells) =>
    Object.fromEntries(RESULT_COLUMNS.map((name, index) => [name, cells[start + index] ?? '(none)'])),
  );
}

function folderWith(file: string, task: Test): WorkFolder {
  const folder = makeWorkFolder(task);
  copyFileSync(join(CORPUS_FILES, file), folder.at(file));
  return folder;
}

function run(
  command: string,
  { file, options }: CorpusCase,
  folder: WorkFolder,
  ...args: readonly string[]
): Promise<Ended> {
  return runProgram([command, file, ...flagsOf(options ?? {}), ...args], folder);
}

function flagsOf({
  opportunityColumn,
  typeColumn,
  entityColumn,
  replaceColumn,
  ...others
}: InputOptions): readonly string[] {
  const valued = {
    '--opportunity-column': opportunityColumn,
    '--type-column': typeColumn,
    '--entity-column': entityColumn,
    '--replace-column': replaceColumn,
    '--entity-type': others.entityType,
    '--delimiter': others.delimiter,
    '--encoding': others.encoding,
  };
  return [
    ...Object.entries(valued).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(others.noHeader === true ? ['--no-header'] : []),
    ...(others.split === true ? ['--split'] : []),
  ];
}

function expectRefusal(ended: Ended, { error }: CorpusCase): void {
  expectNoTrace(ended);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe('');
  for (const part of error?.says ?? []) expect(ended.stderr).toContain(part);
  // What is wrong, and below it what to do next.
  expect(ended.stderr.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
}

function expectNoTrace({ stderr }: Ended): void {
  expect(stderr).not.toMatch(/^\s+at .*\d+:\d+\)?$/m);
  expect(stderr).not.toContain('an error of its own');
}
