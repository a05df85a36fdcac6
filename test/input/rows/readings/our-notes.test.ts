import { describe, expect, it } from 'vitest';
import { RESULT_COLUMNS } from '../../../../src/model/result-columns.ts';
import { readAll, rowLine } from '../../read-all.ts';

const HEADER = ['Opportunity ID', 'Type', 'Solution ID', ...RESULT_COLUMNS].join(',');
const RIGHT = ['O1', 'Solutions', 'S-0000001'] as const;
const SENT = '2 valid O1 Solutions S-0000001';
const HELD = '2 invalid row_edited';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

type Cells = readonly [opportunity: string, type: string, entity: string];

interface Line {
  readonly own?: Cells;
  readonly ours: Cells;
  readonly message: string;
  readonly status?: string;
}

/** A line of results whose row was refused, and is right by now in the user's own columns. */
function textOf({ own = RIGHT, ours, message, status = 'invalid' }: Line): string {
  const [opportunity, type, entity] = ours;
  const cells: Readonly<Record<string, string>> = {
    row: '2',
    status,
    exception: 'InvalidRow',
    message,
    tip: 'Nothing was sent.',
    opportunity_id: opportunity,
    entity_type: type,
    entity_id: entity,
    attempts: '0',
  };
  const line = [...own, ...RESULT_COLUMNS.map((name) => cells[name] ?? '')].map(quoted);
  return `${HEADER}\n${line.join(',')}\n`;
}

async function read(line: Line): Promise<string> {
  const { rows } = await readAll(textOf(line));
  return rows.map(rowLine).join();
}

const OPPORTUNITY = `"#O1" is not an opportunity's identifier (the letter O and 1 to 19 digits).`;
const TYPE = '"Solutionz" is not an entity type. Did you mean Solutions?';
const ENTITY = '"S 1" is not an identifier of type Solutions (S-1234567).';
const MISSING = 'The opportunity is missing; where cells were merged in the spreadsheet, fill each row.';
const SLIPPED =
  '"O1" stands in column "Type", where other rows have something else: its cells may have slipped.';

const NOTES = ['keep', '-', 'x', 'n/a', 'do not remove', 'O1 keep', 'S-0000001 (keep)', 'please keep'];

describe('our cell of a refused row that was corrected in its own columns', () => {
  it.each<[string, Cells]>([
    [OPPORTUNITY, ['#O1', 'Solutions', 'S-0000001']],
    [TYPE, ['O1', '', 'S-0000001']],
    [ENTITY, ['O1', 'Solutions', 'S 1']],
    [`${TYPE}\n${OPPORTUNITY}`, ['#O1', '', 'S-0000001']],
  ])('holds the row where a note was written there: %s', async (message, before) => {
    for (const place of [0, 1, 2]) {
      for (const note of NOTES) {
        const [opportunity, type, entity] = before.map((cell, at) => (at === place ? note : cell));
        const ours: Cells = [opportunity ?? '', type ?? '', entity ?? ''];
        expect(`${note}: ${await read({ ours, message })}`).toBe(`${note}: ${HELD}`);
      }
    }
  });

  it.each<[string, Cells]>([
    [OPPORTUNITY, ['', 'Solutions', 'S-0000001']],
    [OPPORTUNITY, ['#O1', '', 'S-0000001']],
    [OPPORTUNITY, ['#O1', 'Solutions', '']],
    [OPPORTUNITY, ['', '', '']],
    [TYPE, ['', '', 'S-0000001']],
    [TYPE, ['O1', '', '']],
    [ENTITY, ['O1', 'Solutions', '']],
    [ENTITY, ['O1', '', 'S 1']],
  ])('holds the row where it was emptied: %s %j', async (message, ours) => {
    expect(await read({ ours, message })).toContain(HELD);
  });

  it.each<[string, Cells]>([
    [OPPORTUNITY, ['#O1', 'Solutions', 'S-0000001']],
    [OPPORTUNITY, ['O1', 'Solutions', 'S-0000001']],
    [TYPE, ['O1', '', 'S-0000001']],
    [TYPE, ['O1', '', 'S-00x1']],
    [TYPE, ['O1', 'Partner Solution', 'S-0000001']],
    [ENTITY, ['O1', 'Solutions', 'S 1']],
    [MISSING, ['', 'Solutions', 'S-0000001']],
    ['The entity identifier is missing.', ['O1', '', '']],
    [SLIPPED, ['', '', '']],
    ['', ['#O1', 'Solutions', 'S-0000001']],
  ])('is none where it is what stood there, or right: %s %j', async (message, ours) => {
    expect(await read({ ours, message })).toBe(SENT);
  });

  it('holds a row that was left out and is asked for by now', async () => {
    const message = 'Left out by --where Decision=remove.';
    const ours: Cells = ['keep', '', 'S-0000001'];
    expect(await read({ ours, message, status: 'skipped' })).toContain(HELD);
    expect(await read({ ours: ['', '', 'S-0000001'], message, status: 'skipped' })).toBe(SENT);
  });

  it.each<Cells>([
    ['keep', 'Solutions', 'S-0000001'],
    ['', 'Solutions', 'S-0000001'],
    ['#O1', '', 'S-0000001'],
  ])('is told, and holds the row until it is answered: %j', async (...ours) => {
    const { rows } = await readAll(textOf({ ours, message: OPPORTUNITY }));
    const [row] = rows;
    const message = row?.kind === 'invalid' ? row.problems.map((problem) => problem.message).join('\n') : '';
    expect(message).toMatch(
      /(opportunity_id|entity_type) (says|is empty|are both empty)|Our column entity_type is empty/,
    );
    expect(await read({ ours, message })).toBe(HELD);
    expect(await read({ ours: RIGHT, message })).toBe(SENT);
  });

  it('is no note any more once it was asked about and taken away', async () => {
    const message =
      'Your column "Opportunity ID" says "O1", and opportunity_id says "keep": either may be meant.';
    expect(await read({ ours: ['keep', 'Solutions', 'S-0000001'], message })).toBe(HELD);
    expect(await read({ ours: ['', 'Solutions', 'S-0000001'], message })).toBe(SENT);
  });
});
