import { describe, expect, it } from 'vitest';
import type { RowOutcome } from '../../src/model/outcome.ts';
import type { InputRow } from '../../src/model/row.ts';
import { resultCells } from '../../src/results/result-cells.ts';
import { RESULT_COLUMNS } from '../../src/model/result-columns.ts';
import { CALLS, DISASSOCIATED, fault, target, validRow } from './samples.ts';

/** The cells by their columns' names. */
function named(row: InputRow, outcome: RowOutcome): Record<string, string | undefined> {
  const cells = resultCells(row, outcome);
  expect(cells).toHaveLength(RESULT_COLUMNS.length);
  return Object.fromEntries(RESULT_COLUMNS.map((name, index) => [name, cells[index]]));
}

describe('resultCells', () => {
  it('puts each value under its column', () => {
    const row = validRow(7, { target: target(7, ['AwsMarketplaceSolutions', 'arn:new']) });
    const outcome: RowOutcome = {
      status: 'failed',
      fault: fault('refused', { exception: 'ValidationException', message: 'No.' }),
      calls: CALLS,
    };
    expect(named(row, outcome)).toEqual({
      row: '9',
      status: 'failed',
      exception: 'ValidationException',
      message: 'No.',
      tip: 'The service refused the values: correct the row by its message, then run it again. Write a correction in your own column and in opportunity_id, entity_type, entity_id or replacement_id, whichever has the same value, then run the failed rows again.',
      opportunity_id: 'O7',
      entity_type: 'Solutions',
      entity_id: 'S-0000007',
      replacement_id: 'arn:new',
      attempts: '2',
      request_ids: 'id-1 id-2',
      started_at: '2025-01-31T12:00:00.005Z',
      finished_at: '2025-01-31T12:00:01.000Z',
    });
  });

  it('shows of an invalid row what could be read, and that nothing was sent', () => {
    const row: InputRow = {
      kind: 'invalid',
      ordinal: 0,
      row: 2,
      cells: ['x'],
      cleaned: { opportunityId: 'x', entityType: '', entityId: '', replacementId: '' },
      problems: [{ kind: 'opportunity_pattern', field: 'opportunity', message: 'It is none.' }],
    };
    expect(named(row, { status: 'invalid', problems: row.problems })).toMatchObject({
      status: 'invalid',
      opportunity_id: 'x',
      entity_type: '',
      attempts: '0',
      request_ids: '',
      started_at: '',
      finished_at: '',
    });
  });

  it('spells options as the reader types them, in sentences of this tool alone', () => {
    const spell = (sentence: string): string => sentence.replaceAll('the option only', '--only');
    const said = { kind: 'x', field: 'row', message: 'See the option only.' } as const;
    const [, , , ours, tip] = resultCells(validRow(0), { status: 'invalid', problems: [said] }, spell);
    expect([ours, tip]).toEqual(['See --only.', expect.stringMatching(/ with --only invalid\.$/)]);
    const theirs = fault('refused', { message: 'See the option only.' });
    const refused: RowOutcome = { status: 'failed', fault: theirs, calls: CALLS };
    expect(resultCells(validRow(0), refused, spell)[3]).toBe('See the option only.');
  });

  it('defuses what the service or the file made us write', () => {
    const outcome: RowOutcome = {
      status: 'failed',
      fault: fault('refused', { exception: '@evil', message: '=cmd|1' }),
      calls: { attempts: 1, requestIds: ['-id'] },
    };
    expect(named(validRow(0), outcome)).toMatchObject({
      exception: "'@evil",
      message: "'=cmd|1",
      request_ids: "'-id",
    });
  });

  it('names the status of each outcome', () => {
    expect(named(validRow(0), DISASSOCIATED)['status']).toBe('disassociated');
    expect(named(validRow(0), { status: 'duplicate', firstRow: 2 })['status']).toBe('duplicate');
  });
});
