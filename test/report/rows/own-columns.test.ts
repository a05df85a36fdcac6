import { expect, test } from 'vitest';
import { ownColumns } from '../../../src/report/rows/own-columns.ts';
import { shownRow, type ShownRow } from '../../../src/report/rows/reported-row.ts';
import { line } from '../sample-report.ts';

const HEADER = ['Opp', 'Type', 'Customer', 'Entity', 'Empty', 'Owner'];

function rowOf(number: number, type: string = 'Partner Solution'): ShownRow {
  const cells = { opportunity_id: `O${number}`, entity_type: 'Solutions', entity_id: `S-000000${number}` };
  return shownRow(line('failed', cells), [`o${number}`, type, `Kunde ${number}`, cells.entity_id, '', 'Ann']);
}

const ROWS = [rowOf(1), rowOf(2), rowOf(3, 'Soluton')];

const namesOf = (bytes: number): readonly (readonly string[])[] => {
  const { kept, leftOut } = ownColumns(HEADER, ROWS, bytes);
  return [kept.map(({ name, tells }) => (tells ? `${name}!` : name)), leftOut];
};

test('own columns that say more than ours are told from those that say the same; empty ones are none', () => {
  expect(namesOf(10_000)).toEqual([['Opp', 'Type', 'Customer!', 'Entity', 'Owner!'], []]);
});

test('where not all have a place, the first that say more have, beside those that say the same, or none', () => {
  expect(namesOf(130)).toEqual([['Opp', 'Type', 'Customer!', 'Entity'], ['Owner']]);
  expect(namesOf(20)).toEqual([[], ['Customer', 'Owner']]);
});

test('six columns that say more are all that a page has', () => {
  const header = Array.from({ length: 8 }, (_, index) => `Own ${index}`);
  const row = shownRow(line('failed'), header);
  expect(ownColumns(header, [row], 10_000).leftOut).toEqual(['Own 6', 'Own 7']);
});
