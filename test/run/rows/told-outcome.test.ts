import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../../src/model/result-columns.ts';
import { resultCells } from '../../../src/results/result-cells.ts';
import { carriedOutcome, ownOutcome } from '../../../src/run/rows/told-outcome.ts';
import { readAll } from '../../input/read-all.ts';

const MAP: InputOptions = { replaceMap: { name: 'map.csv', pairs: [['S-0000001', 'S-0000009']] } };

/** The lines that results have for what the input alone decides, if nothing else is run; `-` for rows that would be sent. */
async function resultsOf(text: string, options: InputOptions = {}): Promise<readonly string[]> {
  const { rows } = await readAll(text, options);
  return rows.map((row) => {
    const outcome = carriedOutcome(row, undefined) ?? (row.kind === 'valid' ? undefined : ownOutcome(row));
    const own = row.cells.slice(0, 2).join(',');
    return outcome === undefined ? '-' : [own, ...resultCells(row, outcome)].map(quoted).join(',');
  });
}

function quoted(cell: string, index: number): string {
  return index === 0 ? cell : `"${cell.replaceAll('"', '""')}"`;
}

const HEADER = ['Opportunity ID', 'Solution ID', ...RESULT_COLUMNS].join(',');
const file = (lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n');

describe('rows of a run that was to replace what it removes', () => {
  const JOB = [
    'Opportunity ID,Solution ID',
    'O1,S-0000001',
    'O2,S-0000002',
    'O3,S-000000x',
    'nobody,S-0000001',
    '',
  ].join('\n');
  async function firstRun(): Promise<Record<'unmapped' | 'nonsense' | 'mapped', string>> {
    const [, unmapped = '', nonsense = '', mapped = ''] = await resultsOf(JOB, MAP);
    return { unmapped, nonsense, mapped };
  }

  it('carry a mark where their replacement is not known, and else have it', async () => {
    const { unmapped, nonsense, mapped } = await firstRun();
    expect(unmapped).toContain(',"S-0000002","?",');
    expect(nonsense).toContain(',"S-000000x","?",');
    expect(mapped).toContain(',"S-0000001","S-0000009",');
  });

  it('are not removed bare once they are corrected: they stay invalid, with the mark, until it is replaced', async () => {
    const { nonsense } = await firstRun();
    const corrected = file([nonsense.replace('S-000000x', 'S-0000001')]);
    const [once = ''] = await resultsOf(corrected);
    expect(once).toMatch(/"invalid","InvalidRow","It was to be replaced, .*,"S-0000001","\?",/);
    expect((await resultsOf(file([once])))[0]).toBe(once);
    expect(await resultsOf(file([once.replace('"?"', '"S-0000008"')]))).toEqual(['-']);
    expect(await resultsOf(corrected, MAP)).toEqual(['-']);
    expect(await resultsOf(corrected, { replaceWith: 'S-0000007' })).toEqual(['-']);
  });

  it('stay left out where the map had nothing for them, whatever the message says', async () => {
    const { unmapped } = await firstRun();
    const told = file([unmapped.replace(/"Left out[^,]*,/, '"Somebody’s words.",')]);
    expect((await resultsOf(told))[0]).toContain('"skipped"');
  });

  it('keep the mark though they are refused for something else', async () => {
    const { nonsense } = await firstRun();
    const [still = ''] = await resultsOf(file([nonsense]));
    expect(still).toContain('"?"');
  });
});

describe('a note in a column of ours that no run writes', () => {
  const SENT: Readonly<Partial<Record<ResultColumn, string>>> = {
    row: '2',
    status: 'failed',
    exception: 'ConflictException',
    message: 'The entity could not be removed: it is being used.',
    tip: 'The opportunity does not admit this change now: see its review status and stage in Partner Central.',
    opportunity_id: 'O1',
    entity_type: 'Solutions',
    entity_id: 'S-0000001',
    attempts: '1',
    request_ids: 'f573d898-0dca-4219-9d8c-8c392787f71c',
    started_at: '2026-11-27T11:46:36.499Z',
    finished_at: '2026-11-27T11:46:36.502Z',
  };
  const line = (cells: Readonly<Partial<Record<ResultColumn, string>>>): string =>
    ['O1', 'S-0000001', ...RESULT_COLUMNS.map((name) => ({ ...SENT, ...cells })[name] ?? '')]
      .map(quoted)
      .join(',');

  it.each<[ResultColumn, string]>([
    ['message', 'KEEP - do not remove'],
    ['message', 'please leave this one'],
    ['tip', 'please keep'],
    ['tip', 'ask Ann'],
    ['exception', 'not this one'],
    ['exception', 'keep'],
    ['attempts', 'no'],
    ['request_ids', 'keep'],
    ['started_at', 'after the audit'],
    ['finished_at', 'never'],
    ['row', 'keep'],
  ])('keeps the row from being sent, and is told: %s %s', async (column, text) => {
    const [once = ''] = await resultsOf(file([line({ [column]: text })]));
    expect(once).toContain(`"invalid","InvalidRow","A note stands in its cell ${column}, ""${text}""`);
    expect((await resultsOf(file([once])))[0]).toContain('"invalid"');
    const meant = once.replace('"invalid"', '"failed"');
    expect(await resultsOf(file([meant]))).toEqual(['-']);
  });

  it.each<[ResultColumn, string, RegExp]>([
    ['tip', 'please keep', /A note stands in its cell tip, ""please keep""[^]*not an identifier/],
    ['status', 'keep', /Its status is none of this tool[^]*not an identifier/],
  ])(
    'stays told though its row is wrong itself, and holds once that is right: %s',
    async (column, text, says) => {
      const wrong = {
        entity_id: '~~S-0000001',
        status: 'invalid',
        attempts: '0',
        message: '',
        [column]: text,
      };
      const [once = ''] = await resultsOf(file([line(wrong).replace(',"S-0000001"', ',"~~S-0000001"')]));
      expect(once).toMatch(says);
      const corrected = once.replaceAll(/"~~S-0000001"(?=,)/g, '"S-0000001"');
      expect((await resultsOf(file([corrected])))[0]).toContain('"invalid"');
    },
  );

  it.each<Partial<Record<ResultColumn, string>>>([
    {},
    { started_at: '27.11.2026 11:46', finished_at: '11/27/2026 11:46 AM' },
    { message: 'You must keep at least one solution.', exception: 'ValidationException' },
    { status: 'invalid', exception: 'InvalidRow', message: '"keep" is not an identifier.', attempts: '0' },
    { tip: '', message: '', exception: '' },
  ])('is none in what a run wrote, or a spreadsheet made of it: %o', async (cells) => {
    expect(await resultsOf(file([line(cells)]))).toEqual(['-']);
  });
});
