import { describe, expect, it } from 'vitest';
import { remarkIn } from '../../../../src/input/columns/decisions/remarks.ts';

describe('a column that is not read', () => {
  it.each([
    ['Approved', ['yes', 'no', 'yes']],
    ['In use', ['1', '0', '']],
    ['Removed?', ['no', 'yes']],
    ['+/-', ['+', '-', '+']],
    ['Freigegeben', ['ja', 'nein']],
    ['Is in use', ['yes', 'no']],
    ['Drop', ['y', '', 'n']],
    ['Protected', ['true', 'false']],
    ['Done', ['x', 'no']],
    ['Still active', ['yes', 'no']],
    ['Noch aktiv?', ['ja', 'nein']],
    ['Cleanup', ['1', '0']],
    ['OK?', ['Y', 'N']],
    ['承認済', ['はい', 'いいえ']],
    ['削除', ['はい', 'いいえ']],
    ['削除', ['○', '×']],
    ['Mark', ['✓', '✗']],
    ['Exception', ['yes', '']],
    ['Protected', ['evet', 'hayır']],
  ])('decides about rows where it answers a question: %s', (name, values) => {
    expect(remarkIn(name, { values, isWhole: false })).toEqual({ decides: '' });
  });

  it.each([
    ['Is Primary', ['true', 'false']],
    ...[
      'Co-sell',
      'Active account',
      'Aktiv',
      'Marketplace',
      'In pipeline',
      'Valid',
      'Deleted in CRM',
      'Reviewed',
    ].map((name): [string, string[]] => [name, ['yes', 'no', 'yes']]),
    ['Approved', ['yes', 'yes', '']],
    ['Mark', ['Twain', 'Knopfler']],
    ['Exception', ['rounding', 'rounding', '']],
    ['Support', ['○', '×', '○']],
    ['Licences', ['1', '0', '4']],
    ['Licences', ['1', '1', '']],
    ['Stage', ['Open', 'Won', 'no']],
  ])('decides nothing by numbers, facts of a record, or one answer: %s %j', (name, values) => {
    expect(remarkIn(name, { values, isWhole: false })).toEqual({});
  });

  it.each([
    [['', 'ask Ann', '']],
    [['', 'only after 1 Dec']],
    [[...Array.from({ length: 30 }, () => ''), 'ask Ann', 'stop']],
  ])('may hold notes about the few rows that it is filled in: %j', (values) => {
    expect(remarkIn('Comment', { values, isWhole: true })).toEqual({
      note: values.find((value) => value !== ''),
    });
  });

  it.each([[['call', 'called', '']], [['', '12', '']], [['one']], [['', '-', '']]])(
    'holds no such notes where many rows have one, or no words stand there: %j',
    (values) => {
      expect(remarkIn('Comment', { values, isWhole: true })).toEqual({});
    },
  );

  it.each([
    ['Action', ['Remove', 'remove']],
    ['Remove?', ['yes', 'Y']],
    ['To be deleted', ['x', 'x']],
    ['Keep until', ['', '']],
    ['Delete', ['']],
    ['Removal approved by', ['Ann', 'J. Keepers']],
    ['To-do', ['Check invoice', 'Call Ann']],
  ])(
    'says nothing where none of its cells can leave a row out, once all are known: %s %j',
    (name, values) => {
      expect(remarkIn(name, { values, isWhole: true })).toEqual({});
      expect(remarkIn(name, { values, isWhole: false })).toEqual({ decides: '' });
    },
  );

  it.each([
    ['Action', ['remove', ''], ''],
    ['Action', ['keep', 'keep'], 'keep'],
    ['Keep?', ['yes', 'yes'], ''],
    ['To-do', ['Remove solution', ''], ''],
    ['Keep until', ['2027-01-01', '2026-01-01'], ''],
    ['Do not remove', ['x', 'x'], ''],
    ['Decision', ['yes', 'yes'], ''],
    ['Still needed', ['yes', 'yes'], ''],
    ['Remove?', ['no', 'no'], ''],
    ['Remove?', ['yes', 'later'], ''],
    ['Removal approved by', ['Ann', ''], ''],
    ['Delete', [], ''],
  ])('tells where they can, however alike: %s %j', (name, values, decides) => {
    expect(remarkIn(name, { values, isWhole: true })).toEqual({ decides });
  });
});
