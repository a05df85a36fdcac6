import { describe, expect, it } from 'vitest';
import { remarkIn } from '../../../../src/input/columns/decisions/decision-names.ts';

describe('a column that is not read', () => {
  it.each([
    ['Approved', ['yes', 'no', 'yes']],
    ['In use', ['1', '0', '']],
    ['Removed?', ['no', 'yes']],
    ['+/-', ['+', '-', '+']],
    ['Freigegeben', ['ja', 'nein']],
  ])('decides about rows where it answers a question: %s', (name, values) => {
    expect(remarkIn(name, values)).toEqual({ decides: '' });
  });

  it.each([
    ['Is Primary', ['true', 'false']],
    ['Licences', ['1', '0', '4']],
    ['Licences', ['1', '1', '']],
    ['Stage', ['Open', 'Won', 'no']],
  ])('decides nothing by numbers, facts of a record, or one answer: %s %j', (name, values) => {
    expect(remarkIn(name, values)).toEqual({});
  });

  it.each([
    [['', 'must stay', '']],
    [['', 'only after 1 Dec']],
    [[...Array.from({ length: 30 }, () => ''), 'must stay', 'stop']],
  ])('may hold notes about the few rows that it is filled in: %j', (values) => {
    expect(remarkIn('Comment', values)).toEqual({ note: values.find((value) => value !== '') });
  });

  it.each([[['call', 'called', '']], [['', '12', '']], [['one']], [['', '-', '']]])(
    'holds no such notes where many rows have one, or no words stand there: %j',
    (values) => {
      expect(remarkIn('Comment', values)).toEqual({});
    },
  );
});
