import type { OpportunityId } from '../../model/entity.ts';
import type { Fault } from '../../model/fault.ts';
import { onAbort } from '../../model/on-abort.ts';
import type { RunError } from '../../model/run-error.ts';
import type { Asker } from './service-health.ts';

/** A call, as far as its answer is judged by it. */
export interface Asked {
  readonly by: Asker;
  readonly opportunityId: OpportunityId;
  /** The action that it needs, as an IAM policy names it. */
  readonly action: string;
}

/** Whose affair an unusable answer turned out to be; `excused`: every row would have met it. */
export type Verdict = 'row' | 'excused';

/** An unusable answer whose asker waits to be told whose fault it is. */
export interface HeldAnswer {
  readonly asked: Asked;
  readonly fault: Fault;
}

interface Waiter extends HeldAnswer {
  readonly tell: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/** Unusable answers since the last usable one, oldest first. */
export class HeldAnswers {
  readonly #stopped: AbortSignal;
  #waiters: readonly Waiter[] = [];

  /** `stopped`: aborted with the `RunError` that stops the run. */
  constructor(stopped: AbortSignal) {
    this.#stopped = stopped;
  }

  all(): readonly HeldAnswer[] {
    return this.#waiters;
  }

  /** Resolves once it is told; rejects with what stops the run. */
  async hold(held: HeldAnswer): Promise<Verdict> {
    this.#stopped.throwIfAborted();
    return new Promise((resolve, reject) => {
      // The switch is thrown with nothing but a RunError.
      const stay = onAbort(this.#stopped, () => reject(this.#stopped.reason as RunError));
      const tell = (verdict: Verdict): void => {
        stay();
        resolve(verdict);
      };
      const fail = (error: unknown): void => {
        stay();
        reject(error);
      };
      this.#waiters = [...this.#waiters, { ...held, tell, fail }];
    });
  }

  tell(verdict: Verdict, which: (held: HeldAnswer) => boolean = () => true): void {
    for (const { tell } of this.#take(which)) tell(verdict);
  }

  fail(error: unknown): void {
    for (const { fail } of this.#take(() => true)) fail(error);
  }

  #take(which: (held: HeldAnswer) => boolean): readonly Waiter[] {
    if (this.#waiters.length === 0) return [];
    const taken = this.#waiters.filter(which);
    this.#waiters = this.#waiters.filter((waiter) => !taken.includes(waiter));
    return taken;
  }
}
