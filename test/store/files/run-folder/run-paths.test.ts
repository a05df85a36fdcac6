import { describe, expect, it } from 'vitest';
import { defaultResultsPath, runPaths } from '../../../../src/store/files/run-folder/run-paths.ts';

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

describe('runPaths', () => {
  it('puts folder and summary beside the results, with one stem', () => {
    expect(runPaths('/data/people.results.csv')).toEqual({
      results: '/data/people.results.csv',
      summary: '/data/people.results.summary.json',
      folder: '/data/people.oppsweep',
      inputCopy: '/data/people.oppsweep/input',
      journal: '/data/people.oppsweep/journal.jsonl',
      lock: '/data/people.oppsweep/lock',
      partialResults: '/data/people.oppsweep/results.partial.csv',
    });
  });

  it.each([
    ['done.csv', 'done.summary.json', 'done.oppsweep'],
    ['done', 'done.summary.json', 'done.oppsweep'],
    ['my.data/done', 'my.data/done.summary.json', 'my.data/done.oppsweep'],
    ['../out.v1/a.b.csv', '../out.v1/a.b.summary.json', '../out.v1/a.b.oppsweep'],
    ['People.RESULTS.CSV', 'People.RESULTS.summary.json', 'People.oppsweep'],
  ])('of %s are %s and %s', (results, summary, folder) => {
    expect(runPaths(results)).toMatchObject({ results, summary, folder });
  });
});
