import type { EarlierResult, RowStatus } from '../../src/model/outcome.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../src/model/result-columns.ts';
import { foldJournalCalls } from '../../src/report/calls/call-facts.ts';
import { timesIn, type Times } from '../../src/report/page/times.ts';
import type { Report } from '../../src/report/report.ts';
import { foldRows } from '../../src/report/rows/row-facts.ts';

export const BEGAN_MS: number = Date.parse('2026-11-26T08:00:00.000Z');

export const TIMES: Times = timesIn('UTC');

/** A line of results; cells that are not given are empty. */
export function line(status: RowStatus, cells: Partial<Record<ResultColumn, string>> = {}): EarlierResult {
  const finishedAt = Date.parse(cells.finished_at ?? '');
  return {
    status,
    attempts: Number(cells.attempts ?? 0),
    requestIds: (cells.request_ids ?? '').split(' ').filter((id) => id !== ''),
    ...(!Number.isNaN(finishedAt) && { finishedAt }),
    cells: { ...Object.fromEntries(RESULT_COLUMNS.map((name) => [name, ''])), ...cells, status },
  };
}

/** A failed row with its own opportunity. */
export function failedLine(row: number, exception: string = 'ResourceNotFoundException'): EarlierResult {
  return line('failed', {
    row: String(row),
    exception,
    message: `Opportunity O${row} not found.`,
    tip: 'Check the identifier.',
    opportunity_id: `O${row}`,
    attempts: '1',
    request_ids: `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`,
    finished_at: new Date(BEGAN_MS + row * 1_000).toISOString(),
  });
}

/** A finished run of these rows, on catalog AWS. */
export function reportOf(rows: readonly (EarlierResult | undefined)[], part: Partial<Report> = {}): Report {
  const fold = foldRows(BEGAN_MS);
  for (const row of rows) fold.add(row);
  return {
    madeBy: 'oppsweep 0.1.0',
    madeAtMs: BEGAN_MS + 3_600_000,
    timeZone: 'Europe/Berlin',
    rows: fold.facts(),
    calls: foldJournalCalls().facts(),
    waits: [],
    sessions: [],
    sessionOptions: [],
    undo: { kind: 'writes', writes: 1, durationMs: 1_000, command: 'oppsweep undo people.results.csv' },
    takenBack: [],
    doneSince: [],
    before: { lookedAt: true, takenBack: [] },
    basis: 'proven',
    told: 'results',
    checks: [],
    trailCommands: [],
    gaps: [],
    run: RUN,
    ...part,
  };
}

export const RUN: Report['run'] = {
  state: 'finished',
  id: 'b9d5c1b0-0000-4000-8000-000000000000',
  tool: 'oppsweep 0.1.0',
  command: 'disassociate',
  planned: false,
  catalog: 'AWS',
  endpoint: 'https://partnercentral-selling.us-east-1.api.aws',
  caller: undefined,
  terms: '',
  input: { name: 'people.csv', sha256: '1'.repeat(64) },
  results: { name: 'people.results.csv', sha256: '2'.repeat(64) },
  finalName: 'people.results.csv',
  otherName: undefined,
  hashed: 'recorded',
  beganAt: new Date(BEGAN_MS).toISOString(),
  endedAt: new Date(BEGAN_MS + 1_800_000).toISOString(),
  stop: undefined,
  inDoubt: [],
  halfReplaced: { both: 0, neither: 0 },
  rowsLeft: 0,
  goOn: undefined,
  outlook: {},
  goesOnByItself: false,
  plan: undefined,
};
