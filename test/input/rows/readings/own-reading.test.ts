import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../../src/input/columns/input-options.ts';
import { readAll, rowLine } from '../../read-all.ts';

const OURS = 'row,status,opportunity_id,entity_type,entity_id,replacement_id,request_ids,attempts,started_at';
const SENT = 'r-1,1,2026-01-01T00:00:00.000Z';

async function linesOf(
  header: string,
  rows: readonly string[],
  options: InputOptions = {},
): Promise<readonly string[]> {
  const { rows: read } = await readAll([`${header},${OURS}`, ...rows, ''].join('\n'), options);
  return read.map(rowLine);
}

it.each(['Opportunity ID,Typ,Lösung', 'column_1,column_2,column_3'])(
  'an own column that no name tells of (%s) is not ignored where it was edited',
  async (header) => {
    const ours = `2,failed,O5000001,Solutions,S-0000001,,${SENT}`;
    expect(await linesOf(header, [`O5000001,Solutions,S-0000002,${ours}`])).toEqual(['2 invalid row_edited']);
    expect(await linesOf(header, [`O5000001,Solutions,S-0000001,${ours}`])).toEqual([
      '2 valid O5000001 Solutions S-0000001',
    ]);
  },
);

it('a replacement that was edited in a column that no name tells of is asked about', async () => {
  const ours = `2,failed,O1,Solutions,S-0000001,S-0000007,${SENT}`;
  expect(await linesOf('Opp,Alt,Neu', [`O1,S-0000001,S-0000009,${ours}`])).toEqual(['2 invalid row_edited']);
});

it('an identifier that was corrected in an own column is read, though another was named by option', async () => {
  const ours = '2,invalid,o5000001,Solutions,S-0000001,,,0,';
  expect(await linesOf('Opportunity ID,Typ,Lösung', [`O5000001,Solutions,S-0000001,${ours}`])).toEqual([
    '2 valid O5000001 Solutions S-0000001',
  ]);
});

it('the column that was read is not switched to another, whose name fits better', async () => {
  const ours = '2,invalid,o5300001,Solutions,S-0000001,,,0,';
  const header = 'Opportunity ID,Related Entity,Old Solution';
  for (const opportunity of ['O5300001', 'o5300001']) {
    const { rows } = await readAll(
      [`${header},${OURS}`, `${opportunity},S-0000007,S-0000001,${ours}`, ''].join('\n'),
    );
    expect(JSON.stringify(rows[0])).not.toMatch(/"id":"S-0000007"|"entityId":"S-0000007"/);
  }
  expect(await linesOf(header, [`O5300001,S-0000007,S-0000001,${ours}`])).toEqual([
    '2 valid O5300001 Solutions S-0000001',
  ]);
});

it('lines of one cell that was split stand each for their part, and an edit of the cell is asked about', async () => {
  const line = (cell: string, id: string): string => `O1,${cell},2,failed,O1,Solutions,${id},,${SENT}`;
  const ids = ['S-0000001', 'S-0000002'];
  const split = { split: true };
  expect(
    await linesOf(
      'Opp,Alt',
      ids.map((id) => line(ids.join(';'), id)),
      split,
    ),
  ).toEqual(['2 valid O1 Solutions S-0000001', '3 valid O1 Solutions S-0000002']);
  expect(
    await linesOf(
      'Opp,Alt',
      ids.map((id) => line('S-0000001;S-0000003', id)),
      split,
    ),
  ).toEqual(['2 valid O1 Solutions S-0000001', '3 invalid row_edited']);
});

it('most rows of a few that were refused may be corrected in the own column', async () => {
  const line = (type: string, row: number): string =>
    `O${row},${type},S-000000${row},${row},invalid,O${row},AwsProducts,S-000000${row},,,0,`;
  expect(
    await linesOf('Opportunity ID,Entity Type,Entity ID', [
      line('Solutions', 2),
      line('Solutions', 3),
      line('AwsProducts', 4),
    ]),
  ).toEqual([
    '2 valid O2 Solutions S-0000002',
    '3 valid O3 Solutions S-0000003',
    '4 invalid type_entity_mismatch',
  ]);
});

it('what was read by ours alone goes again as long as the results say so, and neither cell is edited', async () => {
  const note = 'Your column ""Entity ID"" says ""S 4"", and entity_id, which was read, says ""S-0000004"".';
  const line = (own: string, message: string, sent: string): string =>
    `O4,Solutions,${own},2,failed,O4,Solutions,${sent},,${SENT},"${message}"`;
  const read = async (own: string, message = note, sent = 'S-0000004'): Promise<readonly string[]> => {
    const { rows } = await readAll(
      `Opportunity ID,Entity Type,Entity ID,${OURS},message\n${line(own, message, sent)}\n`,
    );
    return rows.map(rowLine);
  };
  expect(await read('S 4')).toEqual(['2 valid O4 Solutions S-0000004']);
  expect(await read('S 4', `Not found.\n${note}`)).toEqual(['2 valid O4 Solutions S-0000004']);
  expect(await read('S 4', 'Not found.')).toEqual(['2 invalid row_edited']);
  expect(await read('KEEP')).toEqual(['2 invalid row_edited']);
  expect(await read('')).toEqual(['2 invalid row_edited']);
  expect(await read('S 4', note, 'S-0000005')).toEqual(['2 invalid row_edited']);
});

describe('a replacement that an option gave, and whose cell was emptied', () => {
  const line = (row: number, status: string, replacement: string): string =>
    `O${row},S-0000001,${row},${status},O${row},Solutions,S-0000001,${replacement},${SENT}`;

  async function wanting(
    lines: readonly string[],
    header = 'Opportunity ID,Solution',
  ): Promise<readonly number[]> {
    const { rows } = await readAll([`${header},${OURS}`, ...lines, ''].join('\n'));
    return rows.filter((row) => row.wantsReplacement === true).map(({ row }) => row);
  }

  it('is wanted still, whatever became of the row, where the other lines have theirs', async () => {
    for (const status of ['failed', 'unknown', 'already_absent'])
      expect(await wanting([line(2, 'replaced', 'S-0000009'), line(3, status, '')])).toEqual([3]);
    expect(await wanting([line(2, 'failed', 'S-0000009'), line(3, 'failed', '')])).toEqual([3]);
    expect(await wanting([line(2, 'invalid', '?'), line(3, 'failed', '')])).toContain(3);
  });

  it('was never wanted where the run replaced nothing, or little, or removed bare', async () => {
    expect(await wanting([line(2, 'disassociated', ''), line(3, 'failed', '')])).toEqual([]);
    expect(await wanting([2, 3, 4].map((row) => line(row, 'failed', '')))).toEqual([]);
    const few = [line(2, 'replaced', 'S-0000009'), line(3, 'failed', ''), line(4, 'failed', '')];
    expect(await wanting(few)).toEqual([]);
    const some = [2, 3].map((row) => line(row, 'replaced', 'S-0000009'));
    expect(await wanting([...some, line(4, 'disassociated', ''), line(5, 'failed', '')])).toEqual([]);
  });

  it('is not wanted where a column of one’s own says that there is none', async () => {
    const header = 'Opportunity ID,Solution,Replacement';
    const own = (row: number, replacement: string): string =>
      line(row, 'failed', replacement).replace('S-0000001,', `S-0000001,${replacement},`);
    expect(await wanting([own(2, 'S-0000009'), own(3, 'S-0000009'), own(4, '')], header)).toEqual([]);
  });

  it.each(['NoPlace', 'ReplacementLost'])('is known by the exception alone: %s', async (exception) => {
    const { whole, cut } = failedAlone(exception);
    const { rows } = await readAll(whole);
    expect(rows.map(({ wantsReplacement }) => wantsReplacement)).toEqual([true]);
    await expect(readAll(cut)).rejects.toThrow('replacement_id is not there');
  });

  it('is not known by an exception of any row', async () => {
    const { whole, cut } = failedAlone('ConflictException');
    for (const text of [whole, cut]) {
      const { rows } = await readAll(text);
      expect(rows.map(({ wantsReplacement }) => wantsReplacement)).toEqual([undefined]);
    }
  });

  /** One line, and the same without the column of replacements. */
  function failedAlone(exception: string): { readonly whole: string; readonly cut: string } {
    const own = `O2,S-0000001,${exception}`;
    return {
      whole: `Opportunity ID,Solution,exception,${OURS}\n${own},2,failed,O2,Solutions,S-0000001,,${SENT}\n`,
      cut: `Opportunity ID,Solution,exception,${OURS.replace('replacement_id,', '')}\n${own},2,failed,O2,Solutions,S-0000001,${SENT}\n`,
    };
  }
});
