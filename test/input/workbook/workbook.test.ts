import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import type { TableReading } from '../../../src/input/columns/table-reading.ts';
import { openInput } from '../../../src/input/open-input.ts';
import type { InputRow } from '../../../src/model/row.ts';
import { rowOf, workbookOf, workbookParts, zipOf } from './zip-writer.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/workbooks');
const HEADER = ['Opportunity ID', 'Entity Type', 'Related Entity'];
const ROW = ['O1', 'Solutions', 'S-0000001'];

interface Read {
  readonly table: TableReading;
  readonly rows: readonly InputRow[];
}

async function readBytes(bytes: Uint8Array, options: InputOptions = {}, name = 'people.xlsx'): Promise<Read> {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const { table, batches } = await openInput({ name, bytes: source() }, options);
  const rows: InputRow[] = [];
  for await (const batch of batches) rows.push(...batch);
  return { table, rows };
}

function readFixture(name: string, options: InputOptions = {}): Promise<Read> {
  return readBytes(readFileSync(join(FIXTURES, name)), options, name);
}

/** What a check says of rows; cells beyond the identifiers' aside. */
function verdicts({ rows }: Read): readonly unknown[] {
  return rows.map((row) => ({ ...row, cells: row.cells.slice(0, 3) }));
}

describe('a workbook', () => {
  it.each(['xlsx', 'xls', 'ods'])(
    'of LibreOffice (%s) is read as the CSV that LibreOffice saves',
    async (ending) => {
      const csv = await readFixture('by-libreoffice.csv');
      const book = await readFixture(`by-libreoffice.${ending}`, { sheet: 'Pipeline' });
      expect(verdicts(book)).toEqual(verdicts(csv));
      expect([book.table.headerRow, book.table.titleRows.length]).toEqual([3, 2]);
      expect(book.rows.map(({ cells }) => cells.slice(3))).toEqual(
        csv.rows.map(({ cells }) => cells.slice(3).map(isoDate)),
      );
      expect(book.table.dialect.sheet).toEqual({
        name: 'Pipeline',
        hiddenRows: 2,
        firstHiddenRow: 6,
        visibleOnly: false,
        mergedCells: 0,
        firstMergedCell: '',
        shownColumns: [{ column: 'C', shown: 'S-0059719', held: '59719', cells: 1 }],
      });
    },
  );

  it.each(['xlsx', 'xls', 'ods'])('leaves its hidden rows out where told to (%s)', async (ending) => {
    const all = await readFixture(`by-libreoffice.${ending}`, { sheet: '1' });
    const visible = await readFixture(`by-libreoffice.${ending}`, { sheet: '1', visibleOnly: true });
    expect(all.rows.map(({ row }) => row)).toEqual([4, 5, 6, 7, 8, 9, 10]);
    expect(visible.rows.map(({ row }) => row)).toEqual([4, 5, 7, 9, 10]);
  });

  it('of another writer: formulas by their value, rich text, links, dates with times, numbers as text', async () => {
    const { table, rows } = await readFixture('by-exceljs.xlsx');
    expect(rows.map(({ row, kind, cells }) => [row, kind, ...cells])).toEqual([
      [4, 'valid', 'O4100001', 'S-0059717', '2026-03-01', '12345678901234', 'TRUE'],
      [5, 'valid', 'O4100002', 'S-0059718', '2026-03-01T12:30:15', '0.25', 'FALSE'],
      [6, 'valid', 'O4100003', 'S-0059719', '', '#DIV/0!', ''],
      [7, 'valid', 'O4100004', 'S-0059720', '', '0012', ''],
      [8, 'valid', 'O4100005', 'S-0059721', '', '', ''],
    ]);
    // The empty second sheet is none that could be meant.
    expect(table.dialect.sheet).toMatchObject({ name: 'Open deals', hiddenRows: 1, firstHiddenRow: 8 });
  });

  it('is known by its content, not by its name, unless that says that it is text', async () => {
    const bytes = workbookOf({ One: [HEADER, ROW] });
    expect((await readBytes(bytes, {}, 'standard input')).rows).toHaveLength(1);
    await expect(readBytes(bytes, {}, 'people.csv')).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('an Excel workbook (.xlsx)') as string,
    });
    expect(
      (await readBytes(Buffer.from(`${HEADER.join()}\n${ROW.join()}\n`), {}, 'people.xls')).rows,
    ).toHaveLength(1);
  });

  it('numbers rows as the sheet does, and keeps lines, quotes and commas within a cell', async () => {
    const xml = rowOf(5, HEADER) + rowOf(9, ['O1', 'Solutions', 'S-0000001', 'a "b", c\nd']);
    const { rows } = await readBytes(zipOf(workbookParts({ One: xml })));
    expect(rows.map(({ row, cells }) => [row, cells[3]])).toEqual([[9, 'a "b", c\nd']]);
  });

  it('of several sheets proposes the one that names opportunities and identifiers', async () => {
    const notes = [['Read me first'], ['Solutions', 'S-0000001'], ['Ask Ann']];
    for (const [sheets, sheet] of [
      [{ 'Read me': notes, Rows: [HEADER, ROW] }, 'Rows'],
      [{ Rows: [HEADER, ROW], 'Read me': notes }, 'Rows'],
      [{ 'Read me': notes, Other: notes }, 'Read me'],
    ] as const)
      await expect(readBytes(workbookOf(sheets))).rejects.toMatchObject({ advice: { sheet } });
  });

  it('of several sheets is asked about, by a name or a position', async () => {
    const bytes = workbookOf({ First: [HEADER, ROW], 'The second': [HEADER, ROW, ['O2', ...ROW.slice(1)]] });
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'input_format',
      message: 'people.xlsx has several sheets: 1 "First", 2 "The second".',
      advice: {
        code: 'choose_sheet',
        sheet: 'First',
        choices: [
          { position: 1, value: 'First', name: '"First"', holds: ['2 rows'] },
          { position: 2, value: 'The second', name: '"The second"', holds: ['3 rows'] },
        ],
      },
    });
    for (const sheet of ['The second', 'the SECOND ', '2']) {
      expect((await readBytes(bytes, { sheet })).rows).toHaveLength(2);
    }
    await expect(readBytes(bytes, { sheet: '3' })).rejects.toMatchObject({
      message: 'people.xlsx has no sheet "3". There are: 1 "First", 2 "The second".',
    });
  });

  it('whose formulas were never calculated is refused, with the cell', async () => {
    const xml = `${rowOf(1, HEADER)}<row r="2"><c r="A2"><f>"O"&amp;1</f></c></row>`;
    await expect(readBytes(zipOf(workbookParts({ One: xml })))).rejects.toMatchObject({
      message: expect.stringContaining('cell A2 of sheet "One"') as string,
      advice: { code: 'calculate_workbook' },
    });
  });

  it('is needed for the options of workbooks', async () => {
    const csv = Buffer.from(`${HEADER.join()}\n`);
    await expect(readBytes(csv, { sheet: '1' }, 'a.csv')).rejects.toMatchObject({ code: 'usage' });
    await expect(readBytes(csv, { visibleOnly: true }, 'a.csv')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('what is no workbook that can be read', () => {
  const OPENDOCUMENT = 'application/vnd.oasis.opendocument.spreadsheet';
  it.each([
    ['with a password', compound('EncryptedPackage'), 'is protected with a password'],
    ['a document of old Word', compound('WordDocument'), 'is no workbook'],
    ['an archive', zipOf([{ name: 'people.csv', text: 'x' }]), 'is no workbook'],
    ['a document of Word', zipOf([{ name: 'word/document.xml', text: '<x/>' }]), 'is no workbook'],
    ['cut short', workbookOf({ One: [HEADER, ROW] }).subarray(0, -40), 'is a damaged workbook'],
    ['no sheet', zipOf([{ name: 'xl/workbook.xml', text: '<x' }]), 'is a damaged workbook'],
    [
      'an OpenDocument with a password',
      zipOf([
        { name: 'mimetype', text: OPENDOCUMENT },
        { name: 'content.xml', text: '<x/>' },
        { name: 'META-INF/manifest.xml', text: '<manifest:encryption-data/>' },
      ]),
      'is protected with a password',
    ],
    [
      'a cell that is repeated beyond all measure',
      zipOf([
        { name: 'mimetype', text: OPENDOCUMENT },
        {
          name: 'content.xml',
          text: '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
        },
      ]),
      'is too large for a workbook',
    ],
    [
      'a directory that promises too much',
      zipOf(workbookParts({ One: 'x' }).map((part) => ({ ...part, claims: 200_000_000 }))),
      'is too large for a workbook',
    ],
    [
      'a part that is larger than the directory says',
      zipOf(workbookParts({ One: 'x'.repeat(50_000_000) }).map((part) => ({ ...part, claims: 1_000 }))),
      'is too large for a workbook',
    ],
  ])('(%s) is told so', async (_, bytes, sentence) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining(sentence) as string,
    });
  });
});

/** As far as it is looked at: a compound file with a stream of that name. */
function compound(stream: string): Buffer {
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from(`${stream}\0`, 'utf16le'),
  ]);
}

/** `01.03.2026` as `2026-03-01`. */
function isoDate(cell: string): string {
  return cell.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
}
