import { describe, expect, it } from 'vitest';
import { defaultResultsPath } from '../../../src/run/request/default-results.ts';

describe('defaultResultsPath', () => {
  it.each([
    ['people.csv', 'people.results.csv'],
    ['/data/people.CSV', '/data/people.results.csv'],
    ['people.csv.gz', 'people.results.csv'],
    ['people.tsv', 'people.results.csv'],
    ['people.txt', 'people.results.csv'],
    ['people', 'people.results.csv'],
    ['export.2025.csv', 'export.2025.results.csv'],
    ['/data.v2/people', '/data.v2/people.results.csv'],
    ['people.results.csv', 'people.again.results.csv'],
    ['people.again.results.csv', 'people.again-2.results.csv'],
    ['people.plan.csv', 'people.planned.results.csv'],
  ])('stands beside %s as %s', (input, results) => {
    expect(defaultResultsPath(input)).toBe(results);
  });
});

describe('defaultResultsPath of what a run has left', () => {
  it('takes a stem of its own, whatever the name', () => {
    expect(defaultResultsPath('done.csv', 'results', true)).toBe('done.again.results.csv');
    expect(defaultResultsPath('done.again.csv', 'results', true)).toBe('done.again-2.results.csv');
    expect(defaultResultsPath('done.csv', 'plan', true)).toBe('done.plan.csv');
  });
});
