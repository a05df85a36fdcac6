import { describe, expect, it } from 'vitest';
import type { RowStatus } from '../../../src/model/outcome.ts';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import type { KeptMembers } from '../../../src/store/journal-line.ts';
import { keptSurvey, surveyIn } from '../../../src/run/request/kept-survey.ts';
import { surveyInput, type RereadableInput } from '../../../src/run/request/survey-input.ts';
import { changesOf, writesOf } from '../../../src/run/request/changes-at-most.ts';
import { pieces } from '../../results/samples.ts';

function input(...lines: readonly string[]): RereadableInput {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return { name: 'people.csv', read: () => pieces(bytes), options: {} };
}

const HEADER = 'Opportunity ID,Entity ID,Replacement';

/** A results file's line about a row of these values. */
function resultLine(
  opportunity: string,
  entity: string,
  status: RowStatus,
  more: Partial<Record<string, string>> = {},
): string {
  const cells: Partial<Record<string, string>> = {
    ...more,
    status,
    opportunity_id: opportunity,
    entity_type: 'Solutions',
    entity_id: entity,
  };
  return [opportunity, entity, ...RESULT_COLUMNS.map((name) => cells[name] ?? '')].join(',');
}

const RESULTS = input(
  ['Opportunity ID', 'Entity ID', ...RESULT_COLUMNS].join(','),
  resultLine('O1', 'S-0000001', 'disassociated'),
  resultLine('O2', 'S-0000002', 'failed'),
  resultLine('O3', 'S-0000003', 'unknown'),
  resultLine('O3', 'S-0000003', 'duplicate'),
);

describe('surveyInput', () => {
  it('counts rows by what they are, and the writes that they come to at most', async () => {
    const survey = await surveyInput(
      input(HEADER, 'O1,S-0000001,', 'O2,S-0000002,S-0000012', 'O1,S-0000001,', 'O3,nonsense,'),
    );
    expect(survey.tally).toMatchObject({ rows: 4, valid: 2, invalid: 1, duplicate: 1 });
    expect(survey).toMatchObject({ header: HEADER.split(','), rowsToRun: 2, writesAtMost: 3 });
    expect([0, 1, 2].map((rowsLeft) => writesOf(rowsLeft, survey))).toEqual([0, 2, 3]);
    expect(changesOf(2, survey)).toEqual({ removals: 2, attachments: 1, opportunities: 2 });
    expect(changesOf(1, survey)).toEqual({ removals: 1, attachments: 1, opportunities: undefined });
    expect(changesOf(0, survey)).toEqual({ removals: 0, attachments: 0, opportunities: undefined });
  });

  it('counts one write a row for an operation that attaches', async () => {
    const rows = input(HEADER, 'O2,S-0000002,S-0000012');
    expect(await surveyInput(rows, { operationOf: () => 'associate' })).toMatchObject({ writesAtMost: 1 });
  });

  it('refuses what the file leaves open before a run, and not of a run that was begun with it', async () => {
    const rows = input(
      'Opportunity ID,Entity ID,Decision',
      'O1,S-0000001,remove',
      'O2,S-0000002,',
      'O3,S-0000003,keep',
    );
    const asked = { ...rows, options: { where: ['Decision!=keep'] } };
    await expect(surveyInput(asked, { refuseUnclear: true })).rejects.toThrow('row 3 since its cell');
    const begun = await surveyInput(asked);
    expect(begun.tally).toMatchObject({ valid: 2, skipped: 1 });
    const kept: unknown = JSON.parse(JSON.stringify({ survey: keptSurvey(begun) }));
    expect(surveyIn(kept as KeptMembers)?.tally).toEqual(begun.tally);
    // One of another version, which did not tell as much.
    const { conditions: _conditions, ...told } = begun.tally.told;
    const older = { survey: { ...keptSurvey(begun), tally: { ...begun.tally, told } } };
    expect(surveyIn(older)).toBeUndefined();
  });

  it.each(['Left out by --replace-map', 'Somebody’s own words'])(
    'leaves rows of results out as long as their replacement is wanting, whatever the message: %s',
    async (message) => {
      const results = input(
        ['Opportunity ID', 'Entity ID', ...RESULT_COLUMNS].join(','),
        resultLine('O1', 'S-0000001', 'skipped', { message, replacement_id: '?' }),
        resultLine('O2', 'S-0000001', 'skipped', { message, replacement_id: 'S-0000009' }),
        resultLine('O3', 'S-0000001', 'skipped', {
          message: 'Left out by --entities: its identifier is S-1.',
        }),
        resultLine('O4', 'S-0000001', 'would_disassociate'),
      );
      const all = await surveyInput(results);
      expect(all).toMatchObject({ rowsToRun: 1, unreplaced: 1, stillUnreplaced: 0 });
      const skipped = await surveyInput(results, { only: ['skipped'] });
      expect(skipped).toMatchObject({ rowsToRun: 2, unreplaced: 1, stillUnreplaced: 1, writesAtMost: 3 });
    },
  );

  it('counts each opportunity once, however its number is written', async () => {
    const ids = ['O1', 'O01', 'O1', 'O12345678901234567', 'O12345678901234568', 'O12345678901234567'];
    const rows = ids.map((id, index) => `${id},S-000000${index},`);
    expect(await surveyInput(input(HEADER, ...rows))).toMatchObject({ rowsToRun: 6, opportunities: 4 });
  });

  it('of a results file counts the rows of the statuses that are asked for', async () => {
    expect(await surveyInput(RESULTS, { only: ['failed', 'unknown'] })).toMatchObject({ rowsToRun: 2 });
    expect(await surveyInput(RESULTS, { only: ['invalid'] })).toMatchObject({ rowsToRun: 0 });
    expect(await surveyInput(RESULTS)).toMatchObject({ rowsToRun: 3 });
  });

  it('takes what --protect-last kept only where failed rows are asked for', async () => {
    const kept = resultLine('O1', 'S-0000001', 'failed').replace(',failed,,', ',failed,LastRemainingEntity,');
    const plan = input(['Opportunity ID', 'Entity ID', ...RESULT_COLUMNS].join(','), kept);
    expect(await surveyInput(plan)).toMatchObject({ rowsToRun: 0 });
    expect(await surveyInput(plan, { only: ['failed'] })).toMatchObject({ rowsToRun: 1 });
  });

  it('refuses statuses where the input is no results file', async () => {
    await expect(surveyInput(input(HEADER, 'O1,S-0000001,'), { only: ['failed'] })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('people.csv is no results file') as string,
    });
  });
});
