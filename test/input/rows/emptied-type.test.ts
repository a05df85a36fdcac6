import { describe, expect, it } from 'vitest';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import { readAll, rowLine } from '../read-all.ts';

const HEADER = ['Opportunity ID', 'Type', 'Solution ID', ...RESULT_COLUMNS].join(',');

/** Results of failed rows, each with a type of its own, or with none. */
async function runAgain(types: readonly string[]): Promise<readonly string[]> {
  const lines = types.map((type, index) => {
    const ours: Readonly<Record<string, string>> = {
      row: String(index + 2),
      status: 'failed',
      exception: 'ConflictException',
      opportunity_id: `O${index + 1}`,
      entity_type: 'Solutions',
      entity_id: `S-000000${index + 1}`,
      attempts: '1',
      started_at: '2026-11-27T09:48:49.552Z',
    };
    const cells = [ours['opportunity_id'], type, ours['entity_id']];
    return [...cells, ...RESULT_COLUMNS.map((name) => ours[name] ?? '')].join(',');
  });
  const { rows } = await readAll([HEADER, ...lines, ''].join('\n'));
  return rows.map(rowLine);
}

describe('a type that is empty in results run again', () => {
  it('may have been emptied where nearly all rows have one: the row is not sent', async () => {
    expect(await runAgain(['Solutions', '', 'Solutions'])).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 invalid row_edited',
      '4 valid O3 Solutions S-0000003',
    ]);
  });

  it.each([[['Solutions', '', '']], [['', '', '']], [['Solutions', '']]])(
    'is told by the identifier where others have none either: %j',
    async (types) => {
      const lines = await runAgain(types);
      expect(lines.filter((line) => line.includes(' valid '))).toHaveLength(types.length);
    },
  );
});
