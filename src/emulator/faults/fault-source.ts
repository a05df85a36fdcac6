import type { Dice } from '../../model/clock.ts';
import type { FaultPlan, InjectedFault, ScriptedFault } from './fault-plan.ts';
import type { EmulatedOperation } from '../partner/operation.ts';

/** Each call is compared with every entry until one matches, and each entry takes memory. */
const MOST_SCRIPTED = 10_000;

/** Says which calls go wrong. The nth call takes the nth draw, so that a run repeats. */
export class FaultSource {
  readonly #plan: FaultPlan;
  readonly #dice: Dice;
  #script: { readonly fault: ScriptedFault; timesLeft: number }[] = [];

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
    for (const fault of faults) this.#script.push({ fault, timesLeft: fault.times });
  }

  /** The fault of this call, if any. Chance never befalls `GetCallerIdentity`: only a script does. */
  next(operation: EmulatedOperation, opportunityId: string): InjectedFault | undefined {
    const scripted = this.#nextScripted(operation, opportunityId);
    if (operation === 'GetCallerIdentity' || this.#plan.chances.length === 0) return scripted;
    // Drawn in any case, so that a script does not shift the draws of the calls that follow.
    const byChance = this.#nextByChance();
    return scripted ?? byChance;
  }

  #nextScripted(operation: EmulatedOperation, opportunityId: string): InjectedFault | undefined {
    const entry = this.#script.find(({ fault }) => matches(fault, operation, opportunityId));
    if (entry === undefined) return undefined;
    entry.timesLeft -= 1;
    if (entry.timesLeft <= 0) this.#script = this.#script.filter((other) => other !== entry);
    return entry.fault.kind;
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

function matches(fault: ScriptedFault, operation: EmulatedOperation, opportunityId: string): boolean {
  return (
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.opportunityId === undefined || fault.opportunityId === opportunityId)
  );
}
