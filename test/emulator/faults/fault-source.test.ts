import { describe, expect, it } from 'vitest';
import { FaultSource } from '../../../src/emulator/faults/fault-source.ts';
import { NO_FAULTS, type FaultPlan } from '../../../src/emulator/faults/fault-plan.ts';
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

describe('FaultSource', () => {
  it('follows its script: each entry its times, the first that matches first', () => {
    const faults = source(SCRIPT);
    const met = Array.from({ length: 4 }, () => faults.next('DisassociateOpportunity', 'O123'));
    expect(met).toEqual(['throttle', 'throttle', 'error', undefined]);
  });

  it('spares the calls that its script does not name', () => {
    const faults = source(SCRIPT);
    expect(faults.next('DisassociateOpportunity', 'O124')).toBeUndefined();
    expect(faults.next('GetOpportunity', 'O123')).toBe('error');
    expect(faults.next('GetCallerIdentity', '')).toBe('denied');
  });

  it('takes more script while it runs', () => {
    const faults = source(NO_FAULTS);
    faults.addScript([{ kind: 'hang', times: 1 }]);
    expect([faults.next('GetOpportunity', 'O1'), faults.next('GetOpportunity', 'O1')]).toEqual([
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
    const met = Array.from({ length: 20_000 }, () => faults.next('GetOpportunity', 'O1'));
    expect(met.filter((fault) => fault === 'throttle').length / met.length).toBeCloseTo(0.05, 2);
    expect(met.filter((fault) => fault === 'error').length / met.length).toBeCloseTo(0.02, 2);
  });

  it('keeps the chances of later calls where they were when a script comes between', () => {
    const chances = [{ kind: 'throttle', probability: 0.5 }] as const;
    const alone = source({ chances, script: [] });
    const scripted = source({ chances, script: [{ kind: 'error', times: 3 }] });
    const met = (faults: FaultSource): unknown[] =>
      Array.from({ length: 40 }, () => faults.next('GetOpportunity', 'O1'));
    expect(met(scripted).slice(3)).toEqual(met(alone).slice(3));
  });

  it('puts its script before chance', () => {
    const chances = [{ kind: 'throttle', probability: 1 }] as const;
    const faults = source({ chances, script: [{ kind: 'error', times: 1 }] });
    expect([faults.next('GetOpportunity', 'O1'), faults.next('GetOpportunity', 'O1')]).toEqual([
      'error',
      'throttle',
    ]);
  });

  it('never befalls GetCallerIdentity by chance', () => {
    const faults = source({ chances: [{ kind: 'error', probability: 1 }], script: [] });
    expect(faults.next('GetCallerIdentity', '')).toBeUndefined();
  });
});
