import { expect, test } from 'vitest';
import { jsonText } from '../../../src/report/rows/json-text.ts';
import { keepRows } from '../../../src/report/rows/kept-rows.ts';

const UNBOUNDED = Number.POSITIVE_INFINITY;

test('a rare reason keeps all of its rows, a frequent one its first', () => {
  const keeper = keepRows(10);
  for (let row = 0; row < 100; row += 1) keeper.add('frequent', () => [`frequent ${row}`]);
  for (let row = 0; row < 3; row += 1) keeper.add('rare', () => [`rare ${row}`]);
  expect(keeper.within(UNBOUNDED).flat()).toEqual([
    ...Array.from({ length: 7 }, (_, row) => `frequent ${row}`),
    'rare 0',
    'rare 1',
    'rare 2',
  ]);
});

test('two frequent reasons share the place', () => {
  const keeper = keepRows(10);
  for (let row = 0; row < 100; row += 1) keeper.add('first', () => ['first']);
  for (let row = 0; row < 100; row += 1) keeper.add('second', () => ['second']);
  const kept = keeper.within(UNBOUNDED).flat();
  expect([
    kept.filter((cell) => cell === 'first').length,
    kept.filter((cell) => cell === 'second').length,
  ]).toEqual([5, 5]);
});

test.each(['plain', '<<<<<<<<<<<<<<<<', '日本語日本語', '\u2028\u2028'])(
  'the rows that are given take no more bytes than they may: %s',
  (text) => {
    const keeper = keepRows();
    for (let row = 0; row < 2_000; row += 1)
      keeper.add(`reason ${row % 3}`, () => [`${text.repeat(20)} ${row}`]);
    const rows = keeper.within(100_000);
    expect(rows.length).toBeGreaterThan(40);
    expect(Buffer.byteLength(jsonText(rows))).toBeLessThan(100_000);
  },
);

test('texts that stand in many rows take little: as many rows with an id of their own are given as a page can hold', () => {
  const keeper = keepRows();
  const shared = [
    'failed',
    'Not visible with these credentials.',
    'Ask its owner.',
    'Solutions',
    'S-0000001',
  ];
  for (let row = 0; row < 1_000; row += 1) {
    keeper.add('one', () => [...shared, `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`]);
  }
  expect(keeper.within(80_000)).toHaveLength(1_000);
});

test('rows are made only where they are kept', () => {
  const keeper = keepRows(2);
  let made = 0;
  for (let row = 0; row < 100; row += 1) {
    keeper.add('one', () => {
      made += 1;
      return ['row'];
    });
  }
  expect(made).toBe(2);
});
