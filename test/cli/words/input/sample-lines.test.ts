import { expect, test } from 'vitest';
import { describeInput } from '../../../../src/cli/words/describe-input.ts';
import { RESULT_COLUMNS } from '../../../../src/model/result-columns.ts';
import { readAll } from '../../../input/read-all.ts';

test('of a corrected line of results what the own columns say is shown, too', async () => {
  const lineOf = (own: string, opportunity: string, entity: string): string =>
    `${own},2,invalid,InvalidRow,,,${opportunity},Solutions,${entity},,0,,,`;
  const lines = [
    lineOf('O1,S-0000001', 'o1', 'S-0000001'),
    lineOf('O2,S-0000002', 'O2', 'S-2'),
    lineOf('O3,S-0000003', 'O3', 'S-0000003'),
  ];
  const header = ['Opportunity ID', 'Solution ID', ...RESULT_COLUMNS].join(',');
  const { input } = await readAll([header, ...lines, ''].join('\n'));
  const shown = describeInput(input.table, input.tally())
    .split('\n')
    .filter((line) => line.startsWith('  row '));
  expect(shown.map((line) => line.slice(15, line.indexOf(' · ""')))).toEqual([
    '"o1" (yours says "O1") · "Solutions" · "S-0000001"',
    '"O2" · "Solutions" · "S-2" (yours says "S-0000002")',
    '"O3" · "Solutions" · "S-0000003"',
  ]);
});
