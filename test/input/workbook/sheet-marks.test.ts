import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sheetRemarks } from '../../../src/cli/words/input/sheet-remarks.ts';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import type { TableReading } from '../../../src/input/columns/table-reading.ts';
import { openInput } from '../../../src/input/open-input.ts';
import { readPairs } from '../../../src/input/open-pairs.ts';
import { rowLine } from '../read-all.ts';
import { rowOf, workbookParts, zipOf, type Part } from './zip-writer.ts';

/** Row 3 is struck through, row 4 in part of its identifier, 5 in its decision, 6 in its note; D2 has a comment, column E is hidden. */
function fixture(ending: string): Buffer {
  return readFileSync(
    join(import.meta.dirname, '../../fixtures/workbooks', `marks-by-libreoffice.${ending}`),
  );
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

interface Read {
  readonly table: TableReading;
  readonly lines: readonly string[];
}

async function read(bytes: Uint8Array, options: InputOptions = {}): Promise<Read> {
  const { table, batches } = await openInput({ name: 'people.xlsx', bytes: bytesOf(bytes) }, options);
  const lines: string[] = [];
  for await (const batch of batches) lines.push(...batch.map(rowLine));
  return { table, lines };
}

const REMOVE: InputOptions = { sheet: 'Remove' };

describe('a row of a workbook that is struck through', () => {
  it.each([
    ['xlsx', '3 rows are struck through, the first by cell A3'],
    ['ods', '3 rows are struck through, the first by cell A3'],
    // Of parts of a text nothing is told there.
    ['xls', '2 rows are struck through, the first by cell A3'],
  ])('is refused, however it came to be (%s)', async (ending, words) => {
    await expect(read(fixture(ending), REMOVE)).rejects.toMatchObject({
      code: 'input_format',
      message: `people.xlsx: ${words}: that may say that they are not meant.`,
      advice: { code: 'clear_struck' },
    });
  });

  it.each(['xlsx', 'ods'])('is read where a condition leaves it out (%s)', async (ending) => {
    const { lines } = await read(fixture(ending), { ...REMOVE, where: ['Opportunity ID=O1,O5'] });
    expect(lines.filter((line) => line.includes('valid'))).toEqual([
      '2 valid O1 Solutions S-0000001',
      '6 valid O5 Solutions S-0000005',
    ]);
  });

  it('is refused where the cell that decides is struck', async () => {
    const options = { ...REMOVE, where: ['Decision=keep'] };
    await expect(read(fixture('xlsx'), options)).rejects.toMatchObject({
      message: 'people.xlsx: cell C5 is struck through: that may say that its row is not meant.',
    });
  });

  it('was taken by a run before, and is read as then', async () => {
    const { lines } = await read(fixture('xlsx'), { ...REMOVE, ownTable: true });
    expect(lines).toHaveLength(6);
  });

  it('is refused in a map of replacements', async () => {
    const struck =
      '<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>';
    const bytes = withStyles(
      rowOf(1, ['old', 'new']) + rowOf(2, ['S-0000001', 'S-0000002']) + styledRow(3, 1),
      struck,
    );
    await expect(readPairs({ name: 'map.xlsx', bytes: bytesOf(bytes) })).rejects.toMatchObject({
      message: 'map.xlsx: cell A3 is struck through: that may say that its row is not meant.',
    });
  });

  it('is none where the style says that nothing is', async () => {
    const fonts = '<fonts><font><strike val="0"/></font><font><strike val="false"/></font></fonts>';
    const styles = `${fonts}<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>`;
    const header = rowOf(1, ['Opportunity ID', 'Solution']);
    const { lines } = await read(withStyles(header + styledRow(2, 0) + styledRow(3, 1), styles));
    expect(lines).toHaveLength(2);
  });
});

describe('what a sheet says beside its texts', () => {
  it.each(['xlsx', 'ods', 'xls'])('is told (%s)', async (ending) => {
    const { table } = await read(fixture(ending), { ...REMOVE, where: ['Opportunity ID=O1,O5'] });
    const told = sheetRemarks(table);
    expect(told).toEqual([
      'the sheet’s name seems to say what to do with its rows ("Remove"); nobody obeys that',
      '1 column hidden in the sheet, and read all the same (E)',
      expect.stringMatching(/^[34] rows with cells that are struck through, which nobody obeys \(row 3; /),
      ...(ending === 'xls'
        ? []
        : ['cells may be struck through by a conditional format (A2:D7), which nobody obeys']),
      '1 cell with a comment (D2: "please keep"), which nobody obeys',
    ]);
  });

  it('is told of cells whose number format shows nothing', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>';
    const header = rowOf(1, ['Opportunity ID', 'Solution']);
    const { table } = await read(withStyles(header + styledRow(2, 1), styles));
    expect(sheetRemarks(table)).toEqual([
      '2 cells of a number format that shows nothing, and read all the same (A2; B2)',
    ]);
  });
});

describe('a hidden sheet', () => {
  const HEADER = rowOf(1, ['Opportunity ID', 'Solution']);
  const ROWS = HEADER + rowOf(2, ['O1', 'S-0000001']);

  it.each(['xlsx', 'ods', 'xls'])('is not the one that is proposed (%s)', async (ending) => {
    await expect(read(fixture(ending))).rejects.toMatchObject({
      message: 'people.xlsx has several sheets: 1 "Remove", 2 "Old" (hidden).',
      advice: { sheet: 'Remove', choices: [{ holds: ['7 rows'] }, { holds: ['2 rows', 'hidden'] }] },
    });
  });

  it('is left out where hidden rows are', async () => {
    await expect(read(fixture('xlsx'), { visibleOnly: true })).rejects.toMatchObject({
      message: expect.stringContaining('rows are struck through') as string,
    });
  });

  it.each([{}, { visibleOnly: true }])(
    'is asked about where no other holds anything: %o',
    async (options) => {
      await expect(read(hidden({ Old: ROWS, Notes: '' }), options)).rejects.toMatchObject({
        message: 'people.xlsx: the only sheet that holds anything is hidden: "Old".',
        advice: { code: 'choose_sheet', sheet: 'Old' },
      });
    },
  );

  it('is read where it is named, and told', async () => {
    const { table, lines } = await read(hidden({ Old: ROWS, Notes: '' }), { sheet: 'Old' });
    expect(lines).toEqual(['2 valid O1 Solutions S-0000001']);
    expect(sheetRemarks(table)).toEqual(['the sheet is hidden in the workbook, and read all the same']);
  });

  /** The first is. */
  function hidden(sheets: Readonly<Record<string, string>>): Buffer {
    const parts = workbookParts(sheets).map((part) => ({
      ...part,
      text: part.text.replace('sheetId="1"', 'sheetId="1" state="veryHidden"'),
    }));
    return zipOf(parts);
  }
});

function styledRow(number: number, style: number): string {
  const texts = [`O${number}`, `S-000000${number}`].map(
    (text) => `<c s="${style}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${number}">${texts.join('')}</row>`;
}

function withStyles(sheet: string, styles: string): Buffer {
  const named: Part = {
    name: 'xl/styles.xml',
    text: `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${styles}</styleSheet>`,
  };
  const parts = workbookParts({ One: sheet }).map((part) =>
    part.name === '[Content_Types].xml'
      ? {
          ...part,
          text: part.text.replace(
            '</Types>',
            '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
          ),
        }
      : part,
  );
  return zipOf([...parts, named]);
}
