import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import { readAll } from '../read-all.ts';

const LINE: Readonly<Record<string, string>> = {
  row: '2',
  status: 'failed',
  opportunity_id: 'O1',
  entity_type: 'Solutions',
  entity_id: 'S-0000001',
  request_ids: 'a',
};
const RESULTS = `Opp Ref,Held,Entity-ID,${RESULT_COLUMNS.join(',')}\nO1,S-0000001,x,${RESULT_COLUMNS.map((name) => LINE[name] ?? '').join(',')}\n`;

describe('an option that names a column', () => {
  it.each<[keyof InputOptions, InputOptions]>([
    ['opportunityColumn', { opportunityColumn: 'Nope' }],
    ['typeColumn', { typeColumn: 'Nope' }],
    ['entityColumn', { entityColumn: 'Nope' }],
    ['entityColumns', { entityColumns: ['Held', 'Nope'] }],
    ['replaceColumn', { replaceColumn: 'Nope' }],
    ['replaceTypeColumn', { replaceTypeColumn: 'Nope' }],
    ['where', { where: ['Nope=x'] }],
  ])('is refused where results have no such column: %s', async (_, options) => {
    await expect(readAll(RESULTS, options)).rejects.toMatchObject({
      code: 'input_columns',
      message: expect.stringMatching(/no column "Nope".*"Opp Ref", "Held"/) as unknown,
    });
  });

  it.each<[string, InputOptions]>([
    ['a column of the user’s', { opportunityColumn: 'Opp Ref', entityColumn: 'held' }],
    ['a position', { opportunityColumn: '1', entityColumn: '2' }],
    ['a column of ours', { opportunityColumn: 'opportunity_id', entityColumn: 'entity_id' }],
    ['a name that is ours too, but for its spelling', { where: ['Opp Ref=O1'], typeColumn: 'entity type' }],
  ])('is taken where it names %s of results', async (_, options) => {
    expect((await readAll(RESULTS, options)).rows).toHaveLength(1);
  });

  it('counts for nothing where a run that has accepted it is undone', async () => {
    expect((await readAll(RESULTS, { opportunityColumn: 'Nope', ownTable: true })).rows).toHaveLength(1);
  });
});
