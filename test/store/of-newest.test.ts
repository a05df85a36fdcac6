import { expect, it } from 'vitest';
import { ofNewest } from '../../src/store/fleet/of-newest.ts';

it('makes one of each text, and forgets those that were not among the newest few', () => {
  let made = 0;
  const things = ofNewest((text) => ({ text, number: (made += 1) }));
  const first = things('a');
  expect(things('b')).toEqual({ text: 'b', number: 2 });
  expect(things('a')).toBe(first);
  for (let text = 0; text < 8; text += 1) things(`${text}`);
  expect(things('a')).toEqual({ text: 'a', number: 11 });
});
