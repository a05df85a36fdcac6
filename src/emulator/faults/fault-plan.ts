import { RunError } from '../../model/run-error.ts';
import type { EmulatedOperation } from '../partner/operation.ts';

/**
 * What each fault does. `before`: in place of the service, nothing is changed; `after`: the service has done what
 * was asked, and its answer is spoilt.
 */
export const FAULT_MOMENTS = {
  /** ThrottlingException; takes nothing from the quota. */
  throttle: 'before',
  /** InternalServerException. */
  error: 'before',
  'error-after': 'after',
  /** 503 with an HTML page, as a proxy sends it. */
  unavailable: 'before',
  /** 200 with an HTML page, as a portal or a proxy answers in the service's place. */
  html: 'before',
  /** The connection is destroyed. */
  reset: 'before',
  'reset-after': 'after',
  /** No answer, ever. */
  hang: 'before',
  'hang-after': 'after',
  /** 200 with a body that is not JSON: the service's own answer, mangled on its way. */
  garbage: 'after',
  /** The service's own answer without `x-amzn-requestid`. */
  'no-request-id': 'after',
  /** AccessDeniedException. */
  denied: 'before',
  /** ExpiredTokenException. */
  expired: 'before',
  /** ValidationException with commas, quotes, line ends and a spreadsheet formula in its ErrorList. */
  validation: 'before',
  /** A name that no model knows. */
  'unknown-exception': 'before',
} as const;

export type InjectedFault = keyof typeof FAULT_MOMENTS;

/** A fault that befalls a share of all calls. */
interface FaultChance {
  readonly kind: InjectedFault;
  /** From 0 to 1. */
  readonly probability: number;
}

/** A fault that befalls the next `times` calls that match; what is left out matches all. */
export interface ScriptedFault {
  readonly kind: InjectedFault;
  readonly times: number;
  readonly operation?: EmulatedOperation;
  readonly opportunityId?: string;
}

/** A script entry that matches comes before any chance; of several, the first that is not used up. */
export interface FaultPlan {
  readonly chances: readonly FaultChance[];
  readonly script: readonly ScriptedFault[];
}

export const NO_FAULTS: FaultPlan = { chances: [], script: [] };

export function isInjectedFault(text: string): text is InjectedFault {
  return Object.hasOwn(FAULT_MOMENTS, text);
}

const KNOWN_FAULTS = Object.keys(FAULT_MOMENTS).join(', ');

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

const CHANCE = /^([a-z-]+)\s*=\s*(\d+(?:\.\d+)?)\s*%$/;

function parseChance(part: string): FaultChance {
  const [, kind = '', percent = ''] = CHANCE.exec(part) ?? [];
  const probability = Number(percent) / 100;
  if (!isInjectedFault(kind) || probability > 1) {
    throw new RunError('usage', `"${part}" is not a fault to inject.`, {
      code: 'known_faults',
      kinds: KNOWN_FAULTS,
    });
  }
  return { kind, probability };
}
