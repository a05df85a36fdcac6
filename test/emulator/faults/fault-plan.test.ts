import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../../src/emulator/faults/fault-kinds.ts';
import { parseFaultPlan } from '../../../src/emulator/faults/fault-plan.ts';

describe('parseFaultPlan', () => {
  it('reads each kind with its share', () => {
    expect(parseFaultPlan('throttle=5%, error=0.5%,reset-after=1%')).toEqual({
      chances: [
        { kind: 'throttle', probability: 0.05 },
        { kind: 'error', probability: 0.005 },
        { kind: 'reset-after', probability: 0.01 },
      ],
      script: [],
    });
  });

  it('reads an empty text as no faults', () => {
    expect(parseFaultPlan('')).toEqual({ chances: [], script: [] });
  });

  it.each([
    'throtle=5%',
    'throttle',
    'throttle=5',
    'throttle=-1%',
    'error=101%',
    'toString=1%',
    'throttle=5%;error=1%',
  ])('refuses "%s" and names the kinds there are', (text) => {
    expect(() => parseFaultPlan(text)).toThrow(
      expect.objectContaining({ code: 'usage', message: `"${text}" is not a fault to inject.` }),
    );
    expect(() => parseFaultPlan(text)).toThrow(
      expect.objectContaining({
        advice: {
          code: 'known_faults',
          kinds: Object.keys(FAULT_KINDS).join(', '),
        },
      }),
    );
  });

  it('refuses shares that add up to more than a whole', () => {
    expect(() => parseFaultPlan('throttle=60%,error=41%')).toThrow('add up to more than 100%');
    expect(parseFaultPlan('throttle=70%,error=20%,reset=10%').chances).toHaveLength(3);
  });
});
