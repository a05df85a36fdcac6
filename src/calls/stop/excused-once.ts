import type { Asker } from './service-health.ts';
import type { HeldAnswer } from './held-answers.ts';

/**
 * Excuses nobody twice in a row: where a probe is answered, and their own calls still are not, the fault is theirs. An outage
 * ends with an answer to a call of their kind, not with one to a probe: else a run might send for ever.
 */
export class ExcusedOnce {
  /** Those who were excused, and have had no usable answer since. */
  readonly #kinds = new Set<'look' | 'write'>();

  answered(by: Asker): void {
    this.#kinds.delete(kindOf(by));
  }

  /** Those that are excused of the held ones. What never left the machine is no row's fault at first, whoever was answered. */
  among(held: readonly HeldAnswer[], everybodys: boolean): readonly HeldAnswer[] {
    const excused = held.filter(
      ({ asked, fault }) =>
        (everybodys || fault.kind === 'unreachable') && !this.#kinds.has(kindOf(asked.by)),
    );
    for (const { asked } of excused) this.#kinds.add(kindOf(asked.by));
    return excused;
  }
}

function kindOf(by: Asker): 'look' | 'write' {
  return by === 'look' ? by : 'write';
}
