import { describe, expect, it } from 'vitest';
import { FaultSource } from '../../../src/emulator/faults/fault-source.ts';
import type { InjectedFault } from '../../../src/emulator/faults/fault-kinds.ts';
import { NO_FAULTS, type FaultPlan } from '../../../src/emulator/faults/fault-plan.ts';
import type { EmulatedOperation } from '../../../src/emulator/partner/operation.ts';
import { seededDice } from '../../../src/emulator/faults/seeded-dice.ts';

const SCRIPT: FaultPlan = {
  chances: [],
  script: [
    { kind: 'throttle', operation: 'DisassociateOpportunity', opportunityId: 'O123', times: 2 },
    { kind: 'error', opportunityId: 'O123', times: 1 },
    { kind: 'denied', operation: 'GetCallerIdentity', times: 1 },
  ],
};

function source(plan: FaultPlan, seed = 1): FaultSource {
  return new FaultSource(plan, seededDice(seed));
}

function kindOf(
  faults: FaultSource,
  operation: EmulatedOperation,
  opportunityId: string,
): InjectedFault | undefined {
  return faults.next({ operation, opportunityId, hasToken: false })?.kind;
}

describe('FaultSource', () => {
  it('follows its script: each entry its times, the first that matches first', () => {
    const faults = source(SCRIPT);
    const met = Array.from({ length: 4 }, () => kindOf(faults, 'DisassociateOpportunity', 'O123'));
    expect(met).toEqual(['throttle', 'throttle', 'error', undefined]);
  });

  it('spares the calls that its script does not name', () => {
    const faults = source(SCRIPT);
    expect(kindOf(faults, 'DisassociateOpportunity', 'O124')).toBeUndefined();
    expect(kindOf(faults, 'GetOpportunity', 'O123')).toBe('error');
    expect(kindOf(faults, 'GetCallerIdentity', '')).toBe('denied');
  });

  it('takes more script while it runs', () => {
    const faults = source(NO_FAULTS);
    faults.addScript([{ kind: 'hang', times: 1 }]);
    expect([kindOf(faults, 'GetOpportunity', 'O1'), kindOf(faults, 'GetOpportunity', 'O1')]).toEqual([
      'hang',
      undefined,
    ]);
  });

  it('befalls calls by the shares it was given', () => {
    const faults = source({
      chances: [
        { kind: 'throttle', probability: 0.05 },
        { kind: 'error', probability: 0.02 },
      ],
      script: [],
    });
    const met = Array.from({ length: 20_000 }, () => kindOf(faults, 'GetOpportunity', 'O1'));
    expect(met.filter((fault) => fault === 'throttle').length / met.length).toBeCloseTo(0.05, 2);
    expect(met.filter((fault) => fault === 'error').length / met.length).toBeCloseTo(0.02, 2);
  });

  it('keeps the chances of later calls where they were when a script comes between', () => {
    const chances = [{ kind: 'throttle', probability: 0.5 }] as const;
    const alone = source({ chances, script: [] });
    const scripted = source({ chances, script: [{ kind: 'error', times: 3 }] });
    const met = (faults: FaultSource): unknown[] =>
      Array.from({ length: 40 }, () => kindOf(faults, 'GetOpportunity', 'O1'));
    expect(met(scripted).slice(3)).toEqual(met(alone).slice(3));
  });

  it('puts its script before chance', () => {
    const chances = [{ kind: 'throttle', probability: 1 }] as const;
    const faults = source({ chances, script: [{ kind: 'error', times: 1 }] });
    expect([kindOf(faults, 'GetOpportunity', 'O1'), kindOf(faults, 'GetOpportunity', 'O1')]).toEqual([
      'error',
      'throttle',
    ]);
  });

  it('never befalls GetCallerIdentity by chance', () => {
    const faults = source({ chances: [{ kind: 'error', probability: 1 }], script: [] });
    expect(kindOf(faults, 'GetCallerIdentity', '')).toBeUndefined();
  });

  it('begins once so many calls of an operation have come, and goes on until it is cleared', () => {
    const faults = source({
      chances: [],
      script: [
        { kind: 'unavailable', times: 'always', after: { calls: 2, operation: 'AssociateOpportunity' } },
      ],
    });
    const met = [
      kindOf(faults, 'AssociateOpportunity', 'O1'),
      kindOf(faults, 'GetOpportunity', 'O1'),
      kindOf(faults, 'AssociateOpportunity', 'O2'),
      ...Array.from({ length: 100 }, () => kindOf(faults, 'GetOpportunity', 'O1')),
    ];
    expect(met).toEqual([
      undefined,
      undefined,
      undefined,
      ...Array.from({ length: 100 }, () => 'unavailable'),
    ]);
    faults.clearScript();
    expect(kindOf(faults, 'GetOpportunity', 'O1')).toBeUndefined();
  });

  it('is over after its times, and spares calls of others', () => {
    const faults = source({
      chances: [],
      script: [{ kind: 'reset', times: 2, operation: 'GetOpportunity', after: { calls: 1 } }],
    });
    const operations = [
      'GetOpportunity',
      'AssociateOpportunity',
      'GetOpportunity',
      'GetOpportunity',
    ] as const;
    const met = [...operations, 'GetOpportunity' as const].map((operation) =>
      kindOf(faults, operation, 'O1'),
    );
    expect(met).toEqual([undefined, undefined, 'reset', 'reset', undefined]);
  });

  it('refuses tokens only where a list goes on', () => {
    const faults = source({
      chances: [{ kind: 'bad-token', probability: 1 }],
      script: [{ kind: 'bad-token', times: 1 }],
    });
    const list = { operation: 'ListOpportunities', opportunityId: '' } as const;
    expect(faults.next({ ...list, hasToken: false })).toBeUndefined();
    expect(faults.next({ ...list, hasToken: true })?.kind).toBe('bad-token');
  });
});
