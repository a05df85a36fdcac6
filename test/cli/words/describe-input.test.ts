import { describe, expect, it } from 'vitest';
import { describeInput } from '../../../src/cli/words/describe-input.ts';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { readAll } from '../../input/read-all.ts';

async function described(text: string | Uint8Array, options: InputOptions = {}): Promise<readonly string[]> {
  const { input } = await readAll(text, options);
  return describeInput(input.table, input.tally()).trimEnd().split('\n');
}

describe('what was understood of a file', () => {
  it('is its form, which column is which, what they hold, and the counts', async () => {
    const lines = await described(
      '\uFEFFNotes;Opportunity ID;Type;Related Entity\r\na;O1;Solution;S-0000001\r\nb; O2;offer;S-0000002\r\nc;O1;Solution;S-0000001\r\n',
    );
    expect(lines).toEqual([
      'people.csv: UTF-8 with BOM, semicolon, CRLF, 3 rows',
      '  opportunity  column "Opportunity ID"',
      '  entity type  column "Type"',
      '  entity       column "Related Entity"',
      '  not read     "Notes"',
      '  row 2        "O1" · "Solution" · "S-0000001" and 1 other cell',
      '  row 3        " O2" · "offer" · "S-0000002" and 1 other cell',
      '  row 4        "O1" · "Solution" · "S-0000001" and 1 other cell',
      '  1 valid, 1 invalid, 1 duplicate of an earlier row',
    ]);
  });

  it('tells what stands around the table, and shows rows of the table alone', async () => {
    const lines = await described(
      'My report\n\nOpportunity ID,Solution ID\nO1,S-0000001\n\nTotal,\nend of report,\n',
    );
    expect(lines.slice(1)).toEqual([
      '  opportunity  column "Opportunity ID"',
      '  entity type  Solutions, by the name of the entity column',
      '  entity       column "Solution ID"',
      '  row 4        "O1" · "S-0000001"',
      '  1 valid',
      '  the header stands in row 3; 2 rows above it left out: "My report"',
      '  2 rows below the table left out (row 6: "Total"; row 7: "end of report")',
      '  1 blank row left out',
    ]);
  });

  it.each(['Keep these', 'Solutions that must NOT go:', 'Behalten:', 'Nicht mehr löschen'])(
    'tells that nobody obeys a title that says %s',
    async (title) => {
      const lines = await described(`${title}\n\nOpportunity ID,Solution ID\nO1,S-0000001\n`);
      expect(lines.at(-1)).toBe(
        `  above the table it seems to be said what to do with its rows (row 1: "${title}"); nobody obeys that: every valid row is meant`,
      );
    },
  );

  it('tells that nobody obeys a column of a map that seems to say what to do with a pair', async () => {
    const replaceMap = {
      name: 'map.csv',
      pairs: [['S-0000001', 'S-0000009']] as const,
      deciding: [
        { name: 'Decision', says: '' },
        { name: 'Note', says: 'Keep' },
      ],
    };
    const lines = await described('Opportunity ID,Solution ID\nO1,S-0000001\n', { replaceMap });
    const rest = 'it is not obeyed: every pair is meant; take those that are not out of that file';
    expect(lines.filter((line) => line.includes('not obeyed'))).toEqual([
      `  column "Decision" of map.csv seems to say what to do with a pair; ${rest}`,
      `  column "Note" of map.csv seems to say what to do with a pair ("Keep"); ${rest}`,
    ]);
  });

  it('names no column that says that its identifiers stay as one of those that go', async () => {
    const text = 'Opportunity ID,Solution,Solution to keep\nO1,S-0000001,S-0000002\n';
    const lines = (await described(text)).filter((line) => line.includes('holds identifiers too'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('--entity-column');
  });

  it('tells the text of a row that holds nothing else, and that nobody obeys it', async () => {
    const text =
      'Opportunity ID,Solution,Count\nTo be removed,,\nO1,S-0000001,1\n,Stay as they are,\nO2,S-0000001,1\nO3,,\n,,S-0000009\n';
    const lines = await described(text);
    expect(lines.filter((line) => line.includes('but a text'))).toEqual([
      '  2 rows with nothing but a text (row 2: "To be removed"; row 4: "Stay as they are"); the rows below are read like all others, whatever it says',
    ]);
  });

  it('tells what a condition makes of cells that are empty, or nearly say what it asks for', async () => {
    const rows = ['remove', 'Remove ', 'remove?', 'REMOVED', 'do not remove', '', '', 'keep', 'Keep it'];
    const cells = rows.map((cell, index) => `O${index + 1},S-0000001,${cell}\n`).join('');
    const told = async (where: string): Promise<readonly string[]> =>
      (await described(`Opportunity ID,Solution,Decision\n${cells}`, { where: [where] })).filter((line) =>
        line.includes('whose cell'),
      );
    expect(await told('Decision=remove')).toEqual([
      '  2 rows left out whose cell in column "Decision" is empty (the first is row 7); --where "Decision=remove," takes them',
      '  3 rows left out whose cell in column "Decision" is nearly a value of "Decision=remove", or holds one (row 4: "remove?"; row 5: "REMOVED"; row 6: "do not remove")',
    ]);
    expect(await told('Decision=remove,')).toHaveLength(1);
    expect(await told('Decision!=keep,"Keep it",do not remove,remove?')).toEqual([
      '  2 rows taken whose cell in column "Decision" is empty (the first is row 7); --where \'Decision!=keep,"Keep it",do not remove,remove?,\' leaves them out',
    ]);
  });

  it('tells which values a condition takes that it does not name, and how often', async () => {
    const told = async (stages: readonly string[]): Promise<readonly string[]> => {
      const cells = stages.map((cell, index) => `O${index + 1},S-0000001,${cell}\n`).join('');
      const where = ['Stage!=Closed'];
      return (await described(`Opportunity ID,Solution,Stage\n${cells}`, { where })).filter((line) =>
        / takes [0-9]/.test(line),
      );
    };
    expect(await told(['Open', 'Closed', '', 'Open', 'Won'])).toEqual([
      `  --where 'Stage!=Closed' takes 4 rows: 2 × "Open", 1 × empty, 1 × "Won"`,
    ]);
    const [line = ''] = await told(['Closed', ...Array.from({ length: 12 }, (_, stage) => `Stage ${stage}`)]);
    expect(line).toContain('takes 12 rows: 1 × "Stage 0"');
    expect(line.endsWith('1 × "Stage 7", 4 others')).toBe(true);
  });

  it('tells of an association that one row asks for and another leaves out, whichever stands first', async () => {
    const rows =
      'O1,S-0000001,remove\nO1,S-0000001,keep\nO2,S-0000001,keep\nO2,S-0000001,keep\nO2,S-0000001,remove\n';
    const alone =
      'O3,S-0000001,keep\nO3,S-0000002,remove\nO4,S-0000001,keep\nO1,S-0000001,keep\nO1,S-0000001,remove\n,keep,keep\n';
    const text = `Opportunity ID,Solution,Decision\n${rows}${alone}`;
    const told = async (options: InputOptions): Promise<readonly string[]> =>
      (await described(text, options)).filter((line) => line.includes('left out by another'));
    expect(await told({ where: ['Decision=remove'] })).toEqual([
      '  2 associations asked for by one row and left out by another (row 2, but not row 3; row 6, but not row 4); they are sent all the same',
    ]);
    expect(await told({ where: ['Decision=keep'] })).toHaveLength(1);
    expect(await told({ entities: ['S-0000002'] })).toEqual([]);
    expect(await told({})).toEqual([]);
  });

  it('tells of a column without a name what it holds, if anything', async () => {
    const lines = await described('Opportunity ID,Solution,,,\nO1,S-1,S-2,keep,\nO2,S-1,S-2,remove,\n');
    expect(lines.slice(4, 7)).toEqual([
      '  not read     "column 3", "column 4"',
      '  column "column 3" holds identifiers too; if they are what replaces the others: --replace-column 3; if they are the ones that are meant: --entity-column 3',
      '  column "column 4" seems to say what to do with a row ("keep"); it is not obeyed: every valid row is meant; to leave some out: --where "4=…"',
    ]);
  });

  it('tells of a column of products beside one of solutions', async () => {
    const lines = await described('Opportunity ID,Solution,Product\nO1,S-1,AmazonEC2\n');
    expect(lines[5]).toContain('column "Product" holds identifiers too');
  });

  it('tells of results which of their columns seem to say what to do with a row', async () => {
    const ours =
      'row,status,exception,message,tip,opportunity_id,entity_type,entity_id,replacement_id,attempts,request_ids,started_at,finished_at';
    const line = '2,would_disassociate,,,,O1,Solutions,S-1,,0,,,';
    const behind = await described(`Opportunity ID,Remove,Note,${ours},Choice\nO1,S-1,x,${line},keep\n`);
    expect(behind[5]).toBe('  not read     "Choice"');
    expect(behind[6]).toContain(
      'column "Choice" seems to say what to do with a row ("keep"); it is not obeyed',
    );
    const before = await described(`Decision,Opportunity ID,Solution,${ours}\nyes,O1,S-1,${line}\n`);
    expect(before[6]).toContain('column "Decision" seems to say what to do with a row; it is not obeyed');
  });

  it('tells the notes of columns that are nearly empty, whatever they say', async () => {
    const lines = await described(
      'Opportunity ID,Solution ID,Note,\nO1,S-1,,\nO2,S-1,ask Ann,残して\nO3,S-1,,\n',
    );
    expect(lines[5]).toBe(
      '  few rows have a text in "Note" ("ask Ann"), "column 4" ("残して"); whatever it says, it is not obeyed: every valid row is meant',
    );
  });

  it('tells what may not be meant: decisions that are not read, rows without a replacement, other types', async () => {
    const decided = await described('Opportunity ID,Solution ID,Note\nO1,S-1,\nO2,S-2,keep\n');
    expect(decided[5]).toBe(
      '  column "Note" seems to say what to do with a row ("keep"); it is not obeyed: every valid row is meant; to leave some out: --where "Note=…"',
    );
    const named = await described('Opportunity ID,Solution ID,Action\nO1,S-1,x\n');
    expect(named[5]).toContain('column "Action" seems to say what to do with a row; it is not obeyed');
    const identifiers = await described('Opportunity ID,Solution ID,Second\nO1,S-1,S-2\n');
    expect(identifiers[5]).toContain('column "Second" holds identifiers too');
    const replaced = await described('Opportunity ID,Solution ID,Replacement\nO1,S-1,S-2\nO2,S-2,\n');
    expect(replaced.at(-1)).toBe(
      '  1 row without a replacement: nothing is attached in the place of what is removed',
    );
    const { input } = await readAll('Opportunity ID,Solution ID,Replacement\nO1,S-1,S-2\nO2,S-2,\n');
    expect(describeInput(input.table, input.tally(), { rowsToRun: 1, unreplaced: 0 })).not.toContain(
      'nothing is attached',
    );
    const typed = await described('Opportunity ID,AWS Product\nO1,S-0059720\nO2,AmazonEC2\n');
    expect(typed.at(-1)).toBe(
      '  1 row of another type than the column’s name says, by the identifier’s shape',
    );
  });

  it('tells what was not as it should be with cells', async () => {
    const text = Buffer.from(
      'Opportunity ID,Solution ID,Note\nO1,S-0000001;S-0000002,caf\u00e9,x\nO2,S-0000003\n',
      'latin1',
    );
    const lines = await described(text, { split: true });
    expect(lines[0]).toBe('people.csv: UTF-8 and Windows-1252, comma, LF, 3 rows');
    expect(lines.slice(4)).toEqual([
      '  not read     "Note"',
      '  row 2        "O1" · "S-0000001;S-0000002" and 2 other cells',
      '  row 3        "O2" · "S-0000003"',
      '  3 valid',
      '  1 row with more cells than the header (row 2: "x"); they are kept at the line’s end',
      '  1 row more than the file has: --split made one of each identifier',
      '  1 cell not in UTF-8, read as Windows-1252; if letters look wrong, name the --encoding',
    ]);
  });

  it('shows rows that lack a value where no row has both, and values so that no terminal obeys them', async () => {
    const lines = await described('Opportunity ID,Solution ID\n\u001b[31mO1,\nO2,\n');
    expect(lines.slice(4, 6)).toEqual(['  row 2        "\\u001b[31mO1" · ""', '  row 3        "O2" · ""']);
  });

  it('names columns that might have been meant, and the option that would say so', async () => {
    const lines = await described(
      'Opportunity ID,Parent Opportunity ID,Solution ID,AWS ref,To attach\nO1,O7,S-0000001,O2,S-0000009\n',
    );
    expect(lines.slice(4, 7)).toEqual([
      '  not read     "Parent Opportunity ID", "AWS ref", "To attach"',
      '  column "AWS ref" holds opportunities too; if it is the one that is meant: --opportunity-column "AWS ref"',
      '  column "To attach" holds identifiers too; if they are what replaces the others: --replace-column "To attach"; if they are the ones that are meant: --entity-column "To attach"',
    ]);
  });

  it('gives nothing of a header to the terminal to obey', async () => {
    const lines = await described('Opportunity\u001b[2J ID,Solution ID\nO1,S-0000001\n', {
      opportunityColumn: '1',
    });
    expect(lines[1]).toBe(String.raw`  opportunity  column "Opportunity\u001b[2J ID"`);
  });

  it('tells how many of the valid rows are asked for, where some are not', async () => {
    const { input } = await readAll('Opportunity ID,Solution ID\nO1,S-1\nO2,S-2\nO2,S-2\nO3,\n');
    const asked = (rowsToRun: number): string =>
      describeInput(input.table, input.tally(), { rowsToRun, unreplaced: 0 });
    expect(asked(1)).toContain('  2 valid (1 asked for), 1 invalid, 1 duplicate');
    expect(asked(2)).toContain('  2 valid, 1 invalid, 1 duplicate');
  });
});
