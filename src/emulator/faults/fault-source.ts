import type { Dice } from '../../model/clock.ts';
import { isSellingOperation, type EmulatedOperation } from '../partner/operation.ts';
import type { InjectedFault } from './fault-kinds.ts';
import type { FaultPlan, ScriptedFault } from './fault-plan.ts';

/** Each call is compared with every entry, and each entry takes memory. */
const MOST_SCRIPTED = 10_000;

/** A call, as far as faults choose by it. */
export interface FaultyCall {
  readonly operation: EmulatedOperation;
  /** Empty where it names none. */
  readonly opportunityId: string;
  /** Whether it goes on with a list. */
  readonly hasToken: boolean;
}

/** A fault that befalls a call. */
export type Befallen = Pick<ScriptedFault, 'kind' | 'headers'>;

interface Entry {
  readonly fault: ScriptedFault;
  timesLeft: number;
  callsToSpare: number;
}

/** Decides which calls go wrong. The nth call takes the nth draw, so that a run repeats. */
export class FaultSource {
  readonly #plan: FaultPlan;
  readonly #dice: Dice;
  #script: Entry[] = [];

  constructor(plan: FaultPlan, dice: Dice) {
    this.#plan = plan;
    this.#dice = dice;
    this.addScript(plan.script);
  }

  hasRoomFor(faults: readonly ScriptedFault[]): boolean {
    return this.#script.length + faults.length <= MOST_SCRIPTED;
  }

  /** @throws RangeError where more are left of the script than are kept. */
  addScript(faults: readonly ScriptedFault[]): void {
    if (!this.hasRoomFor(faults)) throw new RangeError(`A script has at most ${MOST_SCRIPTED} faults.`);
    for (const fault of faults) {
      const timesLeft = fault.times === 'always' ? Infinity : fault.times;
      this.#script.push({ fault, timesLeft, callsToSpare: fault.after?.calls ?? 0 });
    }
  }

  /** Ends whatever is left of the script; chances stay. */
  clearScript(): void {
    this.#script = [];
  }

  /** The fault of this call, if any. Chance never befalls STS: only a script does. */
  next(call: FaultyCall): Befallen | undefined {
    const scripted = this.#nextScripted(call);
    if (!isSellingOperation(call.operation) || this.#plan.chances.length === 0) return scripted;
    // Drawn in any case, so that a script does not shift the draws of the calls that follow.
    const byChance = this.#nextByChance();
    return scripted ?? (byChance && suits(byChance, call) ? { kind: byChance } : undefined);
  }

  #nextScripted(call: FaultyCall): Befallen | undefined {
    const entry = this.#script.find(({ fault, callsToSpare }) => callsToSpare === 0 && matches(fault, call));
    for (const waiting of this.#script) {
      if (waiting.callsToSpare > 0 && isCounted(waiting.fault, call)) waiting.callsToSpare -= 1;
    }
    if (entry === undefined) return undefined;
    entry.timesLeft -= 1;
    if (entry.timesLeft <= 0) this.#script = this.#script.filter((other) => other !== entry);
    return entry.fault;
  }

  #nextByChance(): InjectedFault | undefined {
    let roll = this.#dice();
    for (const { kind, probability } of this.#plan.chances) {
      if (roll < probability) return kind;
      roll -= probability;
    }
    return undefined;
  }
}

function matches({ kind, operation, opportunityId }: ScriptedFault, call: FaultyCall): boolean {
  return (
    (operation === undefined || operation === call.operation) &&
    (opportunityId === undefined || opportunityId === call.opportunityId) &&
    suits(kind, call)
  );
}

function suits(kind: InjectedFault, { hasToken }: FaultyCall): boolean {
  return kind !== 'bad-token' || hasToken;
}

function isCounted({ after }: ScriptedFault, { operation }: FaultyCall): boolean {
  return after?.operation === undefined || after.operation === operation;
}
