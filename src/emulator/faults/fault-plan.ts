import { RunError } from '../../model/run-error.ts';
import type { EmulatedOperation } from '../partner/operation.ts';
import { FAULT_KINDS, isInjectedFault, type InjectedFault } from './fault-kinds.ts';

/** A fault that befalls a share of all calls. */
interface FaultChance {
  readonly kind: InjectedFault;
  /** From 0 to 1. */
  readonly probability: number;
}

/** A fault that befalls the calls that match; what is left out matches all. */
export interface ScriptedFault {
  readonly kind: InjectedFault;
  /** The number of calls that it befalls; `always`: until the script is cleared. */
  readonly times: number | 'always';
  readonly operation?: EmulatedOperation;
  readonly opportunityId?: string;
  /** It begins once so many calls, of the one operation or of any, have come since it was scripted. */
  readonly after?: { readonly calls: number; readonly operation?: EmulatedOperation };
  /** Headers that are added to the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A script entry that matches comes before any chance; of several, the first that is not used up. */
export interface FaultPlan {
  readonly chances: readonly FaultChance[];
  readonly script: readonly ScriptedFault[];
}

export const NO_FAULTS: FaultPlan = { chances: [], script: [] };

/**
 * Reads `KIND=P%,…`, such as `throttle=5%,error=0.5%`: how likely each fault is to befall a call.
 *
 * @throws RunError `usage`, naming the kinds there are.
 */
export function parseFaultPlan(text: string): FaultPlan {
  const chances = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseChance);
  if (chances.reduce((sum, chance) => sum + chance.probability, 0) > 1 + Number.EPSILON * chances.length) {
    throw new RunError('usage', `The faults of "${text}" add up to more than 100%.`, {
      code: 'lower_fault_shares',
    });
  }
  return { chances, script: [] };
}

const CHANCE = /^([a-z0-9-]+)\s*=\s*(\d+(?:\.\d+)?)\s*%$/;

function parseChance(part: string): FaultChance {
  const [, kind = '', percent = ''] = CHANCE.exec(part) ?? [];
  const probability = Number(percent) / 100;
  if (!isInjectedFault(kind) || probability > 1) {
    throw new RunError('usage', `"${part}" is not a fault to inject.`, {
      code: 'known_faults',
      kinds: Object.keys(FAULT_KINDS).join(', '),
    });
  }
  return { kind, probability };
}
