import type { CellObject, Range } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { openInput } from '../../../src/input/open-input.ts';
import { withMerged } from '../../../src/input/workbook/merged-cells.ts';
import { rowLine } from '../read-all.ts';
import { workbookOf } from './zip-writer.ts';

const HEADER = ['Opportunity ID', 'Solution', 'Decision', 'Note'];

async function read(rows: readonly (readonly string[])[], merges: readonly string[], where: string) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield workbookOf({ One: [HEADER, ...rows] }, merges);
  }
  const options: InputOptions = where === '' ? {} : { where: [where] };
  const { table, batches } = await openInput({ name: 'people.xlsx', bytes: bytes() }, options);
  const lines: string[] = [];
  for await (const batch of batches) lines.push(...batch.map(rowLine));
  return { lines, sheet: table.dialect.sheet };
}

describe('a merged cell', () => {
  const ROWS = [
    ['O1', 'S-0000001', 'remove', 'a'],
    ['O2', 'S-0000002', '', 'b'],
    ['O3', 'S-0000003', 'keep', 'c'],
    ['O4', 'S-0000004', '', 'd'],
    ['O5', 'S-0000005', '', 'e'],
  ];

  it.each(['Decision!=keep', 'Decision=remove'])('says of all its rows what it shows: %s', async (where) => {
    const { lines, sheet } = await read(ROWS, ['C2:C3', 'C4:C6'], where);
    expect(lines).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000002',
      '4 skipped where',
      '5 skipped where',
      '6 skipped where',
    ]);
    expect(sheet).toMatchObject({ mergedCells: 3, firstMergedCell: 'C3' });
  });

  it('names the opportunity of all its rows', async () => {
    const rows = [
      ['O1', 'S-0000001', '', 'a'],
      ['', 'S-0000002', '', 'b'],
    ];
    expect((await read(rows, ['A2:A3'], '')).lines).toEqual([
      '2 valid O1 Solutions S-0000001',
      '3 valid O1 Solutions S-0000002',
    ]);
  });

  it('makes no row of one that holds nothing of its own', async () => {
    const rows = [
      ['O1', 'S-0000001', '', 'a'],
      ['', '', '', ''],
    ];
    const { lines } = await read(rows, ['A2:A3', 'B2:B3'], '');
    expect(lines).toEqual(['2 valid O1 Solutions S-0000001']);
  });

  it('above another value that nobody sees is refused, with the cell', async () => {
    const rows = [
      ['O1', 'S-0000001', 'keep', 'a'],
      ['O2', 'S-0000002', 'remove', 'b'],
    ];
    await expect(read(rows, ['C2:C3'], 'Decision=remove')).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('cell C3 of sheet "One"') as string,
      advice: { code: 'part_merged_cells' },
    });
    expect((await read(rows, [], 'Decision=remove')).lines[0]).toBe('2 skipped where');
  });

  it('across columns stays as it is, and so does one that is empty', () => {
    const cell: CellObject = { t: 's', v: 'Keep these' };
    const rows = [[cell], [cell]];
    expect(withMerged(rows, [range('A1:D1'), range('C1:C2')])).toEqual({ rows, filled: 0 });
  });

  it('over as many rows as a sheet may have takes the time of those that there are', () => {
    const cell: CellObject = { t: 's', v: 'x' };
    const merges = Array.from({ length: 20_000 }, () => ({ s: { r: 0, c: 0 }, e: { r: 1_048_575, c: 0 } }));
    const { filled } = withMerged(
      [[cell], ...Array.from({ length: 20_000 }, () => [undefined, cell])],
      merges,
    );
    expect(filled).toBe(20_000);
  });
});

describe('a header whose cells are merged over two rows', () => {
  it('is no header twice', async () => {
    const rows = [
      ['', 'ID', 'Name', ''],
      ['O1', 'S-0000001', 'Sweeper', 'Acme'],
    ];
    async function* bytes(): AsyncGenerator<Uint8Array> {
      const header = ['Opportunity ID', 'Solution', '', 'Customer'];
      yield workbookOf({ One: [header, ...rows] }, ['A1:A2', 'B1:C1', 'D1:D2']);
    }
    const { batches } = await openInput({ name: 'people.xlsx', bytes: bytes() }, {});
    const lines: string[] = [];
    for await (const batch of batches) lines.push(...batch.map(rowLine));
    expect(lines.at(-1)).toBe('3 valid O1 Solutions S-0000001');
  });
});

function range(cells: string): Range {
  const [s, e] = cells
    .split(':')
    .map((cell) => ({ c: cell.charCodeAt(0) - 65, r: Number(cell.slice(1)) - 1 }));
  return { s: s ?? { c: 0, r: 0 }, e: e ?? { c: 0, r: 0 } };
}
