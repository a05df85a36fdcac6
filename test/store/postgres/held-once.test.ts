import { expect, it } from 'vitest';
import { heldOnce } from '../../../src/store/postgres/runs/held-once.ts';

it('gives the same map to all runs that were resolved alike', () => {
  const resolved = () => ({ replaceMap: { name: 'map.csv', pairs: [['S-1', 'S-2'] as const] } });
  expect(heldOnce(resolved())).toEqual(resolved());
  expect(heldOnce(resolved()).replaceMap).toBe(heldOnce(resolved()).replaceMap);
  expect(heldOnce({ solutions: [] })).toEqual({ solutions: [] });
});
