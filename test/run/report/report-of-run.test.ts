import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportOfRun } from '../../../src/run/report/report-of-run.ts';
import type { ReportContext } from '../../../src/run/report/report-context.ts';
import { cellOf } from '../../../src/report/rows/reported-row.ts';
import { doneEntry, fault, tryEntry, validRow } from '../../results/samples.ts';
import { makeRunFolder } from '../../store/files/run-folder/make-run-folder.ts';

const CONTEXT: ReportContext = {
  tool: 'oppsweep 0.1.0',
  timeZone: 'UTC',
  clock: { wallMs: () => Date.UTC(2025, 0, 31, 13) },
  spell: (sentence) => sentence,
  optionWords: () => '',
  undoCommand: (results) => `oppsweep undo ${results}`,
  trailCommand: (operation) => operation,
  joinCommand: (results, operations) => `join ${results} ${operations.join(' ')}`,
};
const SESSION = {
  t: 'session',
  at: '2025-01-31T12:00:00.000Z',
  callsPerSecond: 1,
  callsPerDay: 100,
} as const;
const FAILED = {
  status: 'failed',
  fault: fault('refused'),
  calls: { attempts: 1, requestIds: ['id-1'] },
} as const;
const ROWS = [0, 1, 2, 3].map((ordinal) => validRow(ordinal).cells.join(','));

test('a stopped run is counted by its journal, and its counts add up to the rows of the input', async () => {
  const run = makeRunFolder(['Opportunity ID,Entity ID', ...ROWS, ROWS[3], 'O4,nonsense', ''].join('\n'));
  // The results so far have nothing: the first row has no answer yet.
  run.journal(SESSION, tryEntry(0), tryEntry(1), doneEntry(1), tryEntry(2), doneEntry(2, FAILED));
  const { rows, run: told, trailCommands } = await reportOfRun(await run.record(), CONTEXT);
  expect(rows.byStatus).toEqual({ disassociated: 1, failed: 1, duplicate: 1, invalid: 1 });
  expect(told).toMatchObject({ inDoubt: [{ row: 2, key: 'O0 Solutions S-0000000' }], rowsLeft: 1 });
  expect(rows.rows + told.inDoubt.length + told.rowsLeft).toBe(6);
  expect(
    rows.shown.map((row) => [cellOf(row, 'row'), cellOf(row, 'status'), cellOf(row, 'request_ids')]),
  ).toEqual([
    ['4', 'failed', 'id-1'],
    ['7', 'invalid', ''],
  ]);
  expect([rows.attempts, rows.requestIds]).toEqual([3, 3]);
  expect(trailCommands).toEqual([
    'DisassociateOpportunity',
    expect.stringMatching(/^join .*results\.partial\.csv D/),
  ]);
});

test('a run that somebody stopped is told in words for whoever knows no signals', async () => {
  const run = makeRunFolder(['Opportunity ID,Entity ID', ...ROWS, ''].join('\n'));
  const at = '2025-01-31T12:00:02.000Z';
  run.journal(SESSION, { t: 'stop', code: 'interrupted', message: 'It was stopped by SIGINT.', at });
  const { run: told } = await reportOfRun(await run.record(), CONTEXT);
  expect(told.stop).toEqual({ by: 'hand (Ctrl-C)' });
});

test('where the copy of the input was changed, rows are shown as they were sent', async () => {
  const input = ['Opportunity ID,Entity ID', ...ROWS, ''].join('\n');
  const run = makeRunFolder(input);
  run.journal(SESSION, tryEntry(0), doneEntry(0, FAILED));
  writeFileSync(run.paths.inputCopy, input.replace('O0,', 'O77,'));
  const { rows, basis } = await reportOfRun(await run.record(), CONTEXT);
  expect(basis).not.toBe('proven');
  expect(rows.shown.map((row) => cellOf(row, 'opportunity_id'))).toEqual(['O0']);
});
