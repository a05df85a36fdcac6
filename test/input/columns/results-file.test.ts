import { describe, expect, it } from 'vitest';
import {
  earlierResult,
  lostResultColumns,
  NEEDED_COLUMNS,
  ownCells,
  resultsFile,
  type ResultsFile,
} from '../../../src/input/columns/results-file.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../../src/model/result-columns.ts';

const OWN = ['Owner', 'Opportunity ID'];

function recognised(header: readonly string[]): ResultsFile {
  const found = resultsFile(header);
  if (found === undefined) throw new Error('It was not recognised.');
  return found;
}

function ours(cells: Partial<Record<ResultColumn, string>>): readonly string[] {
  return RESULT_COLUMNS.map((name) => cells[name] ?? '');
}

function named(cells: readonly string[]): Partial<Record<ResultColumn, string>> {
  return Object.fromEntries(RESULT_COLUMNS.map((name, index) => [name, cells[index]]));
}

describe('resultsFile', () => {
  it('recognises our columns behind the user’s, and finds in them what was sent', () => {
    const found = recognised([...OWN, ...RESULT_COLUMNS]);
    expect(found.places.get('row')).toBe(2);
    expect(found.columns.opportunity).toEqual({ index: 7, name: 'opportunity_id', found: 'header' });
    expect(found.columns.entity.name).toBe('entity_id');
    expect(found.columns.type).toMatchObject({ kind: 'column', column: { name: 'entity_type' } });
    expect(found.columns.replacement?.name).toBe('replacement_id');
  });

  it('recognises them where some had to be prefixed, once or more', () => {
    const header = [
      ...OWN,
      'status',
      ...RESULT_COLUMNS.map((name) => (name === 'status' ? 'result_status' : name)),
    ];
    expect(recognised(header).places.get('status')).toBe(4);
    const again = [
      'status',
      'result_status',
      ...RESULT_COLUMNS.map((name) => (name === 'status' ? 'result_result_status' : `result_${name}`)),
    ];
    expect(ownCells(again, recognised(again))).toEqual(['status', 'result_status']);
  });

  it('recognises them without any column of the user’s', () => {
    expect(ownCells(RESULT_COLUMNS, recognised([...RESULT_COLUMNS]))).toEqual([]);
  });

  it('recognises them with a column that somebody added behind them, and counts that among the user’s', () => {
    const header = [...OWN, ...RESULT_COLUMNS, 'Remarks'];
    expect(ownCells(header, recognised(header))).toEqual([...OWN, 'Remarks']);
  });

  it('recognises them in any order, among the user’s, and without those that it can do without', () => {
    const kept = NEEDED_COLUMNS.toReversed();
    const header = ['Owner', ...kept.slice(0, 3), 'Opportunity ID', ...kept.slice(3), 'calls'];
    const found = recognised(header);
    expect(found.columns.opportunity).toMatchObject({ index: header.indexOf('opportunity_id') });
    expect(found.columns.replacement).toBeUndefined();
    expect(ownCells(header, found)).toEqual(['Owner', 'Opportunity ID', 'calls']);
  });

  it('names the columns that are gone or stand there twice, where the rest shows that it was one', () => {
    expect(lostResultColumns(RESULT_COLUMNS.slice(1))).toEqual(['row']);
    expect(lostResultColumns([...RESULT_COLUMNS, 'status'])).toEqual(['status']);
    expect(lostResultColumns(RESULT_COLUMNS)).toBeUndefined();
    const left = RESULT_COLUMNS.filter(
      (name) => !/^(attempts|request_ids|started_at|finished_at)$/.test(name),
    );
    expect(lostResultColumns(['Opportunity ID', ...left])).toEqual(['request_ids']);
    // Somebody's own names.
    const own = ['opportunity_id', 'entity_type', 'entity_id', 'replacement_id', 'status', 'message', 'row'];
    expect(lostResultColumns(own)).toBeUndefined();
    expect(lostResultColumns(['row', 'status', 'Opportunity ID'])).toBeUndefined();
  });

  it.each([
    ['a needed one missing', RESULT_COLUMNS.slice(1)],
    ['a needed one twice', [...RESULT_COLUMNS, 'status']],
    ['another prefix', RESULT_COLUMNS.map((name) => `my_${name}`)],
    ['too few columns', ['row', 'status']],
  ])('takes a header with %s for no results file', (_, header) => {
    expect(resultsFile([...header])).toBeUndefined();
  });
});

describe('earlierResult', () => {
  const file = recognised([...OWN, ...RESULT_COLUMNS]);

  it('reads what the earlier run said', () => {
    const cells = ours({
      row: '7',
      status: 'failed',
      attempts: '3',
      request_ids: 'id-1 id-2',
      started_at: '2025-01-31T12:00:00.005Z',
    });
    expect(earlierResult(['Ann', 'O1', ...cells], file)).toEqual({
      status: 'failed',
      attempts: 3,
      requestIds: ['id-1', 'id-2'],
      startedAt: Date.UTC(2025, 0, 31, 12, 0, 0, 5),
      cells: named(cells),
    });
  });

  it('takes what is empty or no number for nothing, and for a note', () => {
    const cells = ours({ status: 'invalid', attempts: 'three', started_at: 'yesterday' });
    expect(earlierResult(['Ann', 'O1', ...cells], file)).toEqual({
      status: 'invalid',
      attempts: 0,
      requestIds: [],
      noted: { column: 'attempts', text: 'three' },
      cells: named(cells),
    });
  });

  it('keeps a word of somebody’s own in place of the status, and what was tried', () => {
    const cells = ours({ status: 'done by hand', attempts: '2' });
    expect(earlierResult(['Ann', 'O1', ...cells], file)).toMatchObject({
      overwritten: 'done by hand',
      status: 'invalid',
      attempts: 2,
    });
  });

  it('knows nothing of a row that was added, or that is cut short', () => {
    expect(earlierResult(['Ann', 'O1', ...ours({ opportunity_id: 'O1' })], file)).toBeUndefined();
    expect(earlierResult(['Ann', 'O1'], file)).toBeUndefined();
  });
});

describe('ownCells', () => {
  it('gives the user’s cells, those beyond the header too', () => {
    const file = recognised([...OWN, ...RESULT_COLUMNS]);
    expect(ownCells(['Ann', 'O1', ...ours({ status: 'failed' }), 'more', 'and more'], file)).toEqual([
      'Ann',
      'O1',
      'more',
      'and more',
    ]);
  });
});
