import { describe, expect, it } from 'vitest';
import { decisionIn } from '../../../../src/input/columns/decisions/decision-names.ts';

describe('a column that is not read', () => {
  it.each([
    ['Note', ['', 'Keep'], 'Keep'],
    ['Status', ['open', 'do not remove!'], 'do not remove!'],
    ['Action', ['remove', 'remove'], ''],
    ['Löschen?', ['ja'], ''],
    ['Delete', [], ''],
  ])('named %s with %j decides, by %j', (name, values, decides) => {
    expect(decisionIn(name, values)).toBe(decides);
  });

  it.each([
    ['Note', ['keeper', 'we keep in touch']],
    ['Stage', ['Launched', 'no']],
    ['Actionable', []],
  ])('named %s with %j decides nothing', (name, values) => {
    expect(decisionIn(name, values)).toBeUndefined();
  });
});
