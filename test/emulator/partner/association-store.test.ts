import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssociationStore } from '../../../src/emulator/partner/association-store.ts';
import { ENTITY_TYPES } from '../../../src/model/entity.ts';
import { association } from '../associations.ts';

const step = fc.record({
  action: fc.constantFrom('seed', 'attach', 'detach'),
  opportunity: fc.constantFrom('O1', 'O2', 'O3'),
  type: fc.constantFrom(...ENTITY_TYPES),
  entity: fc.constantFrom('a', '1', 'ü,"\n', 'S-1'),
});

describe('AssociationStore', () => {
  it('holds what a plain set of triples holds, whatever is done to both', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = new AssociationStore();
        const opportunities = new Set<string>();
        const triples = new Set<string>();
        for (const { action, opportunity, type, entity } of steps) {
          const triple = `${opportunity}|${type}|${entity}`;
          if (action === 'seed') {
            store.seed(association(opportunity, type, entity));
            opportunities.add(opportunity);
            triples.add(triple);
          } else if (action === 'attach' && opportunities.has(opportunity)) {
            store.attach(opportunity, type, entity);
            triples.add(triple);
          } else if (action === 'detach' && store.findHeld(opportunity, type, entity) !== undefined) {
            store.detach(opportunity, type, entity);
            triples.delete(triple);
          }
        }
        const held = [...store.associations()].map(
          (one) => `${one.opportunityId}|${one.entityType}|${one.entityId}`,
        );
        expect(held.toSorted()).toEqual([...triples].toSorted());
        expect(store.opportunityIds).toEqual([...opportunities]);
      }),
    );
  });

  it('takes an opportunity with a hundred thousand entities in its stride', () => {
    const store = new AssociationStore();
    for (let index = 0; index < 100_000; index += 1) store.seed(association('O1', 'Solutions', `S-${index}`));
    for (let index = 0; index < 100_000; index += 1) {
      if (store.findHeld('O1', 'Solutions', `S-${index}`) !== undefined)
        store.detach('O1', 'Solutions', `S-${index}`);
    }
    expect(store.entitiesOf('O1')).toEqual([]);
  });
});
