import { parse } from 'csv-parse/sync';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import type { InputTally } from '../../../src/input/rows/input-tally.ts';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import { CORPUS, CORPUS_FILES, type CorpusCase } from '../../corpus/corpus.ts';
import type { ResultLine } from '../../e2e/stage/results-file.ts';
import { makeContext, type EndOfCommand, type FakeContext } from '../fake-context.ts';

const FAST = ['--rate', 'unlimited', '--read-rate', 'unlimited', '--daily-quota', 'unlimited'];

for (const one of CORPUS.filter(({ error }) => error !== undefined)) {
  test(`check and disassociate refuse ${one.file}, saying what and what to do`, async () => {
    const context = contextWith(one.file);
    expectRefusal(await run('check', one, context), one);
    expectRefusal(await run('disassociate', one, context, ...rehearsal(context)), one);
    expect(readdirSync(context.at('.'))).toEqual([one.file]);
  });
}

for (const one of CORPUS.filter(({ rows }) => rows !== undefined)) {
  test(`check and disassociate make the same of ${one.file}`, async () => {
    const context = contextWith(one.file);
    const rows = one.rows ?? [];
    const kinds = rows.map((row) => row.split(' ')[1]);
    const code = kinds.includes('invalid') ? 1 : 0;

    const checked = await run('check', one, context, '--json');
    expect(checked.code).toBe(code);
    // What the program prints with --json; a field that is missing fails below.
    const { understood, counts } = JSON.parse(checked.out) as {
      readonly understood: { readonly delimiter: string };
      readonly counts: InputTally;
    };
    const counted = (kind: string): number => kinds.filter((known) => known === kind).length;
    expect([counts.valid, counts.duplicate, counts.invalid]).toEqual(
      ['valid', 'duplicate', 'invalid'].map(counted),
    );

    const ended = await run('disassociate', one, context, '--all-lines', ...rehearsal(context));
    expect([ended.code, ended.err]).toEqual([code, ended.err]);
    const lines = ourColumns(context.read('done.csv'), understood.delimiter);
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

function contextWith(file: string): FakeContext {
  const context = makeContext();
  copyFileSync(join(CORPUS_FILES, file), context.at(file));
  return context;
}

function rehearsal(context: FakeContext): readonly string[] {
  return ['--emulator', '-o', context.at('done.csv'), ...FAST];
}

function run(
  command: string,
  { file, options }: CorpusCase,
  context: FakeContext,
  ...args: readonly string[]
): Promise<EndOfCommand> {
  return context.end(command, context.at(file), ...flagsOf(options ?? {}), ...args);
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

function expectRefusal({ code, out, err }: EndOfCommand, { error }: CorpusCase): void {
  expect(code).toBe(2);
  expect(out).toBe('');
  for (const part of error?.says ?? []) expect(err).toContain(part);
  // What is wrong, and below it what to do next.
  expect(err.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
}
