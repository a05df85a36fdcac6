import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { compileProgram } from '../disk/compile-program.ts';
import { workbookOf } from '../input/workbook/zip-writer.ts';
import { cases } from '../soak.ts';
import type { BulkReport } from './bulky/read-bulk.ts';

const ROWS = cases(100_000);

it(`a workbook of ${ROWS} rows of ten columns is read in less than 700 MB`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-workbook-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const header = ['Opportunity ID', 'Entity Type', 'Related Entity', 'A', 'B', 'C', 'D', 'E', 'F', 'G'];
  const rows = Array.from({ length: ROWS }, (_, row) => [
    `O${4_100_000 + row}`,
    'Solutions',
    `S-${String(row).padStart(7, '0')}`,
    ...Array.from({ length: 7 }, (_cell, column) => `a note of some length, ${row} ${column}`),
  ]);
  writeFileSync(join(folder, 'big.xlsx'), workbookOf({ Big: [header, ...rows] }));
  const program = await compileProgram('test/property/programs/read-workbook.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, join(folder, 'big.xlsx')]);
  // The program's own report.
  const { became, peakRssMb } = JSON.parse(stdout) as BulkReport;
  expect(became).toBe(`${ROWS} rows`);
  expect(peakRssMb).toBeLessThan(700);
});
