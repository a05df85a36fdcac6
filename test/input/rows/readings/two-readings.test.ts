import { describe, expect, it } from 'vitest';
import { readAnswered } from '../../../../src/input/rows/readings/answered-row.ts';
import { readOnce, type OneReading } from '../../../../src/input/rows/readings/two-readings.ts';

import { FIELDS } from '../../../../src/input/rows/readings/edited-row.ts';
import type { FoundColumn, FoundColumns } from '../../../../src/input/columns/found-columns.ts';
import {
  validateValues,
  type RawValues,
  type Verdict,
} from '../../../../src/input/values/validate-values.ts';

const column = (index: number, name: string): FoundColumn => ({ index, name, found: 'header' });
const COLUMNS: FoundColumns = {
  opportunity: column(0, 'Opportunity ID'),
  type: { kind: 'column', column: column(1, 'Type') },
  entity: column(2, 'Solution'),
  replacement: column(3, 'New Solution'),
};
const ROW: RawValues = {
  opportunity: 'O1',
  type: 'Solutions',
  entity: 'S-0000001',
  replacement: 'S-0000007',
  replacementType: '',
};

interface Sides {
  readonly own?: Partial<RawValues>;
  readonly ours?: Partial<RawValues>;
}

interface Before {
  readonly unsent?: boolean;
  readonly told?: string;
}

function read({ own, ours }: Sides, answered: boolean, { unsent, told }: Before = {}): OneReading {
  const readings = {
    ...(unsent !== undefined && { unsent }),
    own: { ...ROW, ...own },
    ours: { ...ROW, ...ours },
    ownColumns: COLUMNS,
    answered,
    mustSay: FIELDS,
  };
  const judge = (values: RawValues): readonly Verdict[] => [validateValues(values, undefined)];
  return answered ? readAnswered(readings, judge, '') : readOnce(readings, judge, told);
}

function messagesOf({ refusal }: OneReading): string {
  return refusal === undefined || refusal.ok ? '' : refusal.problems.map(({ message }) => message).join('\n');
}

describe('a row of results that was answered', () => {
  it.each<Partial<RawValues>>([{}, { type: 'Partner Solution' }, { type: '' }])(
    'agrees with what was sent where its own columns say %j',
    (own) => {
      const reading = read({ own }, true);
      expect(reading.refusal).toBeUndefined();
      expect(reading.values).toMatchObject({ opportunity: 'O1', entity: 'S-0000001' });
    },
  );

  it.each<[Partial<RawValues>, string, string]>([
    [{ opportunity: 'O2' }, '"Opportunity ID" says "O2"', 'the option opportunity-column'],
    [{ entity: 'S-0000002' }, '"Solution" says "S-0000002"', 'the option entity-column'],
    [{ entity: 'S-0000002;S-0000003' }, '"Solution" says', 'the option entity-column'],
    [{ type: 'AwsProducts', entity: 'AmazonEC2' }, '"Type" says "AwsProducts"', 'the option type-column'],
    [{ replacement: 'S-0000008' }, '"New Solution" says "S-0000008"', 'the option replace-column'],
    [{ replacement: '' }, '"New Solution" is empty', 'the option replace-column'],
    [{ replacement: 'none - keep' }, '"New Solution" says "none - keep"', 'the option replace-column'],
    [{ opportunity: '' }, '"Opportunity ID" is empty', 'the option opportunity-column'],
    [{ opportunity: '1' }, '"Opportunity ID" says "1"', 'the option opportunity-column'],
    [{ entity: '' }, '"Solution" is empty', 'the option entity-column'],
    [{ entity: 'KEEP' }, '"Solution" says "KEEP"', 'the option entity-column'],
    [{ entity: 'S-0000001 keep!' }, '"Solution" says', 'the option entity-column'],
    [{ entity: 'S-0000001, keep' }, '"Solution" says', 'the option entity-column'],
    [{ type: 'Soluton' }, '"Type" says "Soluton"', 'the option type-column'],
    [{ type: 'AwsProducts' }, '"Type" says "AwsProducts"', 'the option type-column'],
  ])('was edited where they say %j', (own, says, option) => {
    const messages = messagesOf(read({ own }, true));
    expect(messages).toContain(says);
    expect(messages).toContain('what was sent');
    expect(messages).toContain(option);
  });

  it('is not said to have been sent where a look or a plan settled it', () => {
    const messages = messagesOf(read({ own: { entity: 'S-0000002' } }, true, { unsent: true }));
    expect(messages).toContain('entity_id, as the run took it, says "S-0000001"');
    expect(messages).not.toContain('what was sent');
  });

  it('is not said to have been taken or sent where ours can only have been written since, or both are empty', () => {
    const written = messagesOf(read({ ours: { entity: 's-0000001' } }, true, { unsent: true }));
    expect(written).toContain('entity_id says "s-0000001": either may be meant');
    const emptied = messagesOf(read({ own: { entity: '' }, ours: { entity: '' } }, true));
    expect(emptied).toContain('are both empty: nothing tells what is meant.');
    expect(emptied).not.toContain('either may be meant');
  });

  it.each<Partial<RawValues>>([
    { opportunity: '' },
    { entity: '' },
    { type: '' },
    { replacement: '' },
    { opportunity: '', type: '', entity: '' },
    { entity: 'KEEP' },
    { replacement: 'none' },
  ])('was edited where ours say %j', (ours) => {
    expect(messagesOf(read({ ours }, true))).toContain('either may be meant');
  });

  it('stands for its part of a cell that was split', () => {
    const own = { entity: 'S-0000009; S-0000001', replacement: '' };
    expect(read({ own, ours: { replacement: '' } }, true).refusal).toBeUndefined();
  });

  it('is not sent as it was in place of a correction of ours that can’t be read', () => {
    expect(messagesOf(read({ ours: { entity: 'solution 2' } }, true))).toContain('"solution 2" is not');
  });
});

describe('a row of results that was refused', () => {
  it.each<[string, Sides]>([
    ['its own opportunity', { own: { opportunity: 'O1' }, ours: { opportunity: '1' } }],
    ['our opportunity', { own: { opportunity: '1' }, ours: { opportunity: 'O1' } }],
    ['our type alone', { own: { type: 'Soluton' } }],
    ['its own type, where ours is empty', { ours: { type: '' } }],
    ['our entity', { own: { entity: '#REF!' } }],
    ['its own replacement', { ours: { replacement: 'S 7' } }],
    ['half of each', { own: { type: 'Soluton' }, ours: { entity: 'AmazonEC2' } }],
  ])('is taken with %s, which alone makes it valid', (_title, sides) => {
    const reading = read(sides, false);
    expect(reading.refusal).toBeUndefined();
    expect(reading.values).toMatchObject({
      opportunity: 'O1',
      entity: 'S-0000001',
      replacement: 'S-0000007',
    });
  });

  it('is asked about where both of two cells would make it valid', () => {
    const reading = read({ own: { opportunity: 'O2' } }, false);
    expect(messagesOf(reading)).toContain('"Opportunity ID" says "O2", and opportunity_id says "O1"');
  });

  it('is asked about where its replacement stands in ours alone: it may have been taken out of its own', () => {
    expect(messagesOf(read({ own: { replacement: '' } }, false))).toContain('"New Solution" is empty');
  });

  it('stays invalid where its own replacement was emptied, and ours is none: an empty cell corrects nothing', () => {
    const messages = messagesOf(read({ own: { replacement: '' }, ours: { replacement: 'S-00x7' } }, false));
    expect(messages).toContain('"New Solution" is empty, and replacement_id says "S-00x7"');
    expect(messages).toContain('The replacement "S-00x7" is not');
    const both = read({ own: { replacement: '' }, ours: { replacement: '' } }, false);
    expect(both.refusal).toBeUndefined();
  });

  it.each<[string, string, Partial<RawValues>]>([
    ['"S-00x1" is not an identifier of type Solutions.', 'Opportunity ID', { opportunity: 'KEEP' }],
    ['"S-00x1" is not an identifier of type Solutions.', 'Opportunity ID', { opportunity: '' }],
    ['"S-00x1" is not an identifier of type Solutions.', 'Type', { type: 'n/a' }],
    ['"S-00x1" is not an identifier of type Solutions.', 'Type', { type: 'AwsProducts' }],
    ['"1" is not an opportunity’s identifier.', 'Solution', { entity: 'do not remove' }],
    ['"1" is not an opportunity’s identifier.', 'Solution', { entity: '' }],
    ['Your column "Solution" says "KEEP": either may be meant.', 'Solution', { entity: 'KEEP' }],
    ['', 'Solution', { entity: 'KEEP' }],
  ])('that was told %s is asked about where column %s says %j, which was right then', (told, name, own) => {
    const messages = messagesOf(read({ own }, false, { told }));
    expect(messages).toContain(`Your column "${name}"`);
    expect(messages).toContain('either may be meant');
  });

  it.each<[string, Partial<RawValues>]>([
    ['"1" is not an opportunity’s identifier. Did you mean "O1"?', { opportunity: '1' }],
    [
      'The opportunity is missing; where cells were merged in the spreadsheet, fill each row.',
      { opportunity: '' },
    ],
    ['The entity identifier is missing.', { entity: '' }],
    ['"Soluton" is not an entity type.', { type: 'Soluton' }],
    ['"S-0000001" is not an identifier of type AwsProducts (…).', { type: 'AWS product' }],
    ['anything', { type: '' }],
    ['anything', { entity: 'S-0000009;S-0000001' }],
  ])('that was told %s is taken by ours where its own columns say %j as they did', (told, own) => {
    const reading = read({ own }, false, { told });
    expect(reading).toMatchObject({ values: { opportunity: 'O1', entity: 'S-0000001' } });
    expect(reading.refusal).toBeUndefined();
  });

  it('tells what is wrong on both sides where neither is right', () => {
    const messages = messagesOf(read({ own: { opportunity: '41' }, ours: { opportunity: 'Q1' } }, false));
    expect(messages).toContain('"41" is not');
    expect(messages).toContain('"Q1" is not');
  });
});
