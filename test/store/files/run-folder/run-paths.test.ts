import { describe, expect, it } from 'vitest';
import { runPaths } from '../../../../src/store/files/run-folder/run-paths.ts';

describe('runPaths', () => {
  it('puts folder and summary beside the results, with one stem', () => {
    expect(runPaths('/data/people.results.csv')).toEqual({
      results: '/data/people.results.csv',
      summary: '/data/people.results.summary.json',
      report: '/data/people.report.html',
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
