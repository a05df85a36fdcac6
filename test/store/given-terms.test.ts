import { expect, test } from 'vitest';
import { givenTerms } from '../../src/store/given-terms.ts';

const FOUND = { opportunityColumn: 'detected', entityType: 'detected', noHeader: 'false', only: 'all' };

test('terms that were found out, or are the command’s own, are no options that somebody gave', () => {
  expect(
    givenTerms({ command: 'disassociate', catalog: 'AWS', endpoint: 'https://u:p@x', ...FOUND }),
  ).toEqual({});
});

test('what decides which rows are sent is told as it was given, by the name of its option', () => {
  expect(
    givenTerms({
      ...FOUND,
      command: 'disassociate',
      where: '["A=1","B!=2"]',
      entities: '["S-1","S-2"]',
      entityColumns: '["One","Two"]',
      opportunityColumn: 'all',
      only: 'failed',
      split: 'true',
    }),
  ).toEqual({
    where: '["A=1","B!=2"]',
    entities: 'S-1,S-2',
    entityColumn: '["One","Two"]',
    opportunityColumn: 'all',
    only: 'failed',
    split: true,
  });
});

test('an undo tells the rows that it undoes, not the columns of its own table', () => {
  const own = { entityColumn: 'Entity', 'undone where': '["A=1"]' };
  expect(givenTerms({ ...FOUND, ...own, command: 'undo' })).toEqual({ where: '["A=1"]' });
});
