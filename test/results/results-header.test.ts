import { describe, expect, it } from 'vitest';
import { RESULT_COLUMNS } from '../../src/model/result-columns.ts';
import { resultsHeader } from '../../src/results/results-header.ts';

describe('resultsHeader', () => {
  it('is the input’s columns as they were, then ours in the order that scripts rely on', () => {
    expect(resultsHeader(['Opportunity ID', ' Owner '])).toEqual([
      'Opportunity ID',
      ' Owner ',
      'row',
      'status',
      'exception',
      'message',
      'tip',
      'opportunity_id',
      'entity_type',
      'entity_id',
      'replacement_id',
      'attempts',
      'request_ids',
      'started_at',
      'finished_at',
    ]);
  });

  it('prefixes ours where the input has a column of that name, whatever its case and spaces', () => {
    const header = resultsHeader([' Status ', 'ENTITY_ID']);
    expect(header.slice(0, 4)).toEqual([' Status ', 'ENTITY_ID', 'row', 'result_status']);
    expect(header).toContain('result_entity_id');
    expect(header).not.toContain('status');
  });

  it('prefixes again where the prefixed name is taken too', () => {
    expect(resultsHeader(['status', 'result_status', 'result_tip'])).toEqual([
      'status',
      'result_status',
      'result_tip',
      ...RESULT_COLUMNS.map((name) => (name === 'status' ? 'result_result_status' : name)),
    ]);
  });
});
