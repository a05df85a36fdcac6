import { expect, it } from 'vitest';
import { isForeground } from '../../src/disk/foreground.ts';

it.each([
  ['the terminal’s own group', '412 (node) S 400 412 400 34816 412 4194304', true],
  ['another group than the terminal’s', '412 (node) S 400 412 400 34816 400 4194304', false],
  ['a process without a terminal', '412 (node) S 1 412 412 0 -1 4194304', true],
  ['a name with spaces and brackets', '412 (my (app) 1) S 400 412 400 34816 400 4194304', false],
])('%s: %s', (_case, stat, ours) => {
  expect(isForeground(stat)).toBe(ours);
});
