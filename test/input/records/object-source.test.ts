import { describe, expect, it } from 'vitest';
import { openInput, type InputObject, type InputOptions } from '../../../src/input/open-input.ts';
import type { InputRow } from '../../../src/model/row.ts';
import { rowLine } from '../read-all.ts';

async function rowsOf(
  objects: Iterable<InputObject> | AsyncIterable<InputObject>,
  options: InputOptions = {},
): Promise<readonly InputRow[]> {
  const input = await openInput({ name: 'objects', objects }, options);
  const rows: InputRow[] = [];
  for await (const batch of input.batches) rows.push(...batch);
  return rows;
}

async function* fromAfar(objects: readonly InputObject[]): AsyncGenerator<InputObject> {
  yield* objects;
}

describe('objects', () => {
  it('are rows from 2 on, validated as a file’s are', async () => {
    const objects: readonly InputObject[] = [
      { opportunity: 'O1', type: 'partner solution', entity: 'S-0000001' },
      { opportunity: ' O2 ', entity: 'S-0000002' },
      { opportunity: 'O1', type: 'Solutions', entity: 'S-0000001' },
      { opportunity: '3', type: 'Soluton', entity: 'S-0000003' },
      { opportunity: 'O4', type: 'Solutions', entity: 'S-0000004', replacement: 'S-0000009' },
    ];
    const lines = [
      '2 valid O1 Solutions S-0000001',
      '3 valid O2 Solutions S-0000002',
      '4 duplicate 2',
      '5 invalid opportunity_pattern type_unknown',
      '6 valid O4 Solutions S-0000004 Solutions S-0000009',
    ];
    expect((await rowsOf(objects)).map(rowLine)).toEqual(lines);
    expect((await rowsOf(fromAfar(objects))).map(rowLine)).toEqual(lines);
  });

  it('keep their further fields, whatever these hold', async () => {
    const [row] = await rowsOf([
      {
        opportunity: 'O1',
        entity: 'S-0000001',
        note: 'said "no",\r\ntwice; then\tyes',
        size: 7,
        at: new Date(0),
        tags: ['a', 'b'],
        none: null,
      },
    ]);
    expect(row?.cells.slice(4)).toEqual([
      'said "no",\r\ntwice; then\tyes',
      '7',
      '1970-01-01T00:00:00.000Z',
      '["a","b"]',
      '',
    ]);
  });

  it('take one type for all of them from the options', async () => {
    const rows = await rowsOf([{ opportunity: 'O1', entity: 'AmazonEC2' }], { entityType: 'AwsProducts' });
    expect(rows.map(rowLine)).toEqual(['2 valid O1 AwsProducts AmazonEC2']);
  });

  it('may be none', async () => {
    expect(await rowsOf([])).toEqual([]);
  });

  it('are refused with a field that the first one does not have: no column is lost', async () => {
    const objects = [
      { opportunity: 'O1', entity: 'S-0000001' },
      { opportunity: 'O2', entity: 'S-0000002', owner: 'Ann' },
    ];
    await expect(rowsOf(objects)).rejects.toMatchObject({
      code: 'input_format',
      message: 'objects: the object of row 3 has a field "owner" that the first object does not have.',
    });
  });

  it('are refused where one is no object', async () => {
    // Callers without types may hand over anything.
    const objects = [{ opportunity: 'O1', entity: 'S-0000001' }, null as unknown as InputObject];
    await expect(rowsOf(objects)).rejects.toMatchObject({
      code: 'input_format',
      message: 'objects: row 3 is no object.',
    });
  });

  it('stand where their fields say: none is suspected, unlike the others as it may be', async () => {
    const entities = ['S-0000001', 'S-0000002', 'AmazonEC2', 'S-0000004'];
    const objects = entities.map((entity, index) => ({
      opportunity: `O${index + 1}`,
      type: entity === 'AmazonEC2' ? 'AwsProducts' : 'Solutions',
      entity,
      note: index === 2 ? 'S-0000009' : 'x',
    }));
    expect((await rowsOf(objects)).map(({ kind }) => kind)).toEqual(['valid', 'valid', 'valid', 'valid']);
  });
});
