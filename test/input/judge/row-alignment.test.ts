import { describe, expect, it, vi } from 'vitest';
import { ColumnProfile } from '../../../src/input/columns/column-profile.ts';
import { profiledRow } from '../../../src/input/values/cell-kind.ts';
import { columnIndexes } from '../../../src/input/columns/found-columns.ts';
import { suspicionOf } from '../../../src/input/judge/row-suspicion.ts';
import { UsualValues } from '../../../src/input/columns/head-profile.ts';

const COLUMNS = columnIndexes({
  opportunity: { index: 0, name: 'Opportunity ID', found: 'header' },
  entity: { index: 1, name: 'Entity ID', found: 'header' },
  type: { kind: 'shape' },
  replacement: undefined,
});

const SHAPES: readonly (readonly [string, (width: number) => readonly string[]])[] = [
  ['as wide as the header, of empty cells and texts', (width) => cells(width, ['', 'text'])],
  ['narrower, of identifiers', (width) => cells(width - 100, ['S-0000009', ''])],
  ['half as wide, of identifiers', (width) => cells(width / 2, ['S-0000009', ''])],
  ['wider, of texts', (width) => cells(width + 20, ['text', 'text', ''])],
  ['twice as wide, of identifiers', (width) => cells(width * 2, ['S-0000009', '', 'text'])],
];

describe('what weighing a suspicious row takes', () => {
  it.each(SHAPES)('grows with its cells where it is %s', (_, rowOf) => {
    const narrow = looksAtProfile(400, rowOf);
    const wide = looksAtProfile(800, rowOf);
    expect(narrow).toBeGreaterThan(100);
    expect(wide / narrow).toBeLessThan(2.6);
  });

  it('is a look or two at each cell beyond the header, where no column is told apart', () => {
    const looks = (beyond: number): number => looksAtProfile(3, () => cells(beyond, ['text']));
    expect(looks(9_000) - looks(1_000)).toBeLessThan(2.1 * 8_000);
  });

  it('is the same, however many rows were there before', () => {
    const rowOf = (width: number): readonly string[] => cells(width / 2, ['S-0000009', '']);
    expect(looksAtProfile(200, rowOf, 3000)).toBe(looksAtProfile(200, rowOf, 30));
  });
});

/** How often the profile is asked about a row of a hostile file. */
function looksAtProfile(
  width: number,
  rowOf: (width: number) => readonly string[],
  rowsBefore: number = 30,
): number {
  const header = Array.from({ length: width }, (_, index) => `c${index}`);
  const profile = new ColumnProfile(header, COLUMNS);
  const sound = ['O1000001', 'S-0000001', ...Array.from({ length: width - 2 }, () => 'text')];
  for (let row = 0; row < rowsBefore; row += 1) profile.learn(profiledRow(sound, false));
  const misfit = vi.spyOn(profile, 'misfit');
  suspicionOf(profiledRow(rowOf(width), false), profile, new UsualValues([], profile));
  return misfit.mock.calls.length;
}

/** A row that begins soundly and goes on with `others`, again and again. */
function cells(width: number, others: readonly string[]): readonly string[] {
  const rest = Array.from({ length: width - 3 }, (_, index) => others[index % others.length] ?? '');
  return ['O1000001', 'S-0000001', ...rest, 'end'];
}
