import { describe, expect, it } from 'vitest';
import { SeenTargets } from '../../../src/input/rows/seen-targets.ts';
import {
  parseEntityId,
  parseOpportunityId,
  type EntityId,
  type EntityType,
  type OpportunityId,
} from '../../../src/model/entity.ts';
import type { Target } from '../../../src/model/row.ts';

function opportunity(text: string): OpportunityId {
  const id = parseOpportunityId(text);
  if (id === undefined) throw new Error(`No opportunity: ${text}`);
  return id;
}

function entity(text: string): EntityId {
  const id = parseEntityId(text);
  if (id === undefined) throw new Error(`No entity: ${text}`);
  return id;
}

const target = (opportunityId: string, type: EntityType, id: string, replacement?: string): Target => ({
  opportunityId: opportunity(opportunityId),
  entity: { type, id: entity(id) },
  ...(replacement !== undefined && { replacement: { type, id: entity(replacement) } }),
});

describe('the memory of targets', () => {
  it('names the first row that asked for the same', () => {
    const seen = new SeenTargets();
    expect(seen.firstRowOf(target('O1', 'Solutions', 'S-1'), 2)).toBe(0);
    expect(seen.firstRowOf(target('O1', 'Solutions', 'S-1'), 3)).toBe(2);
    expect(seen.firstRowOf(target('O1', 'Solutions', 'S-1'), 4)).toBe(2);
  });

  it('names the first row of the same association, whatever replaces it', () => {
    const seen = new SeenTargets();
    seen.firstRowOf(target('O1', 'Solutions', 'S-1', 'S-2'), 2);
    seen.firstRowOf(target('O1', 'Solutions', 'S-1'), 3);
    expect(seen.rowOf(target('O1', 'Solutions', 'S-1', 'S-3'))).toBe(2);
    expect(seen.otherRowOf(target('O1', 'Solutions', 'S-1', 'S-2'))).toBe(3);
    expect(seen.otherRowOf(target('O1', 'Solutions', 'S-1', 'S-3'))).toBe(2);
    expect(seen.otherRowOf(target('O2', 'Solutions', 'S-1'))).toBe(0);
  });

  it('tells apart whatever differs in one value, or in where one value ends', () => {
    const seen = new SeenTargets();
    const different = [
      target('O1', 'Solutions', 'S-1'),
      target('O11', 'Solutions', 'S-1'),
      target('O1', 'AwsProducts', 'S-1'),
      target('O1', 'Solutions', 'S-11'),
      target('O1', 'Solutions', 'S-1', 'S-2'),
      target('O1', 'Solutions', 'S-1S-2'),
      target('O1', 'Solutions', '1S-1'),
      target('O1', 'Solutions', 'S-1\u0000'),
    ];
    expect(different.map((one, index) => seen.firstRowOf(one, index + 1))).toEqual(different.map(() => 0));
  });

  it('calls none of 300,000 targets that count upwards a duplicate, and every one of them when they come again', () => {
    const seen = new SeenTargets();
    let falseAlarms = 0;
    let misses = 0;
    const of = (index: number): Target =>
      target(`O${index % 1000}`, 'Solutions', `S-${Math.floor(index / 1000)}`);
    for (let index = 0; index < 300_000; index += 1)
      if (seen.firstRowOf(of(index), index + 1) !== 0) falseAlarms += 1;
    for (let index = 0; index < 300_000; index += 1)
      if (seen.firstRowOf(of(index), 1) !== index + 1) misses += 1;
    expect({ falseAlarms, misses }).toEqual({ falseAlarms: 0, misses: 0 });
  });
});
