import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workbookOf } from '../../input/workbook/zip-writer.ts';
import { runHere } from '../stage/program-here.ts';
import { runProgram } from '../stage/program.ts';
import { startStageEmulator } from '../stage/stage-emulator.ts';
import { makeWorkFolder, type Test, type WorkFolder } from '../stage/work-folder.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/workbooks');
const FAST = ['--rate', 'unlimited', '--read-rate', 'unlimited'];

function withWorkbook(task: Test, fixture = 'by-libreoffice.xlsx'): WorkFolder {
  const folder = makeWorkFolder(task);
  cpSync(join(FIXTURES, fixture), folder.at('people.xlsx'));
  return folder;
}

function linesOf(folder: WorkFolder, name: string): readonly string[] {
  return folder.read(name).split('\r\n');
}

describe('a workbook', () => {
  it('is run as a CSV is: results in UTF-8 with a mark, CRLF and comma, rows numbered as the sheet', async (task) => {
    const folder = withWorkbook(task);
    const unnamed = await runHere(['disassociate', 'people.xlsx', '--emulator', ...FAST], folder);
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--sheet Pipeline')]);
    expect(folder.names()).not.toContain('people.oppsweep');

    const run = ['disassociate', 'people.xlsx', '--sheet', 'Pipeline', '--emulator', ...FAST];
    const { code, stderr } = await runProgram(run, folder);

    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        '2 rows hidden or filtered out in the sheet (the first is row 6), and read all the same',
      ),
    ]);
    expect(stderr).toContain('("S-0059719" is the number 59719); read as shown');
    const [header, first] = linesOf(folder, 'people.results.csv');
    expect(header).toMatch(/^\uFEFFOpportunity ID,Entity Type,Related Entity,Closed,Amount,Note,row,status,/);
    expect(first).toMatch(
      /^O4100001,Solutions,S-0059717,2026-03-01,1200,"two\nlines, with both",4,disassociated,/,
    );
  });

  it('goes on where it was stopped, from its own copy where the file has changed', async (task) => {
    const folder = withWorkbook(task);
    const asCsv = readFileSync(join(FIXTURES, 'by-libreoffice.csv'), 'utf8');
    // A seed holds no row that can't be used.
    folder.write('seed.csv', asCsv.replace(/^#.*\r?\n/m, ''));
    const emulator = await startStageEmulator(task, folder.at('seed.csv'), []);
    const surroundings = { path: folder.path, env: { ...folder.env, ...emulator.env } };
    const run = [
      'disassociate',
      'people.xlsx',
      '--sheet',
      '1',
      '--visible-only',
      '--catalog',
      'Sandbox',
      ...FAST,
    ];

    const stopped = await runHere([...run, '--limit', '1'], surroundings);
    writeFileSync(
      folder.at('people.xlsx'),
      workbookOf({
        Other: [
          ['Opportunity ID', 'Entity ID'],
          ['O1', 'S-1'],
        ],
      }),
    );
    const changed = await runHere(run, surroundings);
    const other = await runHere(
      [...run.filter((word) => word !== '--visible-only'), '--use-copy'],
      surroundings,
    );
    const done = await runHere([...run, '--use-copy'], surroundings);

    expect([stopped.code, changed.code, other.code]).toEqual([3, 2, 2]);
    expect(changed.stderr).toContain('--use-copy');
    expect([done.code, done.stderr]).toEqual([0, done.stderr]);
    // Rows 6 and 8 are hidden, 10 is a duplicate.
    expect((await emulator.held()).toSorted()).toEqual(['O4100003 AwsProducts AmazonEC2']);
  });

  it('names opportunities for an export, and is compared with its CSV', async (task) => {
    const folder = withWorkbook(task, 'by-exceljs.xlsx');
    const emulated = ['--emulator-state', 'people.xlsx', '--read-rate', 'unlimited'];
    const exported = await runHere(['export', 'people.xlsx', ...emulated, '-o', 'now.csv'], folder);
    expect([exported.code, exported.stderr]).toEqual([
      0,
      expect.stringContaining('people.xlsx: workbook, sheet "Open deals", 5 rows'),
    ]);
    const compared = await runHere(['compare', 'people.xlsx', 'now.csv', '--json'], folder);
    expect([compared.code, JSON.parse(compared.stdout)]).toEqual([
      0,
      expect.objectContaining({ counts: { added: 0, removed: 0, same: 5 } }),
    ]);
  });

  it('is never what a file that is written is called', async (task) => {
    const folder = withWorkbook(task);
    const { code, stderr } = await runHere(['check', 'people.xlsx', '--fixed', 'clean.xlsx'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('What is written is CSV')]);
  });
});
