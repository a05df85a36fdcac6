import { describe, expect, it } from 'vitest';
import { editedRow } from '../../../src/input/rows/edited-row.ts';
import type { FoundColumn, FoundColumns } from '../../../src/input/columns/found-columns.ts';
import type { RawValues } from '../../../src/input/values/validate-values.ts';

const column = (index: number, name: string): FoundColumn => ({ index, name, found: 'header' });
const COLUMNS: FoundColumns = {
  opportunity: column(0, 'Opportunity ID'),
  type: { kind: 'column', column: column(1, 'Type') },
  entity: column(2, 'Solution'),
  replacement: column(3, 'New Solution'),
};
const SENT: RawValues = {
  opportunity: 'O1',
  type: 'Solutions',
  entity: 'S-0000001',
  replacement: 'S-0000007',
  replacementType: '',
};

const messageOf = (own: Partial<RawValues>): string | undefined =>
  editedRow({ ...SENT, ...own }, SENT, COLUMNS)?.message;

describe('a row of results', () => {
  it.each<Partial<RawValues>>([
    {},
    { type: 'Partner Solution' },
    { entity: 'S-0000009; S-0000001' },
    { opportunity: '' },
    { entity: '' },
    { replacement: '' },
  ])('agrees with what was sent where its own columns say %j', (own) => {
    expect(messageOf(own)).toBeUndefined();
  });

  it.each<[Partial<RawValues>, string, string]>([
    [{ opportunity: 'O2' }, '"Opportunity ID" says "O2"', 'the option opportunity-column'],
    [{ entity: 'S-0000002' }, '"Solution" says "S-0000002"', 'the option entity-column'],
    [{ entity: 'S-0000002;S-0000003' }, '"Solution" says', 'the option entity-column'],
    [{ type: 'AwsProducts' }, '"Type" says "AwsProducts"', 'the option type-column'],
    [{ replacement: 'S-0000008' }, '"New Solution" says "S-0000008"', 'the option replace-column'],
  ])('was edited where they say %j', (own, says, option) => {
    expect(messageOf(own)).toContain(says);
    expect(messageOf(own)).toContain(option);
  });
});
