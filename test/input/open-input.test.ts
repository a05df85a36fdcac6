import { describe, expect, it } from 'vitest';
import { openInput, type InputSource } from '../../src/input/open-input.ts';
import { readAll, rowLine } from './read-all.ts';

const HEADER = 'OpportunityIdentifier,RelatedEntityType,RelatedEntityIdentifier';

/** A source that tells whether it was let go. */
function watchedSource(text: string): { source: InputSource; isClosed: () => boolean } {
  let closed = false;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (let start = 0; start < text.length; start += 65_536)
        yield Buffer.from(text.slice(start, start + 65_536));
    } finally {
      closed = true;
    }
  }
  return { source: { name: 'people.csv', bytes: bytes() }, isClosed: () => closed };
}

describe('opening an input', () => {
  it('tells what it understood before a row is read', async () => {
    const { source } = watchedSource(`${HEADER},Note\nO1,Solutions,S-0000001,a\nO2,Solutions,S-0000002,b\n`);
    const { table, header, tally } = await openInput(source, {});
    expect(table).toMatchObject({
      name: 'people.csv',
      headerRow: 1,
      titleRows: [],
      resultsFile: undefined,
      sampleRows: [
        { row: 2, cells: ['O1', 'Solutions', 'S-0000001', 'a'] },
        { row: 3, cells: ['O2', 'Solutions', 'S-0000002', 'b'] },
      ],
      columns: {
        opportunity: { index: 0, name: 'OpportunityIdentifier', found: 'header and content' },
        entity: { index: 2 },
        type: { kind: 'column', column: { index: 1 } },
        replacement: undefined,
      },
    });
    expect(header).toEqual([...HEADER.split(','), 'Note']);
    expect(tally().rows).toBe(0);
  });

  it('lets the source go when it refuses it', async () => {
    const { source, isClosed } = watchedSource('nothing,here\n1,2\n');
    await expect(openInput(source, {})).rejects.toMatchObject({ code: 'input_columns' });
    expect(isClosed()).toBe(true);
  });

  it('lets the source go when it is closed unread', async () => {
    const { source, isClosed } = watchedSource(`${HEADER}\n${'O1,Solutions,S-0000001\n'.repeat(5000)}`);
    const input = await openInput(source, {});
    expect(isClosed()).toBe(false);
    await input.close();
    expect(isClosed()).toBe(true);
  });

  it('lets the source go when the reader stops in the middle', async () => {
    const { source, isClosed } = watchedSource(`${HEADER}\n${'O1,Solutions,S-0000001\n'.repeat(5000)}`);
    const input = await openInput(source, {});
    for await (const batch of input.batches) {
      expect([batch.length, isClosed()]).toEqual([63, false]);
      break;
    }
    expect(isClosed()).toBe(true);
  });

  it('passes on what goes wrong in the source', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEADER}\nO1,Solutions,S-0000001\n`.repeat(3000));
      throw new Error('the cable was pulled');
    }
    const input = await openInput({ name: '-', bytes: broken() }, {});
    const reading = (async () => {
      for await (const batch of input.batches) expect(batch.length).toBeGreaterThan(0);
    })();
    await expect(reading).rejects.toThrow('the cable was pulled');
  });
});

describe('reading rows', () => {
  it('hands them on in batches of at most 256, in order, without a gap', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `O${index},Solutions,S-0000001`);
    const source = watchedSource([HEADER, ...lines].join('\n')).source;
    const ordinals: number[] = [];
    const input = await openInput(source, {});
    for await (const batch of input.batches) {
      expect(batch.length).toBeLessThanOrEqual(256);
      ordinals.push(...batch.map(({ ordinal }) => ordinal));
    }
    expect(ordinals).toEqual(lines.map((_, index) => index));
    expect(input.tally()).toMatchObject({ rows: 5000, valid: 5000, records: 5001 });
  });

  it.each([1, 7, 64, 1_024])(
    'reads the same rows in pieces of %i bytes, a few at a time',
    async (pieceBytes) => {
      const line = (index: number): string =>
        `O${index},Solutions,S-0000001,"Grüße, ${index}\r\n und ""${'x'.repeat(index % 90)}"""`;
      const text = [`${HEADER},Note`, ...Array.from({ length: 300 }, (_, index) => line(index))].join('\r\n');
      const whole = await readAll(text);
      const inPieces = await readAll(text, { pieceBytes });
      expect(inPieces.rows).toEqual(whole.rows);
      expect(inPieces.input.tally()).toEqual(whole.input.tally());

      const { batches } = await openInput(watchedSource(text).source, { pieceBytes });
      for await (const batch of batches) expect(batch.length).toBeLessThanOrEqual(1 + pieceBytes / 40);
    },
  );

  it('finds the duplicate of a row 100,000 rows before', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `O${index},Solutions,S-0000001`);
    const { rows } = await readAll([HEADER, ...lines, 'O7,Solutions,S-0000001'].join('\n'));
    expect(rows.filter(({ kind }) => kind !== 'valid').map(rowLine)).toEqual(['100002 duplicate 9']);
  });

  it('keeps a cell of a megabyte', async () => {
    const note = 'x'.repeat(1_048_576);
    const { rows } = await readAll(
      `${HEADER},Note\nO1,Solutions,S-0000001,${note}\nO2,Solutions,S-0000002,"${note}"\n`,
    );
    expect(rows.map(rowLine)).toEqual(['2 valid O1 Solutions S-0000001', '3 valid O2 Solutions S-0000002']);
    expect(rows.every(({ cells }) => cells[3] === note)).toBe(true);
  });

  it('names the row in which a quote opens that swallows five megabytes', async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `O${index},Solutions,S-0000001`);
    const text = `${HEADER}\nO1,Solutions,S-0000001\nO2,Solutions,"S-0000001\n${lines.join('\n')}\n`;
    await expect(readAll(text)).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('row 3 has no end within 4 MiB') as unknown,
    });
  });

  it('names the row that has no end, where the line ends were lost', async () => {
    const text = `${HEADER}\nO1,Solutions,S-0000001\n${'O2,Solutions,S-0000002,'.repeat(250_000)}`;
    await expect(readAll(text)).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('row 3 has no end within 4 MiB') as unknown,
    });
  });

  it('names the row of an open quote that follows many rows without one', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `O${index},Solutions,S-0000001`);
    await expect(readAll(`${HEADER}\n${lines.join('\n')}\nO1,Solutions,"S-1\n`)).rejects.toMatchObject({
      code: 'input_format',
      message: expect.stringContaining('row 50002, column 3') as unknown,
    });
  });

  it('shows a value so that no terminal obeys it', async () => {
    const { rows } = await readAll(`${HEADER}\n\u001b[31mO1\u202e,Solutions,S-0000001\n`);
    const [row] = rows;
    const message = row?.kind === 'invalid' ? row.problems[0].message : '';
    expect(message).toContain(String.raw`"\u001b[31mO1"`);
    expect(message).not.toContain('\u001b');
  });

  it('counts the rows that have a replacement, and those of another type than the column’s name', async () => {
    const replaced = await readAll(
      'Opportunity ID,Solution ID,Replacement\nO1,S-1,S-2\nO2,S-1,\nO3,nothing,S-2\nO1,S-1,S-2\n',
    );
    expect(replaced.input.tally()).toMatchObject({
      valid: 2,
      invalid: 1,
      duplicate: 1,
      replacing: 1,
      otherType: 0,
    });
    const typed = await readAll('Opportunity ID,AWS Product\nO1,S-0059720\nO2,AmazonEC2\n');
    expect(typed.input.tally()).toMatchObject({ valid: 2, replacing: 0, otherType: 1 });
  });

  it('says of several identifiers what can be done about them', async () => {
    const problemsOf = async (rows: string, split: boolean): Promise<unknown> => {
      const read = await readAll(`Opportunity ID,Entity ID,Replacement\n${rows}\n`, { split });
      return read.rows.map((row) =>
        row.kind === 'invalid' ? row.problems.map(({ kind }) => kind) : row.kind,
      );
    };
    expect(await problemsOf('O1,S-1;S-2,', false)).toEqual([['entity_several']]);
    expect(await problemsOf('x,S-1;S-2,', true)).toEqual([['opportunity_pattern']]);
    expect(await problemsOf('O1,S-1;S-2,S-3', true)).toEqual([['entity_several']]);
    const { rows } = await readAll('Opportunity ID,Entity ID,Replacement\nO1,S-1;S-2,S-3\n', { split: true });
    expect(rows[0]?.kind === 'invalid' ? rows[0].problems[0].message : '').toMatch(
      /: give each a row of its own\.$/,
    );
  });
});
